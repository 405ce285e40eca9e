//! The renderer, set up for the site: its theme, its widths of text, its options.
//!
//! Not here: what is done with the picture that it writes.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use merman::svg::{
    DeterministicTextMeasurer, MathRenderer, MeasurementProfileId, SvgRenderOptions,
    TextMeasurementPolicy, TextMeasurementProfile, TextMeasurementProfileIdentity, TextStyle,
};
use merman::{
    Engine, MermaidConfig, OperationControl, ParseOptions, RenderError, RenderOutput,
    RenderRequest, Renderer, SvgEnvironment, SvgRequest,
};
use serde_json::json;

use super::rich;
use super::style::has_class;
use super::theme;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::read::LABEL;
use crate::diagram::svg::tree::{Node, at};
use crate::diagram::widths;

/// Wall-clock limit for programs that draw without a worker: a worker's limit of processor seconds
/// is reached long before (`draw`), and does not depend on the load of the machine.
const DEADLINE: Duration = Duration::from_secs(50);
const FONTS: &str = "\"Noto Sans KR\", \"Apple SD Gothic Neo\", \"Malgun Gothic\", sans-serif";
/// Labels are wrapped at this width, in pixels.
pub(super) const LABEL_WIDTH: u32 = 240;
/// The elements of labels that mean something here (`rich`).
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "i", "ins", "li", "ol", "p", "pre", "s", "small", "span", "strike", "strong", "sub", "sup",
    "table", "td", "th", "thead", "tr", "u", "ul",
];
/// What the renderer makes of `#lt;` while it reads a source, and leaves in labels of class diagrams.
const UNREAD: &str = "ﬂ°lt¶ß";
/// Pictures whose words have no room are drawn again, each time with twice the space.
pub(super) const ROOMS: usize = 3;
/// The renderer's class of a subgraph's title.
pub(super) const TITLE: &str = "cluster-label";
/// Its class of what is at the lower end of a participant's line.
pub(super) const FOOT: &str = "actor-bottom";
/// The height of a title of one line, in pixels.
const LINE: f64 = 24.0;
/// Settings that a source cannot have: the renderer's own choice, and the theme.
#[rustfmt::skip]
const SECURE: &[&str] = &[
    "secure", "securityLevel", "startOnLoad", "maxTextSize", "suppressErrorRendering", "maxEdges",
    "themeCSS", "theme",
];
/// Prefix of the renderer's ids; each page scopes them again.
const ID: &str = "d";

/// The picture as the renderer writes it, with a room of [`ROOMS`] between its parts, and more above
/// frames with titles of several lines.
pub(super) fn written(source: &str, room: usize, more: f64) -> Result<String, RenderError> {
    static RENDERERS: [OnceLock<Renderer>; ROOMS] = [const { OnceLock::new() }; ROOMS];
    if more <= 0.0 {
        // Setting one up takes as long as drawing a small diagram, so it is kept.
        let usual = RENDERERS[room].get_or_init(|| renderer(room, [0.0; 2]));
        return rendered(usual, source);
    }
    // What is beside a frame there is above it.
    let is_sideways = |line: &str| {
        let way = line.split_whitespace().nth(1);
        way.is_some_and(|way| way.starts_with("LR") || way.starts_with("RL"))
    };
    let more = more * f64::from(1_u8 << room);
    let beside = if source.lines().any(is_sideways) {
        more
    } else {
        0.0
    };
    rendered(&renderer(room, [more, beside]), source)
}

/// How much higher than one line the highest title of a subgraph is: the renderer leaves room for one.
pub(super) fn above_one_line(nodes: &[Node]) -> f64 {
    let family = Family::of(nodes);
    let is_title = |index: usize| {
        let mut above = family.above(index).filter_map(|up| at(nodes, up));
        above.any(|group| has_class(group, TITLE))
    };
    let heights = nodes.iter().enumerate().filter_map(|(index, node)| {
        let label = node.element().filter(|element| element.name == LABEL)?;
        let height = label.get("height")?.parse::<f64>().ok()?;
        is_title(index).then_some(height)
    });
    heights.fold(LINE, f64::max) - LINE
}

