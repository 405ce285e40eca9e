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
const PAINT: [&str; 89] = [
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "patternContentUnits",
    "spreadMethod",
    "fr",
    "textLength",
    "lengthAdjust",
    "startOffset",
    "method",
    "spacing",
    "side",
    "pathLength",
    "rotate",
    "font-style",
    "font-variant",
    "font-stretch",
    "word-spacing",
    "text-decoration",
    "baseline-shift",
    "alignment-baseline",
    "writing-mode",
    "visibility",
    "display",
    "overflow",
    "vector-effect",
    "color-interpolation",
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
/// Attributes that single elements have besides.
const OWN: [(&str, &[&str]); 30] = [
    ("a", &["href", "rel", "name"]),
    (
        "img",
        &["src", "alt", "width", "height", "loading", "align"],
    ),
    ("input", &["type", "checked", "disabled"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("details", &["open", "name"]),
    (
        "td",
        &[
            "colspan", "rowspan", "headers", "align", "valign", "width", "height",
        ],
    ),
    (
        "th",
        &[
            "colspan", "rowspan", "headers", "scope", "align", "valign", "width", "height",
        ],
    ),
    ("col", &["span", "align", "valign", "width"]),
    ("colgroup", &["span", "align", "valign", "width"]),
    ("del", &["cite"]),
    ("ins", &["cite"]),
    ("q", &["cite"]),
    ("data", &["value"]),
    ("table", &["align", "width"]),
    ("caption", &["align"]),
    ("thead", &["align", "valign"]),
    ("tbody", &["align", "valign"]),
    ("tfoot", &["align", "valign"]),
    ("tr", &["align", "valign"]),
    ("p", &["align"]),
    ("div", &["align"]),
    ("h1", &["align"]),
    ("h2", &["align"]),
    ("h3", &["align"]),
    ("h4", &["align"]),
    ("h5", &["align"]),
    ("h6", &["align"]),
    ("use", &["href"]),
    ("textPath", &["href"]),
];
/// Elements of HTML and SVG that exist and are removed. Any other name is a placeholder such as
/// `<your-name>` or a type parameter such as `<String>`, which its author meant as text.
const REFUSED: [&str; 62] = [
    "animate",
    "animatemotion",
    "animatetransform",
    "applet",
    "area",
    "audio",
    "base",
    "body",
    "button",
    "canvas",
    "center",
    "datalist",
    "dialog",
    "embed",
    "fieldset",
    "filter",
    "font",
    "foreignobject",
    "form",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "image",
    "label",
    "legend",
    "link",
    "main",
    "map",
    "marquee",
    "math",
    "menu",
    "meta",
    "metadata",
    "meter",
    "noscript",
    "object",
    "optgroup",
    "option",
    "output",
    "param",
    "picture",
    "progress",
    "script",
    "search",
    "select",
    "set",
    "slot",
    "source",
    "strike",
    "style",
    "switch",
    "template",
    "textarea",
    "track",
    "tt",
    "video",
    "view",
    "big",
    "acronym",
    "input",
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

/// The attributes that `cleaner` keeps on an element, all names in lower case.
static KEPT: LazyLock<HashSet<(String, String)>> = LazyLock::new(|| {
    let drawing = DRAWING.into_iter().map(|tag| (tag, PAINT.as_slice()));
    drawing
        .chain(OWN)
        .flat_map(|(tag, names)| names.iter().map(move |name| (tag, name)))
        .map(|(tag, name)| (tag.to_lowercase(), name.to_lowercase()))
        .collect()
});

fn cleaner() -> Builder<'static> {
    let mut tags: HashSet<&str> = STRUCTURE.into_iter().chain(TABLE).chain(DRAWING).collect();
    // The renderer's own task boxes; a document's are cut down to the same.
    tags.insert("input");
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for tag in DRAWING {
        attributes.insert(tag, PAINT.into_iter().collect());
    }
    for (tag, names) in OWN {
        attributes
            .entry(tag)
            .or_default()
            .extend(names.iter().copied());
    }
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

/// How deep the elements of some HTML nest, as far as a scan of its tags says.
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
    /// An element that neither HTML nor SVG has.
    pub is_unknown: bool,
}

/// What `clean` removes from a piece of raw HTML, in order.
pub fn removals(fragment: &str) -> Vec<Removal> {
    let found = RefCell::new(Vec::new());
    // What the scanner cannot read it does not list; `clean` takes it out all the same.
    let _ = scan(fragment, &found);
    found.into_inner()
}

fn scan(fragment: &str, found: &RefCell<Vec<Removal>>) -> Result<(), RewritingError> {
    let note = |offset, what, is_unknown| {
        let mut found = found.borrow_mut();
        if found.len() < MOST_LISTED {
            found.push(Removal {
                offset,
                what,
                is_unknown,
            });
        }
    };
    let settings = Settings::new().append_element_content_handler(element!("*", |element| {
        let offset = element.source_location().bytes().start;
        let tag = element.tag_name();
        let is_box = tag == "input"
            && element
                .get_attribute("type")
                .is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
        if !ALLOWED.contains(&tag) && !is_box {
            let is_unknown = !REFUSED.contains(&tag.as_str());
            // A type or a placeholder is named as its author wrote it.
            let written = fragment.get(offset + 1..offset + 1 + tag.len());
            let name = written.filter(|_| is_unknown).unwrap_or(&tag);
            note(offset, format!("<{}>", short(name)), is_unknown);
            return Ok(());
        }
        for attribute in element.attributes() {
            if !is_kept(&tag, &attribute.name(), &attribute.value()) {
                let name = attribute.name();
                note(offset, format!("{} of <{tag}>", short(&name)), false);
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

/// Whether `clean` keeps an attribute of an element that it keeps; `tag` is in lower case.
fn is_kept(tag: &str, name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let local = name.strip_prefix("xlink:").unwrap_or(&name);
    let is_listed = ATTRIBUTES.contains(&local)
        || local.starts_with("aria-")
        || local.starts_with("data-")
        || local.starts_with("xmlns")
        || KEPT.contains(&(tag.to_owned(), local.to_owned()));
    let element = if tag == "textpath" { "textPath" } else { tag };
    let is_address = matches!(local, "href" | "src" | "cite");
    is_listed
        && keep_attribute(element, local, value).is_some()
        && !(is_address && scheme::of(value) == Some(Scheme::Refused))
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
    fn every_attribute_that_goes_is_listed_and_none_that_stays() {
        for (html, what) in [
            (
                "<td bgcolor=red align=right valign=top width=9>x</td>",
                vec!["bgcolor of <td>"],
            ),
            ("<a href=x target=_blank>x</a>", vec!["target of <a>"]),
            ("<input type=checkbox checked>", vec![]),
            ("<input type=text>", vec!["<input>"]),
            (
                "<svg viewBox='0 0 9 9' xmlns='http://www.w3.org/2000/svg'><clipPath id=a clipPathUnits=userSpaceOnUse></clipPath><text textLength=9 font-style=italic>x</text></svg>",
                vec![],
            ),
        ] {
            let found = removals(html);
            let found: Vec<_> = found.iter().map(|r| r.what.as_str()).collect();
            assert_eq!(found, what, "{html}");
        }
        let drawn = clean("<svg><text textLength=\"9\" font-style=\"italic\">x</text></svg>");
        assert!(drawn.contains("textLength=\"9\"") && drawn.contains("font-style"));
    }

    #[test]
    fn a_name_that_is_no_element_is_known_as_text_of_its_author() {
        let found = removals("Vec<String> <your-name> <iframe>");
        let found: Vec<_> = found
            .iter()
            .map(|r| (r.what.as_str(), r.is_unknown))
            .collect();
        assert_eq!(
            found,
            [
                ("<String>", true),
                ("<your-name>", true),
                ("<iframe>", false)
            ]
        );
    }

    #[test]
    fn depth_counts_what_is_open() {
        assert_eq!(depth("<p>a<br></p><p><b>x</b></p>"), 2);
        assert_eq!(depth(&"<div>".repeat(1000)), 1000);
    }
}
