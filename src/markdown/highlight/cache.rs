//! What was highlighted before, by the hash of language and code: parsing is the slowest part of
//! rendering a page, and most code of a page is as it was.
//!
//! Not here: where tokens are kept (`memo`).

use super::token::{Class, Token};
use crate::fingerprint::Parts;
use crate::memo::Memo;

/// The stored tokens of some code; `make` computes them if they are not stored.
pub(super) fn get_or(
    memo: &Memo,
    language: &str,
    code: &str,
    make: impl FnOnce() -> Vec<Token>,
) -> Vec<Token> {
    let key = Parts::default().with(language).with(code).finish();
    let known = memo.read(key, |bytes| decode(bytes, code));
    known.unwrap_or_else(|| {
        let tokens = make();
        memo.put(key, encode(&tokens));
        tokens
    })
}

/// Each token as three numbers: distance to the one before, length, class.
fn encode(tokens: &[Token]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    for token in tokens {
        number(&mut out, token.range.start - at);
        number(&mut out, token.range.len());
        out.push(token.class as u8);
        at = token.range.end;
    }
    out
}

/// `None` if the bytes are not the tokens of this code.
fn decode(bytes: &[u8], code: &str) -> Option<Vec<Token>> {
    let mut rest = bytes;
    let mut at = 0_usize;
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let start = at.checked_add(read_number(&mut rest)?)?;
        let end = start.checked_add(read_number(&mut rest)?)?;
        let (class, after) = rest.split_first()?;
        let class = *Class::ALL.get(usize::from(*class))?;
        code.get(start..end)?;
        tokens.push(Token {
            range: start..end,
            class,
        });
        (at, rest) = (end, after);
    }
    Some(tokens)
}

/// Seven bits in each byte, the lowest first.
fn number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            return out.push(low & 0x7f);
        }
        out.push(low | 0x80);
    }
}

fn read_number(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "키: 값 # 주석";

    fn tokens() -> Vec<Token> {
        let token = |range, class| Token { range, class };
        vec![token(0..3, Class::Property), token(9..17, Class::Comment)]
    }

    #[test]
    fn what_was_found_is_not_looked_for_again() {
        let memo = Memo::default();
        assert_eq!(get_or(&memo, "yaml", CODE, tokens), tokens());
        assert_eq!(get_or(&memo, "yaml", CODE, Vec::new), tokens());
        assert_eq!(get_or(&memo, "toml", CODE, Vec::new), []);
    }

    #[test]
    fn invalid_tokens_are_computed_again() {
        let memo = Memo::default();
        let key = Parts::default().with("yaml").with(CODE).finish();
        memo.put(key, vec![0xff; 20]);
        assert_eq!(get_or(&memo, "yaml", CODE, tokens), tokens());
        assert_eq!(get_or(&memo, "yaml", CODE, Vec::new), tokens());
    }

    #[test]
    fn tokens_of_other_code_are_not_taken() {
        let bytes = encode(&tokens());
        assert_eq!(decode(&bytes, CODE), Some(tokens()));
        assert_eq!(decode(&bytes, "short"), None);
        assert_eq!(decode(&bytes, "가나다라마바사"), None, "within a letter");
        assert_eq!(decode(&[0xff; 20], CODE), None);
        assert_eq!(decode(&[1, 1, 99], CODE), None);
    }

    #[test]
    fn numbers_of_any_size_read_back() {
        for value in [0, 1, 127, 128, 300, 1 << 20, usize::MAX] {
            let mut bytes = Vec::new();
            number(&mut bytes, value);
            assert_eq!(read_number(&mut bytes.as_slice()), Some(value));
        }
    }
}
