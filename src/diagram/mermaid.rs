//! Draws Mermaid sources. Uses no font, no browser and no clock.
//!
//! The renderer runs twice, with the site's light and dark colours, and the results are merged into
//! one picture. The cost of a drawing is limited by counting what it contains, here and in the
//! renderer, so that a diagram succeeds or fails alike on every machine. Not here: cleaning what
//! the renderer wrote (`svg`), and killing a drawing that takes too long in spite of the counts
//! (`draw`).

use std::sync::OnceLock;
use std::time::Duration;

use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, SvgPipeline, SvgRenderOptions,
    TextMeasurementPolicy, TextMeasurementProfile, TextMeasurementProfileIdentity, TextStyle,
};
use merman::{
    Engine, MermaidConfig, OperationControl, ParseOptions, RenderError, RenderOutput,
    RenderRequest, Renderer, SvgEnvironment, SvgRequest,
};
use serde_json::json;

use super::drawing::{Cause, Drawing, Failure};
use super::svg::{self, Baked, Picture};
use super::theme::{self, Scheme};
use super::{hash, widths};

/// The layout's time grows with the square of the links.
const MOST_LINKS: usize = 2_500;
/// Nested subgraphs: the parser's time grows with the square of their number.
const MOST_FRAMES: usize = 1_000;
/// `a & b --> c & d` is a link for each pair.
const MOST_PAIRS: usize = 20_000;
/// In bytes. Breaking the lines of a longer word takes minutes.
const LONGEST_LINE: usize = 16 * 1024;
/// In bytes of the renderer's output, to limit the size of pages.
const LONGEST_PICTURE: usize = 1_500_000;
/// In lines of the source. HTML labels are placed well but slow; longer sources get plain ones.
const MOST_LINES: usize = 150;
/// Wall-clock limit for programs that draw without a worker: a worker's limit of processor seconds
/// is reached long before (`draw`), and does not depend on the load of the machine.
const DEADLINE: Duration = Duration::from_secs(50);
/// Labels are wrapped at this width, in pixels.
const LABEL_WIDTH: u32 = 240;
/// Font size of labels, in pixels.
const LABEL_SIZE: f64 = 16.0;
const FONTS: &str = "\"Noto Sans KR\", \"Apple SD Gothic Neo\", \"Malgun Gothic\", sans-serif";
/// Prevents a line break where it is inserted.
const JOINER: char = '\u{2060}';
/// Prefix of the renderer's ids; each page scopes them again.
const ID: &str = "d";
/// The renderer's ids of labels that it moved into `<defs>`.
const LABEL: &str = "-foreignobject-label-";
/// Class of a subgraph's title.
const TITLE: &str = "ds-title";
const ROOT: &str = "ds-root";
/// Attributes that only the renderer uses, or that the page sets.
const OWN: [&str; 5] = [
    "font-family",
    "aria-roledescription",
    "aria-labelledby",
    "aria-describedby",
    "pointer-events",
];

/// Draws a picture.
///
/// # Errors
///
/// What is wrong with the source, or which limit it exceeds.
pub(super) fn draw(source: &str) -> Result<Drawing, Failure> {
    count(source)?;
    let kept = hash::kept(source);
    let joined = joined(&kept);
    let (light, dark) = match pictures(&joined) {
        // Not every name of the language may contain a joiner or an entity.
        Err(_) if joined != kept && kept != source => {
            pictures(&kept).or_else(|_| pictures(source))?
        }
        Err(_) if joined != source => pictures(source)?,
        outcome => outcome?,
    };
    let (one, dark) = (light.bake(), dark.bake());
    // The two always merge; if they did not, the light one would still be a picture.
    let mut both = one.paired(&dark).unwrap_or(one);
    polish(&mut both);
    let mut drawing = Drawing::new(&light, &both);
    // What was removed from it came from the renderer, and is no loss.
    drawing.removed.clear();
    Ok(drawing)
}

