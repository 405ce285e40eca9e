//! Where in a text each link's destination is written, so that it can be replaced and nothing else.
//!
//! Not here: what a destination links to, links without one of their own (bare addresses,
//! `<https://…>`), and code, in which nothing is a link.

use std::mem::take;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::events::Source;
use super::raw;
use crate::html::decoded;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[x](here)`, `![x](<here>)`, `[x]: here`.
    Markdown,
    /// `<a href="here">`, `<img src=here>`.
    Html,
    /// `[[here#heading|label]]`.
    Wiki,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    pub form: Form,
    /// With escapes and entities resolved.
    pub target: String,
    /// Its bytes, without angle brackets or quotes.
    pub span: Range<usize>,
}

/// All destinations of a text, in order.
pub fn find(text: &str) -> Vec<Destination> {
    let source = Source::new(text);
    let definitions = of_definitions(text, &source);
    let mut found: Vec<Destination> = definitions.map(|(_, found)| found).collect();
    let mut open: Vec<Open> = Vec::new();
    let mut html = Html::default();
    for (event, span) in source.events() {
        match event {
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => open.push(Open {
                kind: link_type,
                target: dest_url.to_string(),
                label_end: span.start,
                span,
            }),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(link) = open.pop() {
                    found.extend(link.destination(text));
                }
                label_ends(&mut open, span.end);
            }
            Event::Html(part) => html.push(text, &part, &span),
            Event::End(TagEnd::HtmlBlock) => found.extend(take(&mut html).destinations()),
            Event::InlineHtml(part) => {
                html.push(text, &part, &span);
                found.extend(take(&mut html).destinations());
                label_ends(&mut open, span.end);
            }
            Event::Start(_) => {}
            _ => label_ends(&mut open, span.end),
        }
    }
    found.sort_by_key(|destination| destination.span.start);
    found.dedup();
    found
}

/// The definitions of references, `[name]: here 'title'`: the bytes of each, and its destination.
pub fn definitions(text: &str) -> Vec<(Range<usize>, Destination)> {
    of_definitions(text, &Source::new(text)).collect()
}

fn of_definitions<'t>(
    text: &'t str,
    source: &Source<'t>,
) -> impl Iterator<Item = (Range<usize>, Destination)> + use<'t> {
    let definitions = source.definitions().into_iter();
    definitions.filter_map(move |(target, span)| {
        let found = of_definition(text, target, &span)?;
        Some((span, found))
    })
}

fn label_ends(open: &mut [Open], end: usize) {
    if let Some(link) = open.last_mut() {
        link.label_end = link.label_end.max(end);
    }
}

/// A link whose end was not reached yet.
struct Open {
    kind: LinkType,
    target: String,
    span: Range<usize>,
    label_end: usize,
}

impl Open {
    fn destination(self, text: &str) -> Option<Destination> {
        let (form, span) = match self.kind {
            LinkType::Inline => {
                let rest = text.get(self.label_end..self.span.end)?;
                let start = self.label_end + rest.find("](")? + 2;
                (Form::Markdown, written(text, start..self.span.end)?)
            }
            LinkType::WikiLink { .. } => {
                let inside = text.get(self.span.clone())?;
                let start = inside.find("[[")? + 2;
                let length = inside[start..].find(['|', '#', ']'])?;
                // In a table, a label is behind `\|`.
                let length = inside[start..start + length].trim_end_matches('\\').len();
                let start = self.span.start + start;
                (Form::Wiki, start..start + length)
            }
            _ => return None,
        };
        let target = match form {
            Form::Wiki => text[span.clone()].to_owned(),
            _ => self.target,
        };
        Some(Destination { form, target, span })
    }
}

/// Raw HTML as it is read: without the marks of quotes and lists around it, in which a tag may go
/// over several lines.
#[derive(Default)]
struct Html {
    read: String,
    /// Where lines begin: in what is read, and in the text.
    lines: Vec<(usize, usize)>,
}

