//! What was highlighted before, by the hash of language and code: parsing is the slowest part of
//! rendering a page, and most code of a page is as it was.
//!
//! Kept as bytes between runs. What cannot be read is an empty cache. Not here: the file.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::{Class, Token};

/// The highlighter's own text: what another one found is not kept.
const HIGHLIGHTER: [&str; 4] = [
    super::ARBORIUM,
    include_str!("mod.rs"),
    include_str!("grammar.rs"),
    include_str!("cache.rs"),
];
/// A cache that would be larger keeps only what this run used.
const LARGEST: usize = 16 << 20;

/// Half of a BLAKE3 hash.
type Hash = [u8; 16];

/// Of several parts, each distinguished from the next by its length.
fn hash(parts: &[&[u8]]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut half = Hash::default();
    half.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    half
}

/// Tokens by code. Shared by all threads.
#[derive(Debug, Default)]
pub struct Cache {
    stored: OnceLock<HashMap<Hash, Vec<u8>>>,
    /// Looked up or made in this run.
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    tokens: BTreeMap<Hash, Vec<u8>>,
    /// Whether any of them was not stored.
    grown: bool,
}

impl Cache {
    /// Takes what `to_bytes` gave an earlier run. Only the first call counts.
    pub fn fill(&self, bytes: &[u8]) {
        // Filled twice, the first stays: both hold the truth.
        let _ = self.stored.set(entries(bytes).unwrap_or_default());
    }

    /// What is worth keeping for the next run, if this one found anything new.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !used.grown {
            return None;
        }
        let empty = HashMap::new();
        let stored = self.stored.get().unwrap_or(&empty);
        let mut all: BTreeMap<_, _> = stored.iter().collect();
        all.extend(&used.tokens);
        let size: usize = all.values().map(|tokens| tokens.len() + OVERHEAD).sum();
        if size > LARGEST {
            all = used.tokens.iter().collect();
        }
        Some(bytes(&all))
    }

    /// The tokens of some code, which `make` finds where they are not known yet.
    pub(super) fn get_or(
        &self,
        language: &str,
        code: &str,
        make: impl FnOnce() -> Vec<Token>,
    ) -> Vec<Token> {
        let key = hash(&[language.as_bytes(), code.as_bytes()]);
        let stored = self.stored.get().and_then(|stored| stored.get(&key));
        let known = stored.cloned().or_else(|| {
            let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
            used.tokens.get(&key).cloned()
        });
        let decoded = known.and_then(|bytes| Some((decode(&bytes, code)?, bytes)));
        let (tokens, bytes, grown) = match decoded {
            Some((tokens, bytes)) => (tokens, bytes, false),
            None => {
                let tokens = make();
                let bytes = encode(&tokens);
                (tokens, bytes, true)
            }
        };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.tokens.insert(key, bytes);
        used.grown |= grown;
        tokens
    }
}

/// Of each entry: its key, and the length of its tokens.
const OVERHEAD: usize = 16 + 4;

fn version() -> Hash {
    hash(&HIGHLIGHTER.map(str::as_bytes))
}

/// Version, hash of the rest, then each entry: key, length, tokens.
fn bytes(entries: &BTreeMap<&Hash, &Vec<u8>>) -> Vec<u8> {
    let mut body = Vec::new();
    for (key, tokens) in entries {
        body.extend(**key);
        // More than 4 GiB of tokens is not a block of code.
        body.extend(
            u32::try_from(tokens.len())
                .unwrap_or(u32::MAX)
                .to_le_bytes(),
        );
        body.extend(tokens.iter());
    }
    let mut all = version().to_vec();
    all.extend(hash(&[&body]));
    all.extend(body);
    all
}

fn entries(bytes: &[u8]) -> Option<HashMap<Hash, Vec<u8>>> {
    let (found, rest) = bytes.split_first_chunk::<16>()?;
    let (sum, mut body) = rest.split_first_chunk::<16>()?;
    if *found != version() || *sum != hash(&[body]) {
        return None;
    }
    let mut entries = HashMap::new();
    while !body.is_empty() {
        let (key, rest) = body.split_first_chunk::<16>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (tokens, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        entries.insert(*key, tokens.to_vec());
        body = rest;
    }
    Some(entries)
}

/// Each token as three numbers: how far from the one before, how long, which class.
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

/// None for what is not the tokens of this code.
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

/// Seven bits a byte, the lowest first.
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

    fn filled() -> Vec<u8> {
        let cache = Cache::default();
        cache.get_or("yaml", CODE, tokens);
        cache.to_bytes().expect("grown")
    }

    fn is_known(bytes: &[u8]) -> bool {
        let cache = Cache::default();
        cache.fill(bytes);
        let mut made = false;
        let found = cache.get_or("yaml", CODE, || {
            made = true;
            tokens()
        });
        assert_eq!(found, tokens());
        assert_eq!(cache.to_bytes().is_some(), made);
        !made
    }

    #[test]
    fn what_was_found_is_known_to_the_next_run() {
        assert!(is_known(&filled()));
        assert!(!is_known(b""));
    }

    #[test]
    fn bytes_that_are_not_its_own_are_an_empty_cache() {
        let bytes = filled();
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(!is_known(&other), "byte {at}");
            assert!(!is_known(&bytes[..at]), "cut at {at}");
        }
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
