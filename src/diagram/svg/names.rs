//! The lists of what a picture may hold: elements and attributes that are not style.
//!
//! Everything that is not in a list is dropped. Not here: the properties of style
//! (`property.rs`) and what a value may be (`clean.rs`, `value.rs`).

use super::tree::Name;

pub(super) const ELEMENTS: &[&str] = &[
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
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
    "style",
    "svg",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// The attributes of geometry, structure, gradients, markers and filters that stay.
pub(super) const ATTRIBUTES: &[&str] = &[
    "amplitude",
    "azimuth",
    "baseFrequency",
    "bias",
    "class",
    "clipPathUnits",
    "cx",
    "cy",
    "d",
    "diffuseConstant",
    "divisor",
    "dx",
    "dy",
    "edgeMode",
    "elevation",
    "exponent",
    "filterUnits",
    "fr",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "href",
    "id",
    "in",
    "in2",
    "intercept",
    "k1",
    "k2",
    "k3",
    "k4",
    "kernelMatrix",
    "kernelUnitLength",
    "lang",
    "lengthAdjust",
    "limitingConeAngle",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "media",
    "method",
    "mode",
    "numOctaves",
    "offset",
    "operator",
    "order",
    "orient",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "points",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "preserveAlpha",
    "preserveAspectRatio",
    "primitiveUnits",
    "r",
    "radius",
    "refX",
    "refY",
    "result",
    "role",
    "rotate",
    "rx",
    "ry",
    "scale",
    "seed",
    "side",
    "slope",
    "spacing",
    "specularConstant",
    "specularExponent",
    "spreadMethod",
    "startOffset",
    "stdDeviation",
    "stitchTiles",
    "style",
    "surfaceScale",
    "tableValues",
    "targetX",
    "targetY",
    "textLength",
    "transform",
    "type",
    "values",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "xChannelSelector",
    "y",
    "y1",
    "y2",
    "yChannelSelector",
    "z",
];

/// The elements that put something on the canvas.
pub(super) const DRAWN: &[&str] = &[
    "circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "text", "use",
];

/// The elements whose content is drawn only where it is called for.
pub(super) const UNDRAWN: &[&str] = &[
    "clipPath", "defs", "filter", "marker", "mask", "pattern", "symbol",
];

/// The elements whose text is read by people.
pub(super) const WORDED: &[&str] = &["text", "title", "desc"];

/// The attributes whose value is a list of ids.
pub(super) const ID_LISTS: &[&str] = &[
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
];

/// The prefixes under which editors keep their own things in a picture.
const EDITORS: &[&str] = &[
    "sodipodi", "inkscape", "rdf", "cc", "dc", "sketch", "i", "x", "a", "bx", "d", "serif", "ns0",
];

/// The element of that name, if it may stay.
pub(super) fn element(name: &str) -> Option<&'static str> {
    let at = ELEMENTS.binary_search(&name).ok()?;
    ELEMENTS.get(at).copied()
}

/// The attribute of that name, if it may stay and is not style.
pub(super) fn attribute(name: &str) -> Option<Name> {
    if let Ok(at) = ATTRIBUTES.binary_search(&name) {
        return ATTRIBUTES.get(at).map(|name| Name::Borrowed(*name));
    }
    let rest = name.strip_prefix("aria-")?;
    let plain = !rest.is_empty() && rest.len() < 32 && rest.bytes().all(|b| b.is_ascii_lowercase());
    plain.then(|| Name::Owned(name.to_owned()))
}

/// Whether an element that goes is an editor's own, of which nobody need hear.
pub(super) fn is_editors(name: &str) -> bool {
    name == "metadata"
        || name
            .split_once(':')
            .is_some_and(|(prefix, _)| EDITORS.contains(&prefix))
}

/// Whether a text can be an id that references reach.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 256 && !id.chars().any(|c| c.is_whitespace() || c.is_control())
}
