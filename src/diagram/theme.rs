//! The colours of drawn diagrams: the site's own, as the renderer's theme takes them, once for
//! light and once for dark.
//!
//! After both renderings are merged, a pair that is a token becomes that token (`token`), so that a
//! site that changes its colours changes its diagrams. Not here: the renderer.

use serde_json::{Map, Value, json};

use super::tokens::{Pair, TOKENS};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// Dark text on a light page.
    Light,
    /// Light text on a dark page.
    Dark,
}

impl Pair {
    fn of(&self, scheme: Scheme) -> &'static str {
        match scheme {
            Scheme::Light => self.0,
            Scheme::Dark => self.1,
        }
    }
}

const WARN: Pair = Pair("#855300", "#e3ac51");
const WARN_WASH: Pair = Pair("#faf3e3", "#262014");
const ACCENT_WASH: Pair = Pair("#f7e4e0", "#3a211c");

/// Fills of parts that are distinguished by colour: sections, slices, branches. Ink is readable on
/// each of them.
const SERIES: [Pair; 8] = [
    Pair("#dbe7f1", "#21394d"),
    Pair("#f1e6cf", "#43371b"),
    Pair("#d6ebe4", "#173d36"),
    Pair("#f0dfea", "#452a3c"),
    Pair("#e3e6ea", "#323941"),
    Pair("#e2ebd3", "#303c1d"),
    Pair("#e6e0f2", "#352f4f"),
    Pair("#f5e0d8", "#4a2b20"),
];

/// Lines and dots of the same parts.
const STRONG: [Pair; 8] = [
    Pair("#2f6f9f", "#6fa9d6"),
    Pair("#8f6a14", "#cda14a"),
    Pair("#1f7a68", "#5bb8a4"),
    Pair("#994073", "#d98bb8"),
    Pair("#59636d", "#9aa5af"),
    Pair("#5c7a25", "#9dbb63"),
    Pair("#63519c", "#a797de"),
    Pair("#a8502f", "#e39a79"),
];

fn value(name: &str, scheme: Scheme) -> &'static str {
    let found = TOKENS.iter().find(|(token, _)| *token == name);
    found.map_or("#808080", |(_, pair)| pair.of(scheme))
}

/// The renderer's own colours, which its theme does not set: icons, faces, actors.
const CONSTANTS: [(&str, Pair); 4] = [
    ("#087ebf", Pair("#2f6f9f", "#3a6f96")),
    ("#8fbc8f", STRONG[0]),
    ("#7cfc00", STRONG[1]),
    ("#fff8dc", TOKENS[1].1),
];

/// The placeholder of one of the renderer's own colours.
pub(super) fn constant(colour: &str) -> Option<String> {
    let is = |own: &&(&str, Pair)| own.0.eq_ignore_ascii_case(colour);
    let (_, Pair(light, dark)) = CONSTANTS.iter().find(is)?;
    Some(format!("light-dark({light}, {dark})"))
}

/// The colour of text, light and dark.
pub(super) fn ink() -> (&'static str, &'static str) {
    (value("--ink", Scheme::Light), value("--ink", Scheme::Dark))
}

/// The colour of the page, light and dark.
pub(super) fn paper() -> (&'static str, &'static str) {
    let of = |scheme| value("--paper", scheme);
    (of(Scheme::Light), of(Scheme::Dark))
}

/// The token that has these two colours.
pub(super) fn token(light: &str, dark: &str) -> Option<&'static str> {
    let is = |pair: &Pair| pair.0.eq_ignore_ascii_case(light) && pair.1.eq_ignore_ascii_case(dark);
    let found = TOKENS.iter().find(|(_, pair)| is(pair));
    found.map(|(name, _)| *name)
}

pub(super) fn variables(scheme: Scheme) -> Value {
    let mut all = Map::new();
    let mut set = |names: &[&str], value: &str| {
        for name in names {
            all.insert((*name).to_owned(), Value::from(value));
        }
    };
    let of = |token| value(token, scheme);
    for (token, names) in ROLES {
        set(names, of(token));
    }
    set(
        &["noteBkgColor", "critBkgColor0", "activeTaskBkgColor"],
        WARN_WASH.of(scheme),
    );
    set(
        &["noteBorderColor", "activeTaskBorderColor"],
        WARN.of(scheme),
    );
    set(&["critBkgColor"], ACCENT_WASH.of(scheme));
    for number in 0..12 {
        for (name, colour) in series(number, scheme) {
            set(&[&name], colour);
        }
    }
    for (name, size) in SIZES {
        set(&[name], size);
    }
    all.insert("darkMode".to_owned(), Value::from(scheme == Scheme::Dark));
    all.insert("useGradient".to_owned(), Value::from(false));
    all.insert("xyChart".to_owned(), chart(scheme));
    Value::Object(all)
}

/// Theme variables for sizes.
const SIZES: [(&str, &str); 8] = [
    ("pieOpacity", "1"),
    ("pieStrokeWidth", "1px"),
    ("pieOuterStrokeWidth", "1px"),
    ("pieTitleTextSize", "18px"),
    ("pieSectionTextSize", "14px"),
    ("pieLegendTextSize", "14px"),
    ("commitLabelFontSize", "12px"),
    ("tagLabelFontSize", "12px"),
];

