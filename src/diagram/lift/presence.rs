//! Whether a page contains a text, in any paragraph: pages of other programs may split or order a
//! title, a summary or a list differently.
//!
//! Not here: what follows if it does not.

/// How many bytes one comparison may search. Real pages need far fewer; text beyond the limit
/// counts as absent, so that nothing is lost.
const SEARCHED: usize = 500_000_000;
/// A sentence of fewer letters is searched together with the next one: alone it may occur anywhere
/// by chance.
const SHORT: usize = 6;

/// The whole text of a page.
pub(super) struct Said {
    /// The blocks, separated by blanks.
    all: String,
    left: usize,
}

impl Said {
    /// The blocks are given as `normal` writes them.
    pub(super) fn new(blocks: &[String]) -> Self {
        Said {
            all: blocks.join(" "),
            left: SEARCHED,
        }
    }

    /// Whether a text, in the same form, is in the page: as a whole, or each of its sentences, because
    /// new sentences may have been added between them.
    pub(super) fn has(&mut self, text: &str) -> bool {
        let mut parts = sentences(text).into_iter();
        self.has_part(text) || parts.all(|sentence| self.has_part(sentence))
    }

    fn has_part(&mut self, part: &str) -> bool {
        let Some(left) = self.left.checked_sub(self.all.len()) else {
            return false;
        };
        self.left = left;
        self.all
            .match_indices(part)
            .any(|(at, _)| is_apart(&self.all, at, part))
    }
}

/// Whether a part neither begins nor ends inside a word or number. Hangul words may end anywhere,
/// because particles follow.
fn is_apart(all: &str, at: usize, part: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let before = all.get(..at).and_then(|before| before.chars().next_back());
    let behind = all.get(at + part.len()..);
    let behind = behind.and_then(|behind| behind.chars().next());
    let is_begun = is_word(before) && is_word(part.chars().next());
    let is_continued = is_word(behind) && is_word(part.chars().next_back());
    !is_begun && !is_continued
}

/// A text's sentences, short ones joined with the next.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(' ') {
        let sentence = text.get(start..at).unwrap_or_default();
        let is_end = sentence.ends_with(['.', '!', '?', '。']);
        if is_end && sentence.chars().count() >= SHORT {
            sentences.push(sentence);
            start = at + 1;
        }
    }
    sentences.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    sentences
}

/// Whether two texts read the same.
#[must_use]
pub fn is_same_text(one: &str, other: &str) -> bool {
    normal(one) == normal(other)
}

/// A text as it is compared: whitespace, quotes, dashes and dots in one form, without invisible
/// characters.
pub(super) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' | '＂' => {
                out.push('"');
            }
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => out.push('\''),
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => {
                if !out.ends_with('-') {
                    out.push('-');
                }
            }
            '…' => out.push_str("..."),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}
