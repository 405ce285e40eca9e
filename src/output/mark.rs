//! The generator mark: metadata by which docsite recognises its own files and what they were made
//! from.
//!
//! A page has it at the top of its head, JSON as its first key, a style sheet or script as its
//! first comment, XML in a comment after its declaration, a text of lines in its first one. It holds
//! three hashes: `page`, of the file itself with that hash blanked, so that a change by hand is noticed;
//! `source`, of the document's bytes; and `key`, of all other inputs of the file, so that a page that
//! would not change need not be rendered. A document's page also has `inputs`, short hashes of these
//! inputs by kind.
//!
//! Not here: what follows from it (`page_state`).

use memchr::memmem;
use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;

use super::inputs::Inputs;

/// Placeholder for the page's own hash while it is computed.
const BLANK: &str = "00000000000000000000000000000000";
/// In bytes, for a page without inputs.
pub const HTML_LENGTH: usize = 178;
const INPUTS: &str = "\" data-inputs=\"";
const META: &str = "<meta name=\"generator\" content=\"docsite\" data-page=\"";
const JSON: &str = "{\n  \"generator\": \"docsite\",\n  \"mark\": \"";
const COMMENT: &str = "/* docsite ";
const COMMENT_END: &str = " */\n";
const LINE: &str = "# docsite ";
/// In bytes: a mark further from the top is ignored.
const NEAR: usize = 4096;

/// The metadata that docsite writes into its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Hash of the document it was made from; of nothing for derived files.
    pub source: Fingerprint,
    /// Hash of all inputs beside the document.
    pub key: Fingerprint,
    /// Hashes of the inputs by kind; `None` in derived files, and in pages of an older docsite.
    pub inputs: Option<Inputs>,
    /// Whether the file is unchanged since docsite wrote it.
    pub intact: bool,
}

