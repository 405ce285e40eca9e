//! Links that do not work because their targets have spaces: `[label](my file.yaml)`. Some editors
//! accept them; `CommonMark`, and therefore every page, shows them as text.
//!
//! Not here: prose in brackets and parentheses, which is not meant as a link.

/// The folders with which paths of a site begin.
const FOLDERS: [&str; 5] = ["attachment/", "assets/", "markdown/", "./", "../"];
/// The longest file ending, in bytes.
const LONGEST_ENDING: usize = 10;
/// The longest label and target, in bytes.
const LONGEST: usize = 500;

/// The link that was probably meant, whose target begins with the `(` at this offset: where it
/// begins, and its correct form.
pub fn link(text: &str, open: usize) -> Option<(usize, String)> {
    let before = text[..open].strip_suffix(']')?;
    let start = label_start(before)?;
    let label = &before[start + 1..];
    if before.ends_with('\\') || label.starts_with('^') {
        return None;
    }
    let is_image = before[..start].ends_with('!');
    let inside = &text[open + 1..open + 1 + length(&text[open + 1..])?];
    let (target, title) = with_title(inside.trim());
    if !target.contains([' ', '\t']) || !(is_image || is_target(target)) {
        return None;
    }
    let target = if target.contains(['<', '>']) {
        target
            .replace(' ', "%20")
            .replace('<', "%3C")
            .replace('>', "%3E")
    } else {
        format!("<{target}>")
    };
    let mark = if is_image { "!" } else { "" };
    Some((
        start - mark.len(),
        format!("{mark}[{label}]({target}{title})"),
    ))
}

/// The offset of the bracket that is closed at the end of a text, on the same line.
fn label_start(before: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in before.char_indices().rev() {
        let is_escaped = before[..at].ends_with('\\');
        match c {
            '\n' => return None,
            _ if before.len() - at > LONGEST => return None,
            ']' if !is_escaped => depth += 1,
            '[' if !is_escaped => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The length of a text up to the closing parenthesis, on the same line.
fn length(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '\n' => return None,
            _ if at > LONGEST => return None,
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// A target and, with the space before it, its `"title"`.
fn with_title(inside: &str) -> (&str, &str) {
    let title = inside
        .strip_suffix('"')
        .and_then(|inside| inside.rfind(" \""))
        .unwrap_or(inside.len());
    let (target, title) = inside.split_at(title);
    (target.trim_end(), title)
}

/// Whether words look like a path or an address.
fn is_target(words: &str) -> bool {
    let path = words.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending = (1..=LONGEST_ENDING).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic());
    let first = words.split_whitespace().next().unwrap_or_default();
    is_ending || first.contains("://") || FOLDERS.iter().any(|folder| words.starts_with(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_with_spaces_is_written_right() {
        for (text, right) in [
            ("[x](my file.yaml)", "[x](<my file.yaml>)"),
            ("[x [y]](my file.yaml#a b)", "[x [y]](<my file.yaml#a b>)"),
            ("![x](my picture)", "![x](<my picture>)"),
            ("[x](a (1).yaml)", "[x](<a (1).yaml>)"),
            ("[x](a b.md \"t\")", "[x](<a b.md> \"t\")"),
            ("[x](a <b>.md)", "[x](a%20%3Cb%3E.md)"),
            ("[x](attachment/my folder/)", "[x](<attachment/my folder/>)"),
        ] {
            let open = text.find("](").expect("a link") + 1;
            assert_eq!(
                link(text, open).map(|(_, right)| right).as_deref(),
                Some(right)
            );
        }
    }

    #[test]
    fn prose_is_not_a_link() {
        for text in [
            "[x](see below)",
            "[x](see e.g. this)",
            "[^1](see a.md)",
            "[x\\](a b.md)",
            "x](a b.md)",
            "[x](a b.md",
            "[x](one 1.5)",
            "[x](a.md)",
        ] {
            let open = text.find("](").expect("a link") + 1;
            assert_eq!(link(text, open), None, "{text}");
        }
    }
}
