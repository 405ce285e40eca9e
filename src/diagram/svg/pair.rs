//! The mapping of a picture's colours, and the merging of a value in two schemes.
//!
//! Not here: which colours a site has; the caller maps them.

use super::Styled;
use super::colour;
use super::tree::Node;
use super::typed::Value;
use crate::svg_names::{PAINTS, property};

impl Styled {
    /// Replaces each colour in paint attributes by what `map` returns, if it returns something.
    ///
    /// The paint attributes are `fill`, `stroke`, `stop-color`, `flood-color`, `lighting-color` and
    /// `color`; a colour is passed as it is written, `light-dark(…)` as a whole.
    pub fn recolour(&mut self, mut map: impl FnMut(&str) -> Option<String>) {
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            for (name, value) in &mut element.attributes {
                if PAINTS.contains(&name.as_ref())
                    && let Value::Text(value) = value
                    && let Some(new) = colour::mapped(value, &mut map)
                {
                    *value = new;
                }
            }
        }
    }

    /// Removes an attribute, such as `font-family` or `class`, from every element.
    pub fn without(&mut self, attribute: &str) {
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            element.remove(attribute);
        }
    }
}

/// Merges two values of an attribute, if they differ in colours only.
pub(super) fn paired_value(name: &str, light: &str, dark: &str) -> Option<String> {
    if light == dark {
        return Some(light.to_owned());
    }
    // Only style holds colours; an id that happens to be called `red` is not a colour.
    property(name)?;
    // `none` on one side only counts as a colour: a transparent one.
    let clear = |value: &str, other: &str| {
        let seen_through = PAINTS.contains(&name) && value == "none" && colour::is_colour(other);
        if seen_through { "transparent" } else { value }.to_owned()
    };
    colour::paired(&clear(light, dark), &clear(dark, light))
}
