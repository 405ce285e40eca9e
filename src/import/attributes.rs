//! Attributes in the tags of shortcodes and components: `name="value"`, and values without a name.
//!
//! Not here: HTML (`markdown::raw`).

/// The attributes of a tag, in order; a value without a name has an empty one.
pub(super) fn read(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '`'))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let (name, value_at) = match after.strip_prefix('=') {
            Some(after) => (word, after.trim_start()),
            None if word.is_empty() => ("", after),
            None => {
                found.push((String::new(), word.to_owned()));
                rest = after.trim_start();
                continue;
            }
        };
        let (value, after) = value(value_at);
        found.push((name.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    found
}

/// A value, quoted or up to the next space, and the text after it. At least one character is taken.
fn value(text: &str) -> (&str, &str) {
    let quote = text
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'));
    if let Some(quote) = quote {
        let inside = &text[1..];
        let end = inside.find(quote).unwrap_or(inside.len());
        return (&inside[..end], inside.get(end + 1..).unwrap_or_default());
    }
    let text = text.strip_prefix('=').unwrap_or(text);
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// The value of the first of these names that is there.
pub(super) fn get<'a>(found: &'a [(String, String)], names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|wanted| {
        let mut found = found.iter();
        let (_, value) = found.find(|(name, _)| name == wanted)?;
        Some(value.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_read_in_every_form() {
        let found = read("warning \"A b\" src='x y.png' alt=z a==");
        let found: Vec<_> = found
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("", "warning"),
                ("", "A b"),
                ("src", "x y.png"),
                ("alt", "z"),
                ("a", "")
            ]
        );
        assert_eq!(read("  "), []);
    }
}
