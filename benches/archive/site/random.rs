//! Numbers that look random and are the same on every machine: `SplitMix64`.
//!
//! Not here: a seed from the system, or a promise that nobody can guess them.

/// A sequence of numbers.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The sequence of a seed and the number of a stream: different streams do not run together.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut mixed = Self(seed);
        let salt = mixed.next();
        Self(salt ^ Self(stream).next())
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u128::try_from(end).unwrap_or(u128::MAX);
        let scaled = (u128::from(self.next()) * end) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
