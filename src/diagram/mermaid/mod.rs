//! Draws Mermaid sources. Uses no font, no browser and no clock.
//!
//! The renderer runs once, with a mark for each of the site's colours, which becomes a light and a
//! dark one afterwards (`marks`). Not here: cleaning what the renderer wrote (`svg`).

mod budget;
mod failure;
mod hash;
mod marks;
mod palette;
mod renderer;
mod theme;
mod widths;

#[cfg(test)]
mod tests;

use merman::RenderError;

use super::drawing::{Cause, Drawing, Failure};
use super::svg::{self, Baked, Picture};
use failure::failure;
use renderer::{LABEL_WIDTH, Labels, written};

/// In bytes of the renderer's output, to limit the size of pages.
const LONGEST_PICTURE: usize = 1_500_000;
/// In lines of the source. HTML labels are placed well but slow; longer sources get plain ones.
const MOST_LINES: usize = 150;
/// Font size of labels, in pixels.
const LABEL_SIZE: f64 = 16.0;
/// Prevents a line break where it is inserted.
const JOINER: char = '\u{2060}';
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
    budget::count(source)?;
    let kept = hash::kept(source);
    let joined = joined(&kept);
    let picture = match picture(&joined) {
        // Not every name of the language may contain a joiner or an entity.
        Err(_) if joined != kept && kept != source => {
            picture(&kept).or_else(|_| picture(source))?
        }
        Err(_) if joined != source => picture(source)?,
        outcome => outcome?,
    };
    let mut baked = picture.bake();
    baked.recolour(marks::pair);
    polish(&mut baked);
    let mut drawing = Drawing::new(&picture, &baked);
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
    picture.recolour(palette::constant);
    // Before the tokens have their names: colours are compared.
    picture.adapt(palette::ink(), palette::paper());
    picture.set_off(palette::paper());
    picture.recolour(token);
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

fn picture(source: &str) -> Result<Picture, Failure> {
    let written = if source.lines().count() > MOST_LINES {
        written(source, Labels::Plain)
    } else {
        // Converting labels to text fails for large pictures; they get plain labels.
        written(source, Labels::Html).or_else(|error| match error {
            RenderError::ResourceLimitExceeded(_) | RenderError::Svg(_) => {
                written(source, Labels::Plain)
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

/// For example, `light-dark(#fcfcfb, #14171a)` is a token of the site's style.
fn token(colour: &str) -> Option<String> {
    let pair = colour.strip_prefix("light-dark(")?.strip_suffix(')')?;
    let (light, dark) = pair.split_once(',')?;
    let token = palette::token(light.trim(), dark.trim())?;
    Some(format!("var({token})"))
}
