//! What an SVG may hold: the elements, attributes and properties that stay, in the spelling of SVG.
//!
//! Pictures in slots, `<svg>` in raw HTML, the search for pictures in pages, and the state of pages
//! read the names from here. Not here: what a value may be (`diagram::svg`).

use std::borrow::Cow;

#[rustfmt::skip]
pub const ELEMENTS: &[&str] = &[
    "a", "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
    "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB",
    "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset",
    "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "g",
    "image", "line", "linearGradient", "marker", "mask", "path", "pattern", "polygon", "polyline",
    "radialGradient", "rect", "stop", "style", "svg", "symbol", "text", "textPath", "title",
    "tspan", "use",
];

/// The attributes of geometry, structure, gradients and markers.
#[rustfmt::skip]
pub const ATTRIBUTES: &[&str] = &[
    "class", "clipPathUnits", "cx", "cy", "d", "dx", "dy", "fr", "fx", "fy", "gradientTransform",
    "gradientUnits", "height", "href", "id", "lang", "lengthAdjust", "markerHeight", "markerUnits",
    "markerWidth", "maskContentUnits", "maskUnits", "media", "method", "offset", "orient",
    "pathLength", "patternContentUnits", "patternTransform", "patternUnits", "points",
    "preserveAspectRatio", "r", "refX", "refY", "role", "rotate", "rx", "ry", "side", "spacing",
    "spreadMethod", "startOffset", "style", "textLength", "transform", "viewBox", "width", "x",
    "x1", "x2", "y", "y1", "y2",
];

/// The attributes of filters and their elements.
#[rustfmt::skip]
pub const FILTER_ATTRIBUTES: &[&str] = &[
    "amplitude", "azimuth", "baseFrequency", "bias", "diffuseConstant", "divisor", "edgeMode",
    "elevation", "exponent", "filterUnits", "in", "in2", "intercept", "k1", "k2", "k3", "k4",
    "kernelMatrix", "kernelUnitLength", "limitingConeAngle", "mode", "numOctaves", "operator",
    "order", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha", "primitiveUnits", "radius",
    "result", "scale", "seed", "slope", "specularConstant", "specularExponent", "stdDeviation",
    "stitchTiles", "surfaceScale", "tableValues", "targetX", "targetY", "type", "values",
    "xChannelSelector", "yChannelSelector", "z",
];

/// The elements that paint something.
pub const DRAWN: &[&str] = &[
    "circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "text", "use",
];

/// The same for a page by others, where a `<foreignObject>` may be.
#[rustfmt::skip]
pub const DRAWN_IN_PAGES: &[&str] = &[
    "circle", "ellipse", "foreignObject", "image", "line", "path", "polygon", "polyline", "rect",
    "text", "use",
];

/// The elements with geometry in their own attributes.
pub const SHAPES: &[&str] = &[
    "circle", "ellipse", "line", "path", "polygon", "polyline", "rect",
];

/// The elements whose content is only drawn by reference.
pub const UNDRAWN: &[&str] = &[
    "clipPath", "defs", "filter", "marker", "mask", "pattern", "symbol",
];

/// The elements whose text people read.
pub const WORDED: &[&str] = &["text", "title", "desc"];

/// The attributes whose value is a list of ids.
#[rustfmt::skip]
pub const ID_LISTS: &[&str] = &[
    "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details",
    "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns",
];

/// The properties for paint.
#[rustfmt::skip]
pub const PAINTS: &[&str] = &[
    "fill", "stroke", "stop-color", "flood-color", "lighting-color", "color",
];

/// The namespace prefixes of editors.
#[rustfmt::skip]
const EDITORS: &[&str] = &[
    "sodipodi", "inkscape", "rdf", "cc", "dc", "sketch", "i", "x", "a", "bx", "d", "serif", "ns0",
];

/// Which values a property accepts, as far as they are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `none`, a colour, or `url(#id)` with one of both after it.
    Paint,
    Colour,
    /// With or without a unit.
    Number,
    /// A length with its unit, or a keyword.
    Size,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    pub name: &'static str,
    pub takes: Takes,
    pub inherited: bool,
}

const fn own(name: &'static str, takes: Takes) -> Property {
    Property {
        name,
        takes,
        inherited: false,
    }
}

const fn inherited(name: &'static str, takes: Takes) -> Property {
    Property {
        name,
        takes,
        inherited: true,
    }
}

pub const PROPERTIES: &[Property] = &[
    own("alignment-baseline", Takes::Any),
    own("baseline-shift", Takes::Size),
    own("clip-path", Takes::Any),
    inherited("clip-rule", Takes::Any),
    inherited("color", Takes::Colour),
    inherited("color-interpolation", Takes::Any),
    inherited("color-interpolation-filters", Takes::Any),
    inherited("direction", Takes::Any),
    own("display", Takes::Any),
    inherited("dominant-baseline", Takes::Any),
    inherited("fill", Takes::Paint),
    inherited("fill-opacity", Takes::Number),
    inherited("fill-rule", Takes::Any),
    own("filter", Takes::Any),
    own("flood-color", Takes::Colour),
    own("flood-opacity", Takes::Number),
    inherited("font-family", Takes::Any),
    inherited("font-size", Takes::Size),
    inherited("font-size-adjust", Takes::Any),
    inherited("font-stretch", Takes::Any),
    inherited("font-style", Takes::Any),
    inherited("font-variant", Takes::Any),
    inherited("font-weight", Takes::Any),
    inherited("image-rendering", Takes::Any),
    inherited("letter-spacing", Takes::Size),
    own("lighting-color", Takes::Colour),
    inherited("marker-end", Takes::Any),
    inherited("marker-mid", Takes::Any),
    inherited("marker-start", Takes::Any),
    own("mask", Takes::Any),
    own("mask-type", Takes::Any),
    own("opacity", Takes::Number),
    own("overflow", Takes::Any),
    inherited("paint-order", Takes::Any),
    inherited("pointer-events", Takes::Any),
    inherited("shape-rendering", Takes::Any),
    own("stop-color", Takes::Colour),
    own("stop-opacity", Takes::Number),
    inherited("stroke", Takes::Paint),
    inherited("stroke-dasharray", Takes::Any),
    inherited("stroke-dashoffset", Takes::Number),
    inherited("stroke-linecap", Takes::Any),
    inherited("stroke-linejoin", Takes::Any),
    inherited("stroke-miterlimit", Takes::Number),
    inherited("stroke-opacity", Takes::Number),
    inherited("stroke-width", Takes::Number),
    inherited("text-anchor", Takes::Any),
    own("text-decoration", Takes::Any),
    inherited("text-rendering", Takes::Any),
    own("transform-origin", Takes::Any),
    own("unicode-bidi", Takes::Any),
    own("vector-effect", Takes::Any),
    inherited("visibility", Takes::Any),
    inherited("word-spacing", Takes::Size),
    inherited("writing-mode", Takes::Any),
];

