//! The HTML of a diagram's figure: the picture, its caption, and its source as the alternative; or
//! only the source, with what was wrong.
//!
//! Not here: drawing, cleaning hand-drawn pictures (`crate::diagram` has done both), and box
//! drawings (`grid`).

use super::diagram_words::LETTER_LANGUAGES;
use super::escape::{attribute, text};
use super::grid;
use super::labels::Labels;
use super::outline::Diagram;

/// The content of a diagram's slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiagramHtml {
    Drawn {
        /// An inline `<svg>`, cleaned, with unique ids and a name.
        svg: String,
        /// A hash of it, by which an edited or replaced picture is recognised.
        print: String,
        /// Wider than the column of the text.
        wide: bool,
        /// In pixels: the width below which it scrolls instead of getting smaller.
        least_width: u32,
        caption: Option<String>,
        name: String,
        by_hand: bool,
        /// The source changed after it was drawn.
        outdated: bool,
    },
    /// No picture; why, in one line, if the reader should know.
    Undrawn(Option<String>),
}

pub fn figure(diagram: &Diagram, shown: &DiagramHtml, labels: &Labels) -> String {
    match shown {
        DiagramHtml::Drawn {
            svg,
            print,
            wide,
            least_width,
            caption,
            name,
            by_hand,
            outdated,
        } => {
            let drawn = if *by_hand { "hand" } else { "build" };
            let summary = if *outdated {
                labels.newer_source
            } else {
                labels.diagram_source
            };
            let caption = caption
                .as_ref()
                .map(|caption| format!("<figcaption>{}</figcaption>", text(caption)));
            // Nothing is drawn on it: it keeps its box from getting narrower than that.
            let strut = format!("<canvas width=\"{least_width}\" height=\"0\"></canvas>");
            // A caption is the first or last element of its figure; the style puts it under the picture.
            format!(
                "{}{}<div class=\"view\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">{}{strut}</div>{}</figure>\n",
                open(
                    diagram,
                    if *wide { "dia wide" } else { "dia" },
                    &format!(" data-drawn=\"{drawn}\" data-print=\"{print}\"")
                ),
                caption.unwrap_or_default(),
                attribute(name),
                svg,
                source(diagram, summary),
            )
        }
        DiagramHtml::Undrawn(why) => undrawn(diagram, why.as_deref(), labels),
    }
}

/// A diagram's source, folded. A slot with only a picture has none.
fn source(diagram: &Diagram, summary: &str) -> String {
    if diagram.source.trim().is_empty() {
        return String::new();
    }
    format!(
        "<details class=\"source\"><summary>{}</summary><pre tabindex=\"0\"><code>{}\
         </code></pre></details>",
        text(summary),
        text(&diagram.source),
    )
}

fn undrawn(diagram: &Diagram, why: Option<&str>, labels: &Labels) -> String {
    let is_letters = LETTER_LANGUAGES.contains(&diagram.language.as_str());
    let source = if is_letters {
        grid::cells(&diagram.source)
    } else {
        text(&diagram.source)
    };
    let class = if is_letters {
        "dia letters"
    } else {
        "dia undrawn"
    };
    let grid = if is_letters { " class=\"grid\"" } else { "" };
    let note = (!is_letters).then(|| text(labels.undrawn));
    let caption = match (&diagram.caption, note) {
        (Some(caption), Some(note)) => format!("{} <small>{note}</small>", text(caption)),
        (Some(caption), None) => text(caption),
        (None, note) => note.unwrap_or_default(),
    };
    let place = format!("{} {}", labels.slot, diagram.slot);
    let why = why.map(|why| format!("<p class=\"why\">{} · {}</p>", text(&place), text(why)));
    let caption = match (caption.as_str(), &why) {
        ("", None) => String::new(),
        (caption, why) => format!(
            "<figcaption>{caption}{}</figcaption>",
            why.as_deref().unwrap_or_default()
        ),
    };
    let source = match diagram.source.trim() {
        "" => String::new(),
        _ => format!("<pre{grid} tabindex=\"0\"><code>{source}</code></pre>"),
    };
    format!("{}{source}{caption}</figure>\n", open(diagram, class, ""))
}

fn open(diagram: &Diagram, class: &str, more: &str) -> String {
    let slot = attribute(&diagram.slot);
    format!(
        "<figure class=\"{class}\" id=\"ds.dia.{slot}\" data-slot=\"{slot}\" data-language=\"{}\"{more}>",
        attribute(&diagram.language),
    )
}