impl Html {
    /// Adds the next part, which is somewhere in this span of the text.
    fn push(&mut self, text: &str, part: &str, span: &Range<usize>) {
        let mut at = span.start;
        for line in part.split_inclusive('\n') {
            let shown = line.trim_end_matches(['\r', '\n']);
            let found = text.get(at..).and_then(|rest| rest.find(shown));
            at += found.unwrap_or_default();
            self.lines.push((self.read.len(), at));
            self.read.push_str(line);
            at += shown.len();
        }
    }

    /// Where a place is in the text.
    fn written(&self, at: usize) -> usize {
        let next = self.lines.partition_point(|(read, _)| *read <= at);
        let line = self.lines[..next].last();
        line.map_or(at, |(read, written)| written + (at - read))
    }

    fn destinations(&self) -> impl Iterator<Item = Destination> + use<> {
        let found = of_html(&self.read, &(0..self.read.len())).into_iter();
        let found = found.map(|found| {
            let (start, end) = (found.span.start, found.span.end);
            // An end is in the line before it.
            let span = self.written(start)..self.written(end.max(start + 1) - 1) + 1;
            let span = if start == end {
                span.start..span.start
            } else {
                span
            };
            Destination { span, ..found }
        });
        found.collect::<Vec<_>>().into_iter()
    }
}

fn of_definition(text: &str, target: String, span: &Range<usize>) -> Option<Destination> {
    let rest = text.get(span.clone())?;
    let mut ends = rest.match_indices("]:").map(|(at, _)| at);
    let end = ends.find(|at| !rest[..*at].ends_with('\\'))?;
    let span = written(text, span.start + end + 2..span.end)?;
    Some(Destination {
        form: Form::Markdown,
        target,
        span,
    })
}