/// Improves and shortens what the renderer wrote.
fn polish(picture: &mut Baked) {
    picture.flatten(|id| id.contains(LABEL));
    picture.keep_classes(&[TITLE, ROOT]);
    picture.mark_texts(TITLE);
    picture.start_rows();
    picture.lead_lines();
    for attribute in OWN {
        picture.without(attribute);
    }
    picture.simplify();
    picture.clear_titles();
    picture.raise(TITLE, ROOT);
    picture.without("class");
    picture.part_labels();
    picture.recolour(theme::constant);
    // Before the tokens have their names: colours are compared.
    picture.adapt(theme::ink(), theme::paper());
    picture.set_off(theme::paper());
    picture.recolour(token);
}

/// Enforces the limits that the renderer checks too late or not at all.
fn count(source: &str) -> Result<(), Failure> {
    let too_many = |what: &str, most: usize| {
        let message = format!("more than {most} {what}");
        Err(Failure::new(message).because(Cause::Large))
    };
    let long = source.lines().position(|line| line.len() > LONGEST_LINE);
    if let Some(line) = long {
        let message = format!("a line longer than {} KiB", LONGEST_LINE / 1024);
        return Err(Failure::new(message).because(Cause::Large).at(line + 1));
    }
    let links: usize = ["--", "==", "-."]
        .iter()
        .map(|link| source.matches(link).count())
        .sum();
    if links > MOST_LINKS {
        return too_many("links", MOST_LINKS);
    }
    let is_frame = |line: &&str| line.trim_start().starts_with("subgraph");
    if source.lines().filter(is_frame).count() > MOST_FRAMES {
        return too_many("subgraphs", MOST_FRAMES);
    }
    let pairs: usize = source.lines().map(pairs).sum();
    if pairs > MOST_PAIRS {
        return too_many("links between pairs", MOST_PAIRS);
    }
    Ok(())
}

/// An upper bound of the links that one statement with `&` makes.
fn pairs(line: &str) -> usize {
    let ends = line.matches('&').count() + 1;
    if ends > 2 {
        ends.saturating_mul(ends) / 4
    } else {
        0
    }
}

/// The source with its Korean words joined: the renderer breaks lines between syllables, but
/// readers expect breaks between words. A word longer than a line is left to be broken.
fn joined(source: &str) -> String {
    let is_syllable = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
    let mut joined = String::with_capacity(source.len() * 2);
    let mut rest = source;
    while let Some(start) = rest.find(is_syllable) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !is_syllable(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        joined.push_str(before);
        let fits = widths::width(word, LABEL_SIZE, false) <= f64::from(LABEL_WIDTH);
        for (at, c) in word.char_indices() {
            if at > 0 && fits {
                joined.push(JOINER);
            }
            joined.push(c);
        }
        rest = after;
    }
    joined.push_str(rest);
    joined
}

fn pictures(source: &str) -> Result<(Picture, Picture), Failure> {
    let light = picture(source, Scheme::Light)?;
    Ok((light, picture(source, Scheme::Dark)?))
}

fn picture(source: &str, scheme: Scheme) -> Result<Picture, Failure> {
    let written = if source.lines().count() > MOST_LINES {
        written(source, scheme, Labels::Plain)
    } else {
        // Converting labels to text fails for large pictures; they get plain labels.
        written(source, scheme, Labels::Html).or_else(|error| match error {
            RenderError::ResourceLimitExceeded(_) | RenderError::Svg(_) => {
                written(source, scheme, Labels::Plain)
            }
            error => Err(error),
        })
    };
    let written = written.map_err(|error| failure(source, &error))?;
    if written.len() > LONGEST_PICTURE {
        return Err(Failure::new("too large to draw").because(Cause::Large));
    }
    // Classes that the style does not use stay.
    let written = written
        .replace(JOINER, "")
        .replace(
            "class=\"cluster-label",
            &format!("class=\"{TITLE} cluster-label"),
        )
        .replace("class=\"root\"", &format!("class=\"{ROOT} root\""));
    svg::read(&written).map_err(|why| Failure::new(why.to_string()))
}

