//! The renderer's theme: which of its variables takes which of the site's colours.
//!
//! Not here: the colours (`palette`), and what stands for a light and a dark one (`marks`).

use serde_json::{Map, Value, json};

use super::super::tokens::Pair;
use super::marks::mark;
use super::palette::{ACCENT_WASH, SERIES, STRONG, WARN, WARN_WASH, value};

fn marked(name: &str) -> String {
    mark(value(name))
}

/// The renderer's theme, with a mark for each colour.
pub(super) fn variables() -> Value {
    let mut all = Map::new();
    let mut set = |names: &[&str], value: &str| {
        for name in names {
            all.insert((*name).to_owned(), Value::from(value));
        }
    };
    for (token, names) in ROLES {
        set(names, &marked(token));
    }
    set(
        &["noteBkgColor", "critBkgColor0", "activeTaskBkgColor"],
        &mark(WARN_WASH),
    );
    set(&["noteBorderColor", "activeTaskBorderColor"], &mark(WARN));
    set(&["critBkgColor"], &mark(ACCENT_WASH));
    for number in 0..12 {
        for (name, colour) in series(number) {
            set(&[&name], &mark(colour));
        }
    }
    for (name, size) in SIZES {
        set(&[name], size);
    }
    all.insert("darkMode".to_owned(), Value::from(false));
    all.insert("useGradient".to_owned(), Value::from(false));
    all.insert("xyChart".to_owned(), chart());
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
fn series(number: usize) -> [(String, Pair); 11] {
    let fill = SERIES[number % SERIES.len()];
    let strong = STRONG[number % STRONG.len()];
    let (ink, paper) = (value("--ink"), value("--paper"));
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

fn chart() -> Value {
    let of = marked;
    let palette = STRONG.map(mark);
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
