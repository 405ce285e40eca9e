//! Raw HTML in a document: structure and inline SVG stay, whatever can run, load, submit or
//! restyle goes. And a list of what goes, with its place, for the document's author.
//!
//! The cleaning itself is ammonia's, on a real parser: what it lets through is well-formed, so a
//! tag that a document leaves open cannot swallow the page. Not here: links in Markdown syntax
//! (`model::links` refuses their schemes).

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use lol_html::errors::RewritingError;
use lol_html::{HtmlRewriter, Settings, element};

use super::scheme::{self, Scheme};

/// Elements of text and structure.
const STRUCTURE: [&str; 63] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "time",
    "u",
    "ul",
    "wbr",
];
const TABLE: [&str; 8] = ["table", "tbody", "td", "tfoot", "th", "thead", "tr", "var"];
/// Elements that draw. None that animates, embeds HTML or styles.
const DRAWING: [&str; 24] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];
/// Elements that go with everything in them.
const WITH_CONTENT: [&str; 7] = [
    "script", "style", "iframe", "noscript", "object", "template", "textarea",
];
const ATTRIBUTES: [&str; 12] = [
    "class",
    "id",
    "title",
    "lang",
    "dir",
    "role",
    "tabindex",
    "datetime",
    "cite",
    "hidden",
    "translate",
    "value",
];
/// Attributes of drawings: geometry and paint.
const PAINT: [&str; 62] = [
    "viewBox",
    "preserveAspectRatio",
    "xmlns",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "d",
    "points",
    "dx",
    "dy",
    "width",
    "height",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-opacity",
    "stroke-miterlimit",
    "opacity",
    "color",
    "clip-path",
    "clip-rule",
    "mask",
    "marker-start",
    "marker-mid",
    "marker-end",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "refX",
    "refY",
    "orient",
    "offset",
    "stop-color",
    "stop-opacity",
    "gradientUnits",
    "gradientTransform",
    "patternUnits",
    "patternTransform",
    "text-anchor",
    "dominant-baseline",
    "font-size",
    "font-family",
    "font-weight",
    "letter-spacing",
    "paint-order",
];
/// Elements that a parser nests no deeper than this; beyond it, raw HTML is shown as text.
pub const DEEPEST: usize = 256;
/// More removals than this are not listed one by one.
const MOST_LISTED: usize = 50;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);
static ALLOWED: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let names = STRUCTURE.iter().chain(&TABLE).chain(&DRAWING);
    names.map(|name| name.to_lowercase()).collect()
});

fn cleaner() -> Builder<'static> {
    let mut tags: HashSet<&str> = STRUCTURE.into_iter().chain(TABLE).chain(DRAWING).collect();
    // The renderer's own task boxes; a document's are cut down to the same.
    tags.insert("input");
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for tag in DRAWING {
        attributes.insert(tag, PAINT.into_iter().collect());
    }
    let own: [(&str, &[&str]); 14] = [
        ("a", &["href", "rel", "name"]),
        ("img", &["src", "alt", "width", "height", "loading"]),
        ("input", &["type", "checked", "disabled"]),
        ("ol", &["start", "reversed", "type"]),
        ("li", &["value"]),
        ("details", &["open", "name"]),
        ("td", &["colspan", "rowspan", "headers"]),
        ("th", &["colspan", "rowspan", "headers", "scope"]),
        ("col", &["span"]),
        ("colgroup", &["span"]),
        ("del", &["cite"]),
        ("ins", &["cite"]),
        ("q", &["cite"]),
        ("data", &["value"]),
    ];
    for (tag, names) in own {
        attributes
            .entry(tag)
            .or_default()
            .extend(names.iter().copied());
    }
    attributes.entry("use").or_default().insert("href");
    attributes.entry("textPath").or_default().insert("href");
    let mut builder = Builder::empty();
    builder
        .tags(tags)
        .clean_content_tags(WITH_CONTENT.into_iter().collect())
        .tag_attributes(attributes)
        .generic_attributes(ATTRIBUTES.into_iter().collect())
        .generic_attribute_prefixes(["aria-", "data-"].into_iter().collect())
        .url_schemes(scheme::WEB.into_iter().chain(scheme::APPS).collect())
        .link_rel(None)
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .attribute_filter(keep_attribute);
    builder
}

/// Paint may refer to the drawing's own parts (`url(#a)`), and `use` too; nothing is loaded.
fn keep_attribute<'v>(element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let lower = value.to_ascii_lowercase();
    let loads = lower.contains("url(") && !lower.replace(' ', "").starts_with("url(#");
    let reaches_out =
        matches!(element, "use" | "textPath") && name == "href" && !value.starts_with('#');
    (!loads && !reaches_out).then_some(Cow::Borrowed(value))
}