/// How the renderer lays out labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Labels {
    /// As HTML, converted to text afterwards: placed well.
    Html,
    /// As SVG text from the start.
    Plain,
}

fn written(source: &str, scheme: Scheme, labels: Labels) -> Result<String, RenderError> {
    let request = SvgRequest {
        environment: environment(),
        pipeline: (labels == Labels::Html).then(SvgPipeline::resvg_safe),
        options: SvgRenderOptions {
            diagram_id: Some(ID.to_owned()),
            ..SvgRenderOptions::default()
        },
        ..SvgRequest::default()
    };
    let control = OperationControl::new().with_deadline(DEADLINE);
    let renderer = renderer(scheme, labels);
    match renderer.render(RenderRequest::svg(source, control, request))? {
        RenderOutput::Svg(Some(output)) => Ok(output.svg().to_owned()),
        _ => Err(RenderError::NoDiagram),
    }
}

/// Setting one up takes as long as drawing a small diagram, so each is kept.
fn renderer(scheme: Scheme, labels: Labels) -> &'static Renderer {
    type Kept = OnceLock<Renderer>;
    static RENDERERS: [[Kept; 2]; 2] = [const { [const { Kept::new() }; 2] }; 2];
    RENDERERS[scheme as usize][labels as usize].get_or_init(|| {
        let config = MermaidConfig::from_value(config(scheme, labels));
        Renderer::new()
            .with_engine(Engine::new().with_site_config(config))
            .with_parse_options(ParseOptions::strict())
    })
}

