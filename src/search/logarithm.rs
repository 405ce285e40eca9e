//! Logarithms and powers that come out the same on every machine and in every language: only
//! additions, multiplications and divisions, which are defined to the last bit.
//!
//! Not here: what they are for.

/// The logarithm to the base 2 of a number above 0.
pub(super) fn log2(x: f64) -> f64 {
    const LN_2: f64 = std::f64::consts::LN_2;
    let mut exponent = 0.0;
    let mut rest = x;
    while rest >= 2.0 {
        rest /= 2.0;
        exponent += 1.0;
    }
    while rest < 1.0 {
        rest *= 2.0;
        exponent -= 1.0;
    }
    // ln of 1 to 2 by its series in (x − 1) / (x + 1), which is at most a third.
    let part = (rest - 1.0) / (rest + 1.0);
    let square = part * part;
    let mut power = part;
    let mut sum = 0.0;
    let mut odd = 1.0;
    while odd < 26.0 {
        sum += power / odd;
        power *= square;
        odd += 2.0;
    }
    exponent + 2.0 * sum / LN_2
}

/// What a word says of an entry that has it, where `holders` of `entries` do.
pub(super) fn rarity(entries: f64, holders: f64) -> f64 {
    log2(1.0 + (entries - holders + 0.5).max(0.0) / (holders + 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_right() {
        for x in [0.001, 0.5, 1.0, 1.5, 2.0, 3.0, 10.0, 12_345.678] {
            assert!((log2(x) - x.log2()).abs() < 1e-11, "{x}");
        }
    }

    #[test]
    fn a_word_in_every_entry_says_little() {
        assert!(rarity(100.0, 1.0) > 6.0);
        assert!(rarity(100.0, 100.0) < 0.01);
        assert!(rarity(1.0, 2.0) >= 0.0);
    }
}