/// A destination, after optional white space, as defined by `CommonMark`.
fn written(text: &str, within: Range<usize>) -> Option<Range<usize>> {
    let rest = text.get(within.clone())?;
    let shown = rest.trim_start();
    let start = within.start + rest.len() - shown.len();
    let mut is_escaped = false;
    let mut depth = 0_usize;
    let in_brackets = shown.starts_with('<');
    for (at, c) in shown.char_indices() {
        let is_end = match c {
            _ if is_escaped => false,
            '>' => in_brackets,
            '(' => {
                depth += 1;
                false
            }
            ')' if !in_brackets => {
                depth = depth.checked_sub(1).unwrap_or(usize::MAX);
                depth == usize::MAX
            }
            c => c.is_whitespace() && !in_brackets,
        };
        if is_end {
            let inner = usize::from(in_brackets);
            return Some(start + inner..start + at);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    (!in_brackets && !shown.is_empty()).then_some(start..within.end)
}

/// The destinations of a text that is all markup, such as a page or a picture, in which links may be
/// written as SVG had them before.
pub fn of_markup(text: &str) -> Vec<Destination> {
    let mut found = of_html(text, &(0..text.len()));
    for (at, _) in text.match_indices("xlink:href") {
        let tag = text[..at].rfind('<').unwrap_or(at);
        let value = attribute(&text[tag..], "xlink:href");
        found.extend(value.map(|value| Destination {
            form: Form::Html,
            target: decoded(&text[tag..][value.clone()]).into_owned(),
            span: tag + value.start..tag + value.end,
        }));
    }
    found.sort_by_key(|destination| destination.span.start);
    found.dedup_by(|later, before| later.span.start < before.span.end);
    found
}

fn of_html(text: &str, span: &Range<usize>) -> Vec<Destination> {
    let links = raw::read(&text[span.clone()]).links.into_iter();
    let found = links.filter_map(|link| {
        let tag = span.start + link.span.start..span.start + link.span.end;
        let name = if link.image.is_some() { "src" } else { "href" };
        let value = attribute(&text[tag.clone()], name)?;
        Some(Destination {
            form: Form::Html,
            target: link.target,
            span: tag.start + value.start..tag.start + value.end,
        })
    });
    found.collect()
}

/// The value of the first attribute with this name in a tag, without quotes.
fn attribute(tag: &str, name: &str) -> Option<Range<usize>> {
    let is_name = |c: char| !c.is_whitespace() && !matches!(c, '=' | '>' | '/' | '<');
    let skip = |from: usize, of: &dyn Fn(char) -> bool| {
        let rest = &tag[from..];
        from + rest.find(|c| !of(c)).unwrap_or(rest.len())
    };
    let mut at = skip(1, &is_name);
    while at < tag.len() {
        let start = skip(at, &|c| !is_name(c));
        let end = skip(start, &is_name);
        let equals = skip(end, &char::is_whitespace);
        if end == start {
            return None;
        }
        if !tag[equals..].starts_with('=') {
            at = end;
            continue;
        }
        let value = skip(equals + 1, &char::is_whitespace);
        let quote = tag[value..]
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''));
        let (inside, after) = match quote {
            Some(quote) => (value + 1, skip(value + 1, &|c| c != quote)),
            None => (value, skip(value, &|c| !c.is_whitespace() && c != '>')),
        };
        if tag[start..end].eq_ignore_ascii_case(name) {
            return Some(inside..after);
        }
        at = after + usize::from(quote.is_some());
        at = at.min(tag.len());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<(&str, String)> {
        let found = find(text).into_iter();
        found
            .map(|found| (&text[found.span], found.target))
            .collect()
    }

    #[track_caller]
    fn assert_found(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<(&str, String)> = expected
            .iter()
            .map(|(written, target)| (*written, (*target).to_owned()))
            .collect();
        assert_eq!(written(text), expected);
    }

    #[test]
    fn a_tag_may_go_over_several_lines() {
        assert_found(
            "<div>\n<a\n href=\"a.html#x\">x</a>\n<!--\n<a href=\"no.html\">\n-->\n</div>\n\n\
             > <p>\n> <a title=x\n>   href=b.html>y</a>\n\n> text <a href=\n> \"c.html\">z</a>\n\n- <a\r\n  href='d.html'>z</a>\r\n",
            &[
                ("a.html#x", "a.html#x"),
                ("b.html", "b.html"),
                ("c.html", "c.html"),
                ("d.html", "d.html"),
            ],
        );
    }

    #[test]
    fn destinations_are_found_in_every_form() {
        assert_found(
            "![a](img/a.png) [b](<my file.sh> \"t\") [c][r] [d](x(1).png 't') [](e.png)\n\n[r]: ./c.yaml 'T'\n[q]: <d e>\n",
            &[
                ("img/a.png", "img/a.png"),
                ("my file.sh", "my file.sh"),
                ("x(1).png", "x(1).png"),
                ("e.png", "e.png"),
                ("./c.yaml", "./c.yaml"),
                ("d e", "d e"),
            ],
        );
        assert_found(
            "[![in](a.png)](b.html) **\"인용\"**은 [라**벨**](c.png)\r\n\r\n[`](`](d.png) [e\\](f](g\\_h.png)\r\n",
            &[
                ("a.png", "a.png"),
                ("b.html", "b.html"),
                ("c.png", "c.png"),
                ("d.png", "d.png"),
                ("g\\_h.png", "g_h.png"),
            ],
        );
        assert_found(
            "<p>\n<img alt=\"src=x\" SRC='a&amp;b.png'>\n<a title=t href=c.sh>c</a>\n</p>\n\nx <img src=\"d.png\"/> <a>\n",
            &[
                ("a&amp;b.png", "a&b.png"),
                ("c.sh", "c.sh"),
                ("d.png", "d.png"),
            ],
        );
        assert_found(
            "![[shot.png]] ![[a b.png|100]] [[n#h|l]]\n",
            &[("shot.png", "shot.png"), ("a b.png", "a b.png"), ("n", "n")],
        );
    }

    #[test]
    fn code_and_bare_addresses_hold_none() {
        assert_found(
            "`![a](a.png)` <https://x.y/z> https://x.y\n\n```\n![a](a.png)\n```\n\n    [b](b)\n\n<!-- [c](c) -->\n",
            &[],
        );
    }
}
