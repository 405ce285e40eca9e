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
    set(&["noteBkgColor", "activeTaskBkgColor"], &mark(WARN_WASH));
    set(&["noteBorderColor", "activeTaskBorderColor"], &mark(WARN));
    set(&["critBkgColor"], &mark(ACCENT_WASH));
    for (number, name) in ["Command", "Event", "ReadModel", "Processor"]
        .iter()
        .enumerate()
    {
        set(&[&format!("em{name}Fill")], &mark(SERIES[number]));
        set(&[&format!("em{name}Stroke")], &mark(STRONG[number]));
    }
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
    for (name, roles) in NESTED {
        let colours = roles.iter().flat_map(|(token, names)| {
            let colour = marked(token);
            names
                .iter()
                .map(move |name| ((*name).to_owned(), Value::from(colour.as_str())))
                .collect::<Vec<_>>()
        });
        all.insert(name.to_owned(), Value::Object(colours.collect()));
    }
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
fn series(number: usize) -> [(String, Pair); 13] {
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
        // The outer square of a highlighted commit, which holds one of paper.
        (format!("gitInv{number}"), strong),
        (format!("actor{number}"), strong),
        (format!("venn{}", number + 1), strong),
    ]
}

/// The colours of the shapes of C4 diagrams, which are settings of their own.
pub(super) fn c4() -> Value {
    let mut all = Map::new();
    let mut set = |name: String, token: &str| {
        all.insert(name, Value::from(marked(token)));
    };
    for base in ["person", "system", "container", "component"] {
        for form in ["", "_db", "_queue"] {
            for (place, fill) in [("", "--raised"), ("external_", "--sunk")] {
                let shape = format!("{place}{base}{form}");
                set(format!("{shape}_bg_color"), fill);
                set(format!("{shape}_border_color"), "--ink-3");
                set(format!("{shape}_font_color"), "--ink");
            }
        }
    }
    set("boundary_border_color".to_owned(), "--ink-3");
    set("boundary_font_color".to_owned(), "--ink-2");
    set("relationship_text_color".to_owned(), "--ink-2");
    set("relationship_line_color".to_owned(), "--ink-2");
    Value::Object(all)
}

/// Tokens, each with the variables that take it.
type Roles = &'static [(&'static str, &'static [&'static str])];

/// Groups of variables, and the token that each of their colours is.
#[rustfmt::skip]
const NESTED: [(&str, Roles); 3] = [
    (
        "radar",
        &[("--ink-3", &["axisColor"]), ("--line", &["graticuleColor"])],
    ),
    (
        "wardley",
        &[
            ("--paper", &["backgroundColor"]),
            ("--raised", &["componentFill", "annotationFill"]),
            ("--ink", &[
                "axisTextColor", "componentLabelColor", "annotationTextColor", "anchorLabelColor",
            ]),
            ("--ink-2", &["axisColor", "componentStroke", "linkStroke", "annotationStroke"]),
            ("--line", &["gridColor"]),
            ("--line-2", &["stageDividerColor"]),
            ("--accent", &["evolutionStroke"]),
        ],
    ),
    (
        "treeView",
        &[
            ("--ink", &["labelColor"]),
            ("--ink-2", &["descriptionColor", "iconColor"]),
            ("--ink-3", &["lineColor", "highlightStroke"]),
            ("--sunk", &["highlightBg"]),
        ],
    ),
];

fn chart() -> Value {
    let of = marked;
    let palette = STRONG.map(mark);
    json!({
        "backgroundColor": "transparent",
        "titleColor": of("--ink"), "dataLabelColor": of("--ink"), "legendTextColor": of("--ink"),
        "xAxisLabelColor": of("--ink-2"), "xAxisTitleColor": of("--ink"),
        "xAxisTickColor": of("--ink-3"), "xAxisLineColor": of("--ink-3"),
        "yAxisLabelColor": of("--ink-2"), "yAxisTitleColor": of("--ink"),
        "yAxisTickColor": of("--ink-3"), "yAxisLineColor": of("--ink-3"),
        "plotColorPalette": palette.join(","),
    })
}

/// The renderer's variables that take each token.
#[rustfmt::skip]
const ROLES: Roles = &[
    ("--paper", &[
        "background", "edgeLabelBackground", "relationLabelBackground", "labelBackgroundColor",
        "sequenceNumberColor", "innerEndBackground", "altSectionBkgColor", "quadrant2Fill",
        "quadrant4Fill", "attributeBackgroundColorOdd", "rowOdd", "compositeBackground",
        "commitLabelBackground", "emSwimlaneBackground",
    ]),
    ("--sunk", &[
        "secondaryColor", "tertiaryColor", "clusterBkg", "altBackground",
        "compositeTitleBackground", "attributeBackgroundColorEven", "rowEven", "sectionBkgColor",
        "sectionBkgColor2", "excludeBkgColor", "labelBoxBkgColor", "activationBkgColor",
        "quadrant1Fill", "quadrant3Fill", "rectBkgColor", "doneTaskBkgColor", "tagLabelBackground",
        "faceColor", "errorBkgColor", "emSwimlaneBackgroundOdd",
    ]),
    ("--raised", &[
        "primaryColor", "mainBkg", "nodeBkg", "stateBkg", "actorBkg", "personBkg", "taskBkgColor",
        "requirementBackground", "emUiFill",
    ]),
    ("--ink", &[
        "primaryTextColor", "secondaryTextColor", "tertiaryTextColor", "textColor", "titleColor",
        "nodeTextColor", "classText", "stateLabelColor", "actorTextColor", "signalTextColor",
        "labelTextColor", "loopTextColor", "noteTextColor", "taskTextColor", "taskTextDarkColor",
        "taskTextLightColor", "taskTextOutsideColor", "taskTextClickableColor", "labelColor",
        "pieTitleTextColor", "pieSectionTextColor", "pieLegendTextColor", "quadrant1TextFill",
        "quadrant2TextFill", "quadrant3TextFill", "quadrant4TextFill", "quadrantPointTextFill",
        "quadrantTitleFill", "commitLabelColor", "tagLabelColor", "relationLabelColor",
        "transitionLabelColor", "scaleLabelColor", "branchLabelColor", "requirementTextColor",
        "errorTextColor", "vennSetTextColor", "vennTitleTextColor",
    ]),
    ("--ink-2", &[
        "lineColor", "arrowheadColor", "defaultLinkColor", "signalColor", "relationColor",
        "transitionColor", "specialStateColor", "commitLineColor", "archEdgeColor",
        "archEdgeArrowColor", "quadrantXAxisTextFill", "quadrantYAxisTextFill", "emArrowhead",
        "emRelationStroke",
    ]),
    ("--ink-3", &[
        "primaryBorderColor", "nodeBorder", "border1", "border2", "actorBorder", "stateBorder",
        "personBorder", "taskBorderColor", "requirementBorderColor", "compositeBorder",
        "activationBorderColor", "labelBoxBorderColor", "tagLabelBorder", "doneTaskBorderColor",
        "actorLineColor", "clusterBorder", "flowContainerStroke", "archGroupBorderColor",
        "secondaryBorderColor", "tertiaryBorderColor", "quadrantExternalBorderStrokeFill",
        "pieOuterStrokeColor", "pieStrokeColor", "emUiStroke", "emSwimlaneBackgroundStroke",
        "emSwimlaneBorder",
    ]),
    ("--line", &["gridColor", "quadrantInternalBorderStrokeFill"]),
    ("--accent", &["critBorderColor", "todayLineColor", "vertLineColor", "quadrantPointFill"]),
];