/// The canonical name of an allowed element.
pub fn element(name: &str) -> Option<&'static str> {
    listed(ELEMENTS, name)
}

/// The canonical name of an element, in any case, that raw HTML may have in a drawing that is not
/// read as a picture: none that loads something, styles the page or is costly to render.
pub fn raw_element(name: &str) -> Option<&'static str> {
    let is_other =
        |name: &&&str| name.starts_with("fe") || matches!(**name, "filter" | "image" | "style");
    let mut elements = ELEMENTS.iter().filter(|name| !is_other(name));
    elements
        .find(|known| known.eq_ignore_ascii_case(name))
        .copied()
}

/// The canonical name of an attribute, in any case, that is allowed on this element.
pub fn raw_attribute(name: &str) -> Option<&'static str> {
    let attributes = ATTRIBUTES.iter().copied();
    let properties = PROPERTIES.iter().map(|property| property.name);
    let mut names = attributes.chain(properties);
    let found = names.find(|known| known.eq_ignore_ascii_case(name))?;
    // An address has rules of its own; a filter or a style sheet cannot be there.
    (!matches!(found, "filter" | "href" | "media" | "style")).then_some(found)
}

/// The canonical name of an attribute that is allowed and not style.
pub fn attribute(name: &str) -> Option<Cow<'static, str>> {
    let known = listed(ATTRIBUTES, name).or_else(|| listed(FILTER_ATTRIBUTES, name));
    if let Some(known) = known {
        return Some(Cow::Borrowed(known));
    }
    let rest = name.strip_prefix("aria-")?;
    let plain = !rest.is_empty() && rest.len() < 32 && rest.bytes().all(|b| b.is_ascii_lowercase());
    plain.then(|| Cow::Owned(name.to_owned()))
}

fn listed(names: &'static [&'static str], name: &str) -> Option<&'static str> {
    let at = names.binary_search(&name).ok()?;
    names.get(at).copied()
}

pub fn property(name: &str) -> Option<&'static Property> {
    let at = PROPERTIES
        .binary_search_by(|property| property.name.cmp(name))
        .ok()?;
    PROPERTIES.get(at)
}

/// Whether a removed element is an editor's own, and needs no note.
pub fn is_editors(name: &str) -> bool {
    name == "metadata"
        || name
            .split_once(':')
            .is_some_and(|(prefix, _)| EDITORS.contains(&prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_each_list_is_part_of_the_whole() {
        let properties: Vec<&str> = PROPERTIES.iter().map(|property| property.name).collect();
        for names in [ELEMENTS, ATTRIBUTES, FILTER_ATTRIBUTES, DRAWN, &properties] {
            assert!(names.is_sorted(), "{names:?}");
        }
        for names in [DRAWN, SHAPES, UNDRAWN, WORDED] {
            assert!(
                names.iter().all(|name| ELEMENTS.contains(name)),
                "{names:?}"
            );
        }
        assert!(SHAPES.iter().all(|name| DRAWN.contains(name)));
        assert!(PAINTS.iter().all(|name| properties.contains(name)));
        let in_pages = DRAWN_IN_PAGES
            .iter()
            .filter(|name| **name != "foreignObject");
        assert!(in_pages.eq(DRAWN));
        assert!(
            FILTER_ATTRIBUTES
                .iter()
                .all(|name| !ATTRIBUTES.contains(name))
        );
    }

    #[test]
    fn nothing_that_runs_or_embeds_is_in_a_list() {
        for name in [
            "script",
            "foreignObject",
            "animate",
            "set",
            "feImage",
            "handler",
            "iframe",
            "switch",
        ] {
            assert_eq!(element(name), None, "{name}");
        }
        let mut names = ATTRIBUTES.iter().chain(FILTER_ATTRIBUTES);
        assert!(!names.any(|name| name.starts_with("on") || name.contains(':') || *name == "src"));
    }

    #[test]
    fn raw_html_is_given_the_case_of_svg_and_less_than_a_picture() {
        assert_eq!(raw_element("lineargradient"), Some("linearGradient"));
        assert_eq!(raw_attribute("viewbox"), Some("viewBox"));
        assert_eq!(raw_attribute("pointer-events"), Some("pointer-events"));
        for name in ["feblend", "filter", "image", "style", "script"] {
            assert_eq!(raw_element(name), None, "{name}");
        }
        for name in [
            "stddeviation",
            "filter",
            "href",
            "style",
            "media",
            "onclick",
            "type",
        ] {
            assert_eq!(raw_attribute(name), None, "{name}");
        }
    }
}
