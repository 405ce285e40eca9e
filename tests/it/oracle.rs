//! Ammonia, set as docsite set it when pages were cleaned with it: it parses as a browser does and keeps
//! what is listed.
//!
//! The lists are its own, and are not to grow with those of the program. Not here: what is compared.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use docsite::markdown::scheme;

/// Properties of drawings that the program's list has besides: none of them loads.
const LATER: [&str; 13] = [
    "color-interpolation-filters",
    "direction",
    "flood-color",
    "flood-opacity",
    "font-size-adjust",
    "image-rendering",
    "lighting-color",
    "mask-type",
    "pointer-events",
    "shape-rendering",
    "text-rendering",
    "transform-origin",
    "unicode-bidi",
];
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

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

fn cleaner() -> Builder<'static> {
    let mut tags: HashSet<&str> = STRUCTURE.into_iter().chain(TABLE).chain(DRAWING).collect();
    // The renderer's own task boxes; a document's are cut down to the same.
    tags.insert("input");
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for tag in DRAWING {
        attributes.insert(tag, PAINT.into_iter().chain(LATER).collect());
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