fn rendered(renderer: &Renderer, source: &str) -> Result<String, RenderError> {
    let request = SvgRequest {
        environment: environment(),
        pipeline: None,
        options: SvgRenderOptions {
            diagram_id: Some(ID.to_owned()),
            ..SvgRenderOptions::default()
        },
        ..SvgRequest::default()
    };
    let control = OperationControl::new().with_deadline(DEADLINE);
    match renderer.render(RenderRequest::svg(source, control, request))? {
        RenderOutput::Svg(Some(output)) => {
            let svg = output.svg().replace(UNREAD, "&lt;");
            let parts = svg.split_inclusive("</foreignObject>").map(|part| {
                let (before, label) =
                    part.split_at(part.find("<foreignObject").unwrap_or(part.len()));
                before.to_owned() + &rich::literal(label, "&lt;")
            });
            Ok(parts.collect())
        }
        _ => Err(RenderError::NoDiagram),
    }
}

fn renderer(room: usize, head: [f64; 2]) -> Renderer {
    let config = MermaidConfig::from_value(config(room, head));
    Renderer::new()
        .with_engine(Engine::new().with_site_config(config))
        .with_parse_options(ParseOptions::strict())
}

/// Shows formulas as they are written: no font of the machine decides what they look like.
#[derive(Debug)]
struct Formulas;

impl MathRenderer for Formulas {
    fn render_html_label(&self, text: &str, _: &MermaidConfig) -> Option<String> {
        Some(text.replace("$$", ""))
    }
}

/// Widths come from the table, so the result does not depend on the machine's fonts.
fn environment() -> SvgEnvironment {
    let environment = SvgEnvironment::deterministic().with_math_renderer(Arc::new(Formulas));
    let identity = MeasurementProfileId::new("docsite.table")
        .and_then(|id| TextMeasurementProfileIdentity::new(id, "1"));
    let Ok(identity) = identity else {
        return environment;
    };
    let measurer = DeterministicTextMeasurer::default().with_width_callback(measured);
    environment.with_text_measurement_policy(TextMeasurementPolicy::uniform(
        TextMeasurementProfile::new(identity, measurer),
    ))
}

fn measured(text: &str, style: &TextStyle) -> f64 {
    let is_bold = |weight: &str| {
        matches!(weight, "bold" | "bolder") || weight.parse::<u32>().is_ok_and(|w| w >= 600)
    };
    let bold = style.font_weight.as_deref().is_some_and(is_bold);
    let lines = text.split('\n');
    let widths = lines.map(|line| widths::width(line, style.font_size.max(1.0), bold));
    widths.fold(0.0, f64::max)
}

fn config(room: usize, [head, beside]: [f64; 2]) -> serde_json::Value {
    let mindmap = if room == 0 {
        json!({})
    } else {
        json!({ "layout": "tidy-tree" })
    };
    let room = 1 << room;
    let mut c4 = theme::c4();
    c4["c4ShapeMargin"] = (50 * room).into();
    let mut variables = theme::variables();
    variables["fontFamily"] = FONTS.into();
    json!({
        "theme": "base",
        // With another theme, the renderer would derive other colours.
        "secure": SECURE,
        "look": "classic",
        "fontFamily": FONTS,
        // What a picture may hold is decided where it is read. With another level, the renderer looks at
        // each label twice. For each look it makes sets of what may be in it.
        "securityLevel": "loose",
        "dompurifyConfig": { "ALLOWED_TAGS": ELEMENTS, "ALLOWED_ATTR": ["class", "style"] },
        "htmlLabels": true,
        "themeVariables": variables,
        "flowchart": {
            "htmlLabels": true, "wrappingWidth": LABEL_WIDTH, "minNodeWidth": 48, "nodeSpacing": 36.0 + beside, "rankSpacing": 44.0 + head,
            "subGraphTitleMargin": { "top": 4, "bottom": 8.0 + head }
        },
        "class": { "htmlLabels": true },
        "state": { "htmlLabels": true },
        "er": { "htmlLabels": true },
        "architecture": { "nodeSeparation": 75 * room },
        "block": { "padding": 16 * room },
        "kanban": { "sectionWidth": 200 * room },
        "mindmap": mindmap,
        "sankey": { "nodePadding": 18 },
        "c4": c4,
        "wardley-beta": { "width": 720, "height": 520, "axisFontSize": 14, "labelFontSize": 12 },
    })
}
