//! The renderer's theme: which of its variables takes which of the site's colours.
//!
//! Not here: the colours (`palette`), and what stands for a light and a dark one (`marks`).

use serde_json::{Map, Value};

use super::super::svg::shade::Both;
use super::super::tokens::{ACCENT, INK, INK_2, INK_3, LINE, LINE_2, PAPER, RAISED, SUNK};
use super::marks::mark;
use super::palette::{ACCENT_WASH, SERIES, STRONG, WARN, WARN_WASH};

/// The renderer's theme, with a mark for each colour.
pub(super) fn variables() -> Value {
    let mut all = Map::new();
    let mut set = |names: &[&str], value: &str| {
        for name in names {
            all.insert((*name).to_owned(), Value::from(value));
        }
    };
    for (token, names) in ROLES {
        set(names, &mark(*token));
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
    for (name, roles) in NESTED {
        let colours = roles.iter().flat_map(|(token, names)| {
            let colour = mark(*token);
            names
                .iter()
                .map(move |name| ((*name).to_owned(), Value::from(colour.as_str())))
                .collect::<Vec<_>>()
        });
        all.insert(name.to_owned(), Value::Object(colours.collect()));
    }
    let mut all = Value::Object(all);
    all["xyChart"]["backgroundColor"] = "transparent".into();
    all["xyChart"]["plotColorPalette"] = STRONG.map(mark).join(",").into();
    all
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
fn series(number: usize) -> [(String, Both); 13] {
    let fill = SERIES[number % SERIES.len()];
    let strong = STRONG[number % STRONG.len()];
    // Beyond the fills, a slice is in the colour of their lines: it may be beside the first.
    let slice = if number < SERIES.len() { fill } else { strong };
    [
        (format!("cScale{number}"), fill),
        (format!("fillType{number}"), fill),
        (format!("surface{number}"), fill),
        (format!("pie{}", number + 1), slice),
        (format!("cScalePeer{number}"), strong),
        (format!("cScaleInv{number}"), strong),
        (format!("git{number}"), strong),
        (format!("cScaleLabel{number}"), INK),
        (format!("surfacePeer{number}"), INK),
        (format!("gitBranchLabel{number}"), PAPER),
        // The outer square of a highlighted commit, which holds one of paper.
        (format!("gitInv{number}"), strong),
        (format!("actor{number}"), strong),
        (format!("venn{}", number + 1), strong),
    ]
}

/// The colours of the shapes of C4 diagrams, which are settings of their own.
pub(super) fn c4() -> Value {
    let mut all = Map::new();
    let mut set = |name: String, token: Both| {
        all.insert(name, Value::from(mark(token)));
    };
    for base in ["person", "system", "container", "component"] {
        for form in ["", "_db", "_queue"] {
            for (place, fill) in [("", RAISED), ("external_", SUNK)] {
                let shape = format!("{place}{base}{form}");
                set(format!("{shape}_bg_color"), fill);
                set(format!("{shape}_border_color"), INK_3);
                set(format!("{shape}_font_color"), INK);
            }
        }
    }
    set("boundary_border_color".to_owned(), INK_3);
    set("boundary_font_color".to_owned(), INK_2);
    set("relationship_text_color".to_owned(), INK_2);
    set("relationship_line_color".to_owned(), INK_2);
    Value::Object(all)
}

/// Tokens, each with the variables that take it.
type Roles = &'static [(Both, &'static [&'static str])];

/// Groups of variables, and the token that each of their colours is.
#[rustfmt::skip]
const NESTED: [(&str, Roles); 5] = [
    (
        "xyChart",
        &[
            (INK, &[
                "titleColor", "dataLabelColor", "legendTextColor", "xAxisTitleColor", "yAxisTitleColor",
            ]),
            (INK_2, &["xAxisLabelColor", "yAxisLabelColor"]),
            (INK_3, &["xAxisTickColor", "xAxisLineColor", "yAxisTickColor", "yAxisLineColor"]),
        ],
    ),
    (
        "cynefin",
        &[
            (INK, &["labelColor", "textColor"]),
            (INK_2, &["arrowColor", "boundaryColor"]),
            (ACCENT, &["cliffColor"]),
        ],
    ),
    (
        "radar",
        &[(INK_3, &["axisColor"]), (LINE, &["graticuleColor"])],
    ),
    (
        "wardley",
        &[
            (PAPER, &["backgroundColor"]),
            (RAISED, &["componentFill", "annotationFill"]),
            (INK, &[
                "axisTextColor", "componentLabelColor", "annotationTextColor", "anchorLabelColor",
            ]),
            (INK_2, &["axisColor", "componentStroke", "linkStroke", "annotationStroke"]),
            (LINE, &["gridColor"]),
            (LINE_2, &["stageDividerColor"]),
            (ACCENT, &["evolutionStroke"]),
        ],
    ),
    (
        "treeView",
        &[
            (INK, &["labelColor"]),
            (INK_2, &["descriptionColor", "iconColor"]),
            (INK_3, &["lineColor", "highlightStroke"]),
            (SUNK, &["highlightBg"]),
        ],
    ),
];

/// The renderer's variables that take each token; it derives most others from these.
#[rustfmt::skip]
const ROLES: Roles = &[
    (PAPER, &[
        "background", "edgeLabelBackground", "relationLabelBackground", "labelBackgroundColor",
        "sequenceNumberColor", "innerEndBackground", "altSectionBkgColor", "quadrant2Fill",
        "quadrant4Fill", "attributeBackgroundColorOdd", "rowOdd", "commitLabelBackground",
        "emSwimlaneBackground",
    ]),
    (SUNK, &[
        "secondaryColor", "tertiaryColor", "compositeTitleBackground",
        "attributeBackgroundColorEven", "rowEven", "sectionBkgColor2", "excludeBkgColor",
        "labelBoxBkgColor", "quadrant1Fill", "quadrant3Fill", "doneTaskBkgColor",
        "tagLabelBackground", "faceColor", "emSwimlaneBackgroundOdd",
    ]),
    (RAISED, &["primaryColor", "emUiFill"]),
    (INK, &[
        "primaryTextColor", "secondaryTextColor", "tertiaryTextColor", "stateLabelColor",
        "noteTextColor", "taskTextClickableColor",
    ]),
    (INK_2, &[
        "lineColor", "arrowheadColor", "signalColor", "commitLineColor", "archEdgeColor",
        "archEdgeArrowColor", "quadrantXAxisTextFill", "quadrantYAxisTextFill",
    ]),
    (INK_3, &[
        "primaryBorderColor", "secondaryBorderColor", "tertiaryBorderColor", "border1",
        "stateBorder", "activationBorderColor", "tagLabelBorder", "doneTaskBorderColor",
        "archGroupBorderColor", "pieOuterStrokeColor", "pieStrokeColor", "emUiStroke",
        "emSwimlaneBackgroundStroke", "emSwimlaneBorder",
    ]),
    (LINE, &["gridColor", "quadrantInternalBorderStrokeFill"]),
    (ACCENT, &["critBorderColor", "vertLineColor", "quadrantPointFill"]),
];
