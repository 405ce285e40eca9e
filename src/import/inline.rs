//! Shortcodes and attributes within lines: links and pictures that they write become Markdown, and
//! attributes are dropped. In code nothing changes.
//!
//! Not here: what takes whole lines (`blocks`); what no rule is for stays, and is reported as in any
//! document (`markdown::foreign`).

use std::ops::Range;

use crate::place::spliced;

use super::attributes;
use super::tags::Tag;
use super::verbatim;

/// Turns a text. `left` gets what an address of MDX is not known of.
pub(super) fn turned(text: &str, is_mdx: bool, left: &mut Vec<(&'static str, String)>) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let verbatim = verbatim::of(text, is_mdx);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{').map(|at| from + at) {
        from = at + 1;
        if let Some(inside) = verbatim::around(&verbatim, at) {
            from = inside.end.max(from);
            continue;
        }
        if text[..at].ends_with('\\') {
            continue;
        }
        let expression = if is_mdx {
            of_mdx(&text[..at], &text[at..], left)
        } else {
            None
        };
        let new = expression.or_else(|| replaced(&text[..at], &text[at..]));
        if let Some((length, new)) = new {
            from = at + length;
            edits.push((at..from, new));
        }
    }
    spliced(text, &edits)
}

/// A comment of MDX as one of HTML, and the path of a file as the value of an attribute.
fn of_mdx(
    before: &str,
    rest: &str,
    left: &mut Vec<(&'static str, String)>,
) -> Option<(usize, String)> {
    if let Some(comment) = rest.strip_prefix("{/*") {
        let (inside, _) = comment.split_once("*/}")?;
        let shown = inside.replace("--", "- -");
        return Some((inside.len() + 6, format!("<!--{shown}-->")));
    }
    let name = ["src=", "href="]
        .into_iter()
        .find(|name| before.ends_with(name))?;
    let (inside, _) = rest[1..].split_once('}')?;
    let quote = |c: char| matches!(c, '"' | '\'' | '`');
    let mut parts = inside.split(quote);
    let (call, path) = (parts.next().unwrap_or_default().trim(), parts.next());
    let is_known = matches!(call, "" | "require(" | "useBaseUrl(");
    match path.filter(|path| is_known && parts.next().is_some() && !path.contains("${")) {
        Some(path) => Some((inside.len() + 2, format!("\"{path}\""))),
        None => {
            let why = "an address that is an expression of MDX";
            left.push((why, format!("{name}{{{inside}}}")));
            None
        }
    }
}

/// What the beginning of `rest` becomes, and its length.
fn replaced(before: &str, rest: &str) -> Option<(usize, String)> {
    let line = rest.lines().next().unwrap_or_default();
    if let Some((tag, after)) = Tag::first(line) {
        let new = of_tag(&tag)?;
        return Some((line.len() - after.len(), new));
    }
    if let Some(inside) = line.strip_prefix("{{") {
        let (inside, _) = inside.split_once("}}")?;
        let length = inside.len() + 4;
        let inside = inside.trim().trim_matches('-').trim();
        let is_base = matches!(
            inside,
            "site.baseurl" | "site.url" | "base_path" | "site.BaseURL"
        );
        if is_base {
            return Some((length, String::new()));
        }
        let (path, filter) = inside.split_once('|')?;
        let is_address = matches!(
            filter.trim(),
            "relative_url" | "absolute_url" | "relURL" | "url"
        );
        return is_address.then(|| (length, path.trim().trim_matches(['"', '\'']).to_owned()));
    }
    of_attributes(before, line)
}

fn of_tag(tag: &Tag) -> Option<String> {
    if tag.is_close {
        return None;
    }
    let found = attributes::read(&tag.attributes);
    let first = attributes::get(&found, &[""]);
    let destination = |path: &str| path.replace(' ', "%20");
    match tag.name.as_str() {
        "ref" | "relref" => attributes::get(&found, &["path", ""]).map(destination),
        "link" => first.map(|path| format!("/{}", destination(path.trim_start_matches('/')))),
        "post_url" => first.map(|name| format!("{}.md", destination(name))),
        "figure" | "img" | "image" => {
            let src = attributes::get(&found, &["src", "link", ""])?;
            let text = attributes::get(&found, &["alt", "caption", "title"]).unwrap_or_default();
            Some(format!("![{}](<{src}>)", text.replace(['[', ']'], "")))
        }
        "youtube" => {
            let id = attributes::get(&found, &["id", ""])?;
            Some(format!("<https://www.youtube.com/watch?v={id}>"))
        }
        _ => None,
    }
}

/// `{: .class}` and `{ .class width="300" }` after something; an id of a heading stays one.
fn of_attributes(before: &str, line: &str) -> Option<(usize, String)> {
    let (inside, _) = line.strip_prefix('{')?.split_once('}')?;
    let length = inside.len() + 2;
    let is_kramdown = inside.starts_with(':');
    let inside = inside.trim_start_matches(':').trim();
    let last = before.rsplit('\n').next().unwrap_or_default();
    let is_heading = last.starts_with('#');
    let id = inside
        .split_whitespace()
        .find_map(|word| word.strip_prefix('#'));
    if is_heading {
        let id = id.filter(|_| is_kramdown || inside.split_whitespace().count() > 1)?;
        return Some((length, format!("{{#{id}}}")));
    }
    let is_list = inside.starts_with(['.', '#'])
        || inside.split_once('=').is_some_and(|(key, _)| {
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    let is_after =
        last.ends_with([')', ']', '`', '*', '>']) || (is_kramdown && !last.trim().is_empty());
    (is_list && (is_after || is_kramdown)).then(|| (length, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_line_becomes_markdown_outside_of_code() {
        for (text, expected) in [
            ("[x]({{< ref \"a b.md#c\" >}})", "[x](a%20b.md#c)"),
            ("[x]({% link _posts/a.md %})", "[x](/_posts/a.md)"),
            ("![x]({{ site.baseurl }}/i.png)", "![x](/i.png)"),
            ("[x]({{ '/a/' | relative_url }})", "[x](/a/)"),
            (
                "{{< figure src=\"i.png\" alt=\"A [b]\" >}}",
                "![A b](<i.png>)",
            ),
            ("[x](y){:target=\"_blank\"} z", "[x](y) z"),
            ("![x](y){ width=\"300\" }", "![x](y)"),
            ("## H {: #own .x}", "## H {#own}"),
            ("## H {#own}", "## H {#own}"),
            (
                "`{{< ref \"a\" >}}` {{ page.title }}",
                "`{{< ref \"a\" >}}` {{ page.title }}",
            ),
            (
                "```\n{{< ref \"a\" >}}\n```\n",
                "```\n{{< ref \"a\" >}}\n```\n",
            ),
            ("{{< other >}} {%", "{{< other >}} {%"),
        ] {
            assert_eq!(turned(text, false, &mut Vec::new()), expected, "{text}");
        }
    }
}