/// The colours of the part with a number: its fill, lines and words.
fn series(number: usize, scheme: Scheme) -> [(String, &'static str); 11] {
    let fill = SERIES[number % SERIES.len()].of(scheme);
    let strong = STRONG[number % STRONG.len()].of(scheme);
    let (ink, paper) = (value("--ink", scheme), value("--paper", scheme));
    [
        (format!("cScale{number}"), fill),
        (format!("fillType{number}"), fill),
        (format!("surface{number}"), fill),
        (format!("pie{}", number + 1), fill),
        (format!("cScalePeer{number}"), strong),
        (format!("cScaleInv{number}"), strong),
        (format!("git{number}"), strong),
        (format!("cScaleLabel{number}"), ink),
        (format!("surfacePeer{number}"), ink),
        (format!("gitBranchLabel{number}"), paper),
        (format!("gitInv{number}"), paper),
    ]
}

fn chart(scheme: Scheme) -> Value {
    let of = |token| value(token, scheme);
    let palette: Vec<&str> = STRONG.iter().map(|pair| pair.of(scheme)).collect();
    json!({
        "backgroundColor": "transparent",
        "titleColor": of("--ink"), "dataLabelColor": of("--ink"), "legendTextColor": of("--ink"),
        "xAxisLabelColor": of("--ink-2"), "xAxisTitleColor": of("--ink"),
        "xAxisTickColor": of("--line-2"), "xAxisLineColor": of("--line-2"),
        "yAxisLabelColor": of("--ink-2"), "yAxisTitleColor": of("--ink"),
        "yAxisTickColor": of("--line-2"), "yAxisLineColor": of("--line-2"),
        "plotColorPalette": palette.join(","),
    })
}

/// The renderer's variables that take each token.
const ROLES: [(&str, &[&str]); 9] = [
    (
        "--paper",
        &[
            "background",
            "edgeLabelBackground",
            "relationLabelBackground",
            "labelBackgroundColor",
            "archGroupBackground",
            "sequenceNumberColor",
            "innerEndBackground",
            "altSectionBkgColor",
            "quadrant2Fill",
            "quadrant4Fill",
            "attributeBackgroundColorOdd",
            "rowOdd",
            "compositeBackground",
            "pieStrokeColor",
            "commitLabelBackground",
        ],
    ),
    (
        "--sunk",
        &[
            "secondaryColor",
            "tertiaryColor",
            "clusterBkg",
            "altBackground",
            "compositeTitleBackground",
            "attributeBackgroundColorEven",
            "rowEven",
            "sectionBkgColor",
            "sectionBkgColor2",
            "excludeBkgColor",
            "labelBoxBkgColor",
            "activationBkgColor",
            "quadrant1Fill",
            "quadrant3Fill",
            "rectBkgColor",
            "doneTaskBkgColor",
            "tagLabelBackground",
        ],
    ),
    (
        "--raised",
        &[
            "primaryColor",
            "mainBkg",
            "nodeBkg",
            "stateBkg",
            "actorBkg",
            "personBkg",
            "taskBkgColor",
            "requirementBackground",
        ],
    ),
    (
        "--ink",
        &[
            "primaryTextColor",
            "secondaryTextColor",
            "tertiaryTextColor",
            "textColor",
            "titleColor",
            "nodeTextColor",
            "classText",
            "stateLabelColor",
            "actorTextColor",
            "signalTextColor",
            "labelTextColor",
            "loopTextColor",
            "noteTextColor",
            "taskTextColor",
            "taskTextDarkColor",
            "taskTextLightColor",
            "taskTextOutsideColor",
            "taskTextClickableColor",
            "labelColor",
            "pieTitleTextColor",
            "pieSectionTextColor",
            "pieLegendTextColor",
            "quadrant1TextFill",
            "quadrant2TextFill",
            "quadrant3TextFill",
            "quadrant4TextFill",
            "quadrantPointTextFill",
            "quadrantTitleFill",
            "commitLabelColor",
            "tagLabelColor",
            "relationLabelColor",
            "transitionLabelColor",
            "scaleLabelColor",
            "branchLabelColor",
            "requirementTextColor",
            "errorTextColor",
        ],
    ),
    (
        "--ink-2",
        &[
            "lineColor",
            "arrowheadColor",
            "defaultLinkColor",
            "signalColor",
            "relationColor",
            "transitionColor",
            "specialStateColor",
            "commitLineColor",
            "archEdgeColor",
            "archEdgeArrowColor",
            "quadrantXAxisTextFill",
            "quadrantYAxisTextFill",
        ],
    ),
    (
        "--ink-3",
        &[
            "primaryBorderColor",
            "nodeBorder",
            "border1",
            "border2",
            "actorBorder",
            "stateBorder",
            "personBorder",
            "taskBorderColor",
            "requirementBorderColor",
            "compositeBorder",
            "activationBorderColor",
            "labelBoxBorderColor",
            "tagLabelBorder",
            "doneTaskBorderColor",
        ],
    ),
    ("--line", &["gridColor", "quadrantInternalBorderStrokeFill"]),
    (
        "--line-2",
        &[
            "clusterBorder",
            "secondaryBorderColor",
            "tertiaryBorderColor",
            "actorLineColor",
            "flowContainerStroke",
            "archGroupBorderColor",
            "quadrantExternalBorderStrokeFill",
            "pieOuterStrokeColor",
        ],
    ),
    (
        "--accent",
        &[
            "critBorderColor",
            "todayLineColor",
            "vertLineColor",
            "quadrantPointFill",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_a_token_is_reported() {
        assert_eq!(token("#FCFCFB", "#14171a"), Some("--paper"));
        assert_eq!(token("#fcfcfb", "#fcfcfb"), None);
    }
}