/// The HTML without anything active, and well-formed.
pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// How deep the elements of some HTML nest, as far as a scan of its tags tells.
pub fn depth(html: &str) -> usize {
    const VOID: [&str; 8] = ["br", "hr", "img", "input", "wbr", "col", "meta", "link"];
    let mut open: usize = 0;
    let mut deepest = 0;
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        if rest.starts_with('/') {
            open = open.saturating_sub(1);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            let name = rest[..end].to_ascii_lowercase();
            if !VOID.contains(&name.as_str()) {
                open += 1;
                deepest = deepest.max(open);
            }
        }
    }
    deepest
}

/// Something that `clean` takes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Byte offset in the fragment.
    pub offset: usize,
    /// `<script>`, `onclick of <p>`.
    pub what: String,
}

/// What `clean` takes out of a piece of raw HTML, in order.
pub fn removals(fragment: &str) -> Vec<Removal> {
    let found = RefCell::new(Vec::new());
    // What the scanner cannot read it does not list; `clean` takes it out all the same.
    let _ = scan(fragment, &found);
    found.into_inner()
}

fn scan(fragment: &str, found: &RefCell<Vec<Removal>>) -> Result<(), RewritingError> {
    let note = |offset, what| {
        let mut found = found.borrow_mut();
        if found.len() < MOST_LISTED {
            found.push(Removal { offset, what });
        }
    };
    let settings = Settings::new().append_element_content_handler(element!("*", |element| {
        let offset = element.source_location().bytes().start;
        let tag = element.tag_name();
        if !ALLOWED.contains(&tag) {
            note(offset, format!("<{}>", short(&tag)));
            return Ok(());
        }
        for attribute in element.attributes() {
            if is_active(&attribute.name(), &attribute.value()) {
                note(offset, format!("{} of <{tag}>", short(&attribute.name())));
            }
        }
        Ok(())
    }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(fragment.as_bytes())?;
    rewriter.end()
}

fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

/// Attributes whose loss changes more than looks.
fn is_active(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if name.starts_with("on")
        || matches!(name.as_str(), "style" | "srcdoc" | "formaction" | "action")
    {
        return true;
    }
    if !matches!(
        name.as_str(),
        "href" | "src" | "xlink:href" | "data" | "poster" | "background"
    ) {
        return false;
    }
    scheme::of(value) == Some(Scheme::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_and_drawings_pass() {
        for html in [
            "<details open=\"\"><summary>더</summary><p>글</p></details>",
            "<svg viewBox=\"0 0 9 9\" role=\"img\" aria-label=\"그림\"><path d=\"M0 0h9\" fill=\"url(#a)\"></path></svg>",
            "<a class=\"ext\" href=\"https://istio.io\" rel=\"noopener\">x</a>",
            "<li class=\"task\"><input type=\"checkbox\" disabled=\"\"> x</li>",
        ] {
            assert_eq!(clean(html), html);
        }
    }

    #[test]
    fn what_runs_or_loads_goes() {
        for (html, cleaned) in [
            ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
            (
                "<p onclick=\"x()\" style=\"position:fixed\">a</p>",
                "<p>a</p>",
            ),
            ("<a href=\"javascript:x()\">a</a>", "<a>a</a>"),
            (
                "<svg><animate onbegin=\"x()\"></animate></svg>",
                "<svg></svg>",
            ),
            (
                "<svg><rect fill=\"url(https://e.example/x)\"></rect></svg>",
                "<svg><rect></rect></svg>",
            ),
            (
                "<svg><use href=\"other.svg#a\"></use></svg>",
                "<svg><use></use></svg>",
            ),
            ("</article></main><p>x", "<p>x</p>"),
            ("<b>open", "<b>open</b>"),
        ] {
            assert_eq!(clean(html), cleaned, "{html}");
        }
    }

    #[test]
    fn the_author_is_told_what_went() {
        let found = removals(
            "<p>x</p>\n<iframe src=\"//x\"></iframe><a href=\"java\tscript:x\" onclick=x>",
        );
        let what: Vec<_> = found.iter().map(|r| (r.offset, r.what.as_str())).collect();
        assert_eq!(
            what,
            [(9, "<iframe>"), (36, "href of <a>"), (36, "onclick of <a>")]
        );
        assert_eq!(removals("<details><summary>a</summary>b</details>"), []);
    }

    #[test]
    fn depth_counts_what_is_open() {
        assert_eq!(depth("<p>a<br></p><p><b>x</b></p>"), 2);
        assert_eq!(depth(&"<div>".repeat(1000)), 1000);
    }
}