/// Widths come from the table, so the result does not depend on the machine's fonts.
fn environment() -> SvgEnvironment {
    let environment = SvgEnvironment::deterministic();
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

fn config(scheme: Scheme, labels: Labels) -> serde_json::Value {
    let html = labels == Labels::Html;
    let mut variables = theme::variables(scheme);
    variables["fontFamily"] = FONTS.into();
    json!({
        "theme": "base",
        "look": "classic",
        "fontFamily": FONTS,
        "htmlLabels": html,
        "themeVariables": variables,
        "flowchart": {
            "htmlLabels": html, "wrappingWidth": LABEL_WIDTH, "minNodeWidth": 48, "nodeSpacing": 36, "rankSpacing": 44,
            "subGraphTitleMargin": { "top": 4, "bottom": 8 }
        },
        "class": { "htmlLabels": html },
        "state": { "htmlLabels": html },
        "er": { "htmlLabels": html },
    })
}

/// For example, `light-dark(#fcfcfb, #14171a)` is a token of the site's style.
fn token(colour: &str) -> Option<String> {
    let pair = colour.strip_prefix("light-dark(")?.strip_suffix(')')?;
    let (light, dark) = pair.split_once(',')?;
    let token = theme::token(light.trim(), dark.trim())?;
    Some(format!("var({token})"))
}

/// The renderer's reason in terms of the source.
fn failure(source: &str, error: &RenderError) -> Failure {
    match error {
        RenderError::NoDiagram => Failure::new("this is not the start of a Mermaid diagram"),
        RenderError::Cancelled(_) => Failure {
            passing: true,
            ..Failure::new("the drawing takes too long").because(Cause::Costly)
        },
        RenderError::ResourceLimitExceeded(limit) => {
            let words = limit.id.to_string();
            let words = words.trim_start_matches("max_").replace('_', " ");
            Failure::new(format!("too large to draw ({words})")).because(Cause::Large)
        }
        RenderError::Parse(problem) => {
            let message = plain(&problem.terminal_safe_message());
            let span = problem.terminal_diagnostic_details().span;
            let failure = Failure::new(message);
            match span.and_then(|span| source.get(..span.start.min(source.len()))) {
                Some(before) => failure.at(before.matches('\n').count() + 1),
                None => failure,
            }
        }
        other => Failure::new(plain(&other.to_string())),
    }
}

/// On one line, short, without details that only the renderer's developers need.
fn plain(message: &str) -> String {
    let message = message.split("; enable the `").next().unwrap_or(message);
    let message = match message.strip_prefix("Diagram parse error (") {
        Some(rest) => rest.split_once("): ").map_or(rest, |(_, rest)| rest),
        None => message,
    };
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(160).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagram_becomes_a_picture_of_both_schemes() {
        let drawing = draw("flowchart LR\n  a[리스너] --> b\n").expect("a picture");
        assert!(drawing.width > 50.0 && drawing.height > 20.0);
        let svg = drawing.placed("1", "이름");
        assert!(svg.contains("리스너"), "{svg}");
        assert!(svg.contains("var(--raised)"), "{svg}");
        assert!(!svg.contains("<style") && !svg.contains(" style="), "{svg}");
    }

    #[test]
    fn words_are_joined_unless_no_line_holds_them() {
        let long = "가".repeat(16);
        for (source, expected) in [
            ("a 리스너, 한글", "a 리\u{2060}스\u{2060}너, 한\u{2060}글"),
            ("가", "가"),
            ("", ""),
            (long.as_str(), long.as_str()),
        ] {
            assert_eq!(joined(source), expected);
        }
        assert!(joined(&"가".repeat(15)).contains(JOINER));
    }

    #[test]
    fn a_long_word_is_broken_and_keeps_its_letters() {
        let word = "아주긴한국어라벨이띄어쓰기없이계속이어지는경우에도넘치지않아야합니다";
        for source in [
            format!("flowchart LR\n a[\"{word}\"]\n"),
            format!("flowchart TD\n a -->|{word}| b\n"),
        ] {
            let drawing = draw(&source).expect("a picture");
            assert!(drawing.width < 400.0, "{source}: {}", drawing.width);
            let svg = drawing.placed("1", "이름");
            let lines: Vec<&str> = svg
                .split(['<', '>'])
                .filter(|part| part.starts_with(|c| word.contains(c)) && word.contains(part))
                .collect();
            assert!(lines.len() > 1 && lines.concat() == word, "{lines:?}");
        }
    }

    #[test]
    fn a_hash_ends_no_text() {
        for source in [
            "sequenceDiagram\n A#1->>B: 요청 #1 처리\n",
            "sequenceDiagram\n Note over A: 요청 #1 처리\n",
            "sequenceDiagram\n box 요청 #1 처리\n participant A\n end\n rect #fff\n A->>A: x\n end\n",
            "journey\n section 요청 #1 처리\n x: 5: C#\n",
            "timeline\n title x\n y : 요청 #1 처리\n",
            "requirementDiagram\n requirement r {\n id: 1\n text: 요청 #1 처리\n }\n",
            "stateDiagram-v2\n a : 요청 #1 처리\n",
            "flowchart LR\n a[요청 #1 처리]\n",
        ] {
            let drawing = draw(source).expect("a picture");
            let svg = drawing.placed("1", "이름");
            let words = svg.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains("요청 #1 처리"), "{source}: {svg}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        for (source, line) in [
            ("flowchart LR\n  A[listener --> B\n", Some(2)),
            ("sequenceDiagram\n A->>B: x\n ???\n", Some(3)),
            ("not a diagram\n", None),
        ] {
            let failure = draw(source).expect_err("nothing to draw");
            assert_eq!(failure.line, line, "{source}: {failure}");
            assert!(!failure.message.contains('\n'));
        }
    }

    #[test]
    fn what_would_take_too_long_is_rejected_immediately() {
        let chain = "a-->b\n".repeat(3_000);
        let ends = vec!["a"; 500].join(" & ");
        for source in [
            format!("flowchart TD\n{chain}"),
            format!("flowchart TD\n{ends} --> {ends}\n"),
            format!("flowchart TD\n{}", "subgraph s\n".repeat(2_000)),
            format!("flowchart TD\na[\"{}\"]", "x".repeat(20_000)),
        ] {
            let failure = draw(&source).expect_err("too large");
            assert!(!failure.passing, "{failure}");
        }
    }
}
