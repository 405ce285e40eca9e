//! Content hashes: what a page is made from, and whether anybody changed it since.
//!
//! Not here: where hashes are kept (the generator mark, `output::mark`).

use std::fmt;

use serde::{Deserialize, Serialize};

/// The fingerprint of this program: of its sources, of the files compiled in, of its dependencies and
/// features. `build.rs` makes it.
pub const TOOL: &str = env!("DOCSITE_FINGERPRINT");

/// The first 128 bits of a BLAKE3 hash; shown as 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// In bytes.
    pub const WIDTH: usize = 16;
    /// Hexadecimal digits.
    pub const DIGITS: usize = 32;

    pub fn of(bytes: &[u8]) -> Self {
        Self::cut(&blake3::hash(bytes))
    }

    /// Of these bytes as of all of them together.
    pub fn of_all<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for piece in pieces {
            hasher.update(piece);
        }
        Self::cut(&hasher.finalize())
    }

    /// Of bytes in pieces, as of all of them together.
    ///
    /// # Errors
    ///
    /// That of the first piece that is none.
    pub fn of_pieces<E>(
        mut pieces: impl Iterator<Item = Result<impl AsRef<[u8]>, E>>,
    ) -> Result<Self, E> {
        let mut hasher = blake3::Hasher::new();
        pieces.try_for_each(|piece| {
            piece.map(|bytes| {
                hasher.update(bytes.as_ref());
            })
        })?;
        Ok(Self::cut(&hasher.finalize()))
    }

    pub fn from_bytes(bytes: [u8; Self::WIDTH]) -> Self {
        Self(bytes)
    }

    pub fn to_bytes(self) -> [u8; Self::WIDTH] {
        self.0
    }

    /// Reads 32 lower-case hexadecimal digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let bytes = digits.as_bytes();
        if bytes.len() != Self::DIGITS {
            return None;
        }
        let mut out = [0; 16];
        for (byte, pair) in out.iter_mut().zip(bytes.chunks(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Some(Self(out))
    }

    /// Its first 16 bits, to distinguish a few fingerprints.
    pub fn short(self) -> u16 {
        u16::from_be_bytes([self.0[0], self.0[1]])
    }

    /// The fingerprint of a text, as twelve digits, which are enough to see whether it was edited.
    /// Line endings do not matter.
    pub fn of_text(text: &str) -> String {
        let print = Self::of(text.replace('\r', "").as_bytes());
        print.to_string().chars().take(12).collect()
    }

    fn cut(hash: &blake3::Hash) -> Self {
        let mut out = [0; 16];
        out.copy_from_slice(&hash.as_bytes()[..16]);
        Self(out)
    }
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A fingerprint of several parts, each distinguished from the next by its length.
#[derive(Debug, Default)]
pub struct Parts(blake3::Hasher);

impl Parts {
    #[must_use]
    pub fn with(mut self, part: impl AsRef<[u8]>) -> Self {
        self.push(part);
        self
    }

    /// Adds one part in place.
    pub fn push(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The fingerprint of all parts so far.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint::cut(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_reads_back() {
        let print = Fingerprint::of("내용".as_bytes());
        assert_eq!(Fingerprint::parse(&print.to_string()), Some(print));
        assert_eq!(Fingerprint::parse("12"), None);
        assert_eq!(Fingerprint::parse(&"G".repeat(32)), None);
    }

    #[test]
    fn parts_do_not_run_together() {
        let one = Parts::default().with("ab").with("c").finish();
        let other = Parts::default().with("a").with("bc").finish();
        assert_ne!(one, other);
    }
}