/// Inserts the mark into a page, after `<head>`.
///
/// # Errors
///
/// If the page has no `<head>`: the template is not one of a page.
pub fn html(
    page: &str,
    source: Fingerprint,
    key: Fingerprint,
    inputs: Option<Inputs>,
) -> Result<Vec<u8>, NoHead> {
    let head = find_head(page).ok_or(NoHead)?;
    let inputs = inputs.map(|inputs| format!("{INPUTS}{inputs}"));
    let inputs = inputs.unwrap_or_default();
    let mark = format!("\n{META}{BLANK}\" data-source=\"{source}\" data-key=\"{key}{inputs}\">");
    let mut marked = String::with_capacity(page.len() + mark.len());
    marked.push_str(&page[..head]);
    marked.push_str(&mark);
    marked.push_str(&page[head..]);
    Ok(sealed(marked, META))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoHead;

/// The text of a page, style sheet or script as it was before `html` or `code` marked it.
pub fn unmarked(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (start, end) = if text.starts_with(COMMENT) {
        (0, text.find(COMMENT_END)? + COMMENT_END.len())
    } else {
        let at = find(bytes, META.as_bytes())?;
        let end = at + text.get(at..)?.find('>')? + 1;
        // With the line that was added for it.
        (at.checked_sub(1)?, end)
    };
    Some([text.get(..start)?, text.get(end..)?].concat())
}

/// A page that somebody changed, with a mark that says it was made from another source: it stays
/// as far behind its document, or level with it, as it was.
pub fn with_source(page: &str, before: Fingerprint, after: Fingerprint) -> String {
    let source = |print| format!("data-source=\"{print}\"");
    let Some(at) = page.find(META) else {
        return page.to_owned();
    };
    let (head, rest) = page.split_at(at);
    head.to_owned() + &rest.replacen(&source(before), &source(after), 1)
}

/// The offset after `<head …>`.
fn find_head(page: &str) -> Option<usize> {
    let top = &page.as_bytes()[..page.len().min(NEAR)];
    let at = top.windows(6).position(|window| {
        window[..5].eq_ignore_ascii_case(b"<head")
            && (window[5] == b'>' || window[5].is_ascii_whitespace())
    })?;
    Some(at + page[at..].find('>')? + 1)
}

/// Inserts the mark before the other keys of a JSON object. `object` is pretty-printed, not empty.
pub fn json(object: &str, key: Fingerprint) -> Vec<u8> {
    let rest = object.strip_prefix("{\n").unwrap_or(object);
    let source = Fingerprint::of(b"");
    sealed(format!("{JSON}{BLANK} {source} {key}\",\n{rest}\n"), JSON)
}

/// Inserts the mark before a style sheet or a script.
pub fn code(text: &str, key: Fingerprint) -> Vec<u8> {
    code_of(text, Fingerprint::of(b""), key)
}

/// The same for a script that is made from a file.
pub fn code_of(text: &str, source: Fingerprint, key: Fingerprint) -> Vec<u8> {
    sealed(
        format!("{COMMENT}{BLANK} {source} {key}{COMMENT_END}{text}"),
        COMMENT,
    )
}

/// Inserts the mark before a text whose lines of comment begin with `#`.
pub fn lines(text: &str, key: Fingerprint) -> Vec<u8> {
    let source = Fingerprint::of(b"");
    sealed(format!("{LINE}{BLANK} {source} {key}\n{text}"), LINE)
}

/// Puts the mark into a comment after the first line, the declaration of the XML.
pub fn xml(text: &str, key: Fingerprint) -> Vec<u8> {
    comment(text, text.find('\n').map_or(0, |at| at + 1), key)
}

/// Puts the mark into a comment of its own line, at this offset of XML or Markdown.
pub fn comment(text: &str, at: usize, key: Fingerprint) -> Vec<u8> {
    let source = Fingerprint::of(b"");
    let (before, rest) = text.split_at(at);
    sealed(
        format!(
            "{before}<!-- {META}{BLANK}\" data-source=\"{source}\" data-key=\"{key}\"> -->\n{rest}"
        ),
        META,
    )
}

/// Replaces the placeholder by the hash of the text with the placeholder.
fn sealed(text: String, before: &str) -> Vec<u8> {
    let own = Fingerprint::of(text.as_bytes()).to_string();
    let mut bytes = text.into_bytes();
    if let Some(at) = find(&bytes, before.as_bytes()) {
        let at = at + before.len();
        bytes[at..at + own.len()].copy_from_slice(own.as_bytes());
    }
    bytes
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memmem::find(&bytes[..bytes.len().min(NEAR)], needle)
}

/// Reads the mark of a file; `None` if it has no valid one.
pub fn read(bytes: &[u8]) -> Option<Mark> {
    let (start, separators) = match find(bytes, META.as_bytes()) {
        Some(at) => (at + META.len(), ["\" data-source=\"", "\" data-key=\""]),
        None => {
            // In JSON, code and lines the mark is the very first thing.
            let begun = [JSON, COMMENT, LINE].into_iter();
            let mut begun = begun.filter(|prefix| bytes.starts_with(prefix.as_bytes()));
            (begun.next()?.len(), [" ", " "])
        }
    };
    let (own, after) = digits(bytes, start)?;
    let (source, after) = digits(bytes, literal(bytes, after, separators[0])?)?;
    let (key, after) = digits(bytes, literal(bytes, after, separators[1])?)?;
    let inputs = literal(bytes, after, INPUTS).and_then(|at| {
        let text = std::str::from_utf8(bytes.get(at..at + Inputs::DIGITS)?).ok()?;
        Inputs::parse(text)
    });
    let blanked = [
        &bytes[..start],
        BLANK.as_bytes(),
        &bytes[start + BLANK.len()..],
    ];
    Some(Mark {
        source,
        key,
        inputs,
        intact: Fingerprint::of_all(blanked) == own,
    })
}

fn digits(bytes: &[u8], at: usize) -> Option<(Fingerprint, usize)> {
    let end = at + Fingerprint::DIGITS;
    let text = std::str::from_utf8(bytes.get(at..end)?).ok()?;
    Some((Fingerprint::parse(text)?, end))
}

fn literal(bytes: &[u8], at: usize, expected: &str) -> Option<usize> {
    let end = at + expected.len();
    (bytes.get(at..end)? == expected.as_bytes()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html>\n<html lang=\"ko\">\n<head>\n<title>x</title>\n</head>\n";

    fn prints() -> (Fingerprint, Fingerprint) {
        (Fingerprint::of(b"source"), Fingerprint::of(b"key"))
    }

    #[test]
    fn a_mark_reads_back() {
        let (source, key) = prints();
        let page = html(PAGE, source, key, None).expect("a head");
        assert_eq!(page.len(), PAGE.len() + HTML_LENGTH);
        let mark = read(&page).expect("a mark");
        assert_eq!((mark.source, mark.key, mark.intact), (source, key, true));
        assert_eq!(mark.inputs, None);
        let inputs = Inputs::parse(&"01ef".repeat(9));
        let page = html(PAGE, source, key, inputs).expect("a head");
        let mark = read(&page).expect("a mark");
        assert_eq!((mark.key, mark.inputs, mark.intact), (key, inputs, true));
        let mark = read(&json("{\n  \"a\": 1\n}", key)).expect("a mark");
        assert_eq!((mark.key, mark.intact), (key, true));
        let mark = read(&code("a{}\n", key)).expect("a mark");
        assert_eq!((mark.key, mark.intact), (key, true));
        let mark = read(&lines("a: b\n", key)).expect("a mark");
        assert_eq!((mark.key, mark.intact), (key, true));
        let mark = read(&xml("<?xml version=\"1.0\"?>\n<a/>\n", key)).expect("a mark");
        assert_eq!((mark.key, mark.intact), (key, true));
    }

    #[test]
    fn a_mark_comes_off_without_a_trace() {
        let (source, key) = prints();
        for inputs in [None, Inputs::parse(&"01ef".repeat(9))] {
            let page = html(PAGE, source, key, inputs).expect("a head");
            assert_eq!(unmarked(&page).as_deref(), Some(PAGE));
        }
        assert_eq!(unmarked(&code("a{}\n", key)).as_deref(), Some("a{}\n"));
        assert_eq!(unmarked(PAGE.as_bytes()), None);
    }

    #[test]
    fn every_change_of_one_byte_shows() {
        let (source, key) = prints();
        let inputs = Inputs::parse(&"01ef".repeat(9));
        let page = html(PAGE, source, key, inputs).expect("a head");
        for at in 0..page.len() {
            let mut edited = page.clone();
            edited[at] ^= 1;
            assert!(!read(&edited).is_some_and(|mark| mark.intact), "byte {at}");
        }
        let mut longer = page.clone();
        longer.push(b'\n');
        assert!(!read(&longer).expect("a mark").intact);
    }

    #[test]
    fn a_page_needs_a_head() {
        let (source, key) = prints();
        assert_eq!(html("<p>x</p>", source, key, None), Err(NoHead));
    }

    #[test]
    fn json_stays_json() {
        let (_, key) = prints();
        let bytes = json("{\n  \"a\": 1\n}", key);
        let value: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(value["a"], 1);
    }
}
