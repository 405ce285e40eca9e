//! Draws Mermaid sources. Uses no font, no browser and no clock.
//!
//! The renderer runs once, with a mark for each of the site's colours, which becomes a light and a
//! dark one afterwards (`marks`). Not here: cleaning what the renderer wrote (`svg`).

mod budget;
mod failure;
mod hash;
mod labels;
mod marks;
mod palette;
mod renderer;
mod rich;
mod source;
mod theme;
mod widths;

#[cfg(test)]
mod tests;

use super::drawing::{Cause, Drawing, Failure};
use super::svg::{self, Baked, Picture};
use failure::failure;
use renderer::written;
use source::JOINER;

/// In bytes of the renderer's output, to limit the size of pages.
const LONGEST_PICTURE: usize = 1_500_000;
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
    let kept = source::lined(&kept);
    let joined = source::joined(&kept);
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
    picture.keep_classes(&[TITLE, ROOT]);
    picture.mark_texts(TITLE);
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

fn picture(source: &str) -> Result<Picture, Failure> {
    let written = written(source).map_err(|error| failure(source, &error))?;
    let written = labels::placed(&written);
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
