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

use super::theme;
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
/// Prefix of the renderer's ids; each page scopes them again.
const ID: &str = "d";

/// The picture as the renderer writes it, with a room of [`ROOMS`] between its parts.
pub(super) fn written(source: &str, room: usize) -> Result<String, RenderError> {
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
    match renderer(room).render(RenderRequest::svg(source, control, request))? {
        RenderOutput::Svg(Some(output)) => Ok(output.svg().replace(UNREAD, "&lt;")),
        _ => Err(RenderError::NoDiagram),
    }
}

/// Setting one up takes as long as drawing a small diagram, so it is kept.
fn renderer(room: usize) -> &'static Renderer {
    static RENDERERS: [OnceLock<Renderer>; ROOMS] = [const { OnceLock::new() }; ROOMS];
    RENDERERS[room].get_or_init(|| {
        let config = MermaidConfig::from_value(config(room));
        Renderer::new()
            .with_engine(Engine::new().with_site_config(config))
            .with_parse_options(ParseOptions::strict())
    })
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
    widths::width(text, style.font_size.max(1.0), bold)
}

fn config(room: usize) -> serde_json::Value {
    let room = 1 << room;
    let mut c4 = theme::c4();
    c4["c4ShapeMargin"] = (50 * room).into();
    let mut variables = theme::variables();
    variables["fontFamily"] = FONTS.into();
    json!({
        "theme": "base",
        "look": "classic",
        "fontFamily": FONTS,
        // For each label the renderer makes sets of what may be in it.
        "dompurifyConfig": { "ALLOWED_TAGS": ELEMENTS, "ALLOWED_ATTR": ["class", "style"] },
        "htmlLabels": true,
        "themeVariables": variables,
        "flowchart": {
            "htmlLabels": true, "wrappingWidth": LABEL_WIDTH, "minNodeWidth": 48, "nodeSpacing": 36, "rankSpacing": 44,
            "subGraphTitleMargin": { "top": 4, "bottom": 8 }
        },
        "class": { "htmlLabels": true },
        "state": { "htmlLabels": true },
        "er": { "htmlLabels": true },
        "architecture": { "nodeSeparation": 75 * room },
        "block": { "padding": 16 * room },
        "kanban": { "sectionWidth": 200 * room },
        "sankey": { "nodePadding": 18 },
        "c4": c4,
        "wardley-beta": { "width": 720, "height": 520, "axisFontSize": 14, "labelFontSize": 12 },
    })
}
