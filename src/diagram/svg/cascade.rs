//! The cascade: which declaration wins for each property of each element, in the light and in the
//! dark scheme, and both as attributes.
//!
//! Not here: layers, `revert`, and the page's own style sheets, which are unknown here.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use scraper::{ElementRef, Html};

use super::declaration::Declaration;
use super::matching::matches;
use super::media::Scheme;
use super::parts::{self, Style};
use super::property::{has_var, initial_colour, is_wide, is_word};
use super::selector;
use super::sheet::Rule;
use super::shorthand;
use super::tree::{Element, Node, What};
use super::typed::Value;
use super::variables::{Scope, extended, substituted};
use crate::svg_names::{Property, property};

/// How often selectors are matched against elements; further rules do not apply.
const MOST_TRIES: usize = 20_000_000;

/// The picture's style sheets.
pub(super) struct Sheets<'n> {
    rules: Vec<&'n Rule>,
    /// The classes that occur in a selector.
    pub(super) classes: HashSet<String>,
    /// Whether a rule may hold in one scheme only.
    schemes: bool,
    /// How many more matches may be tried.
    tries: Cell<usize>,
}

impl<'n> Sheets<'n> {
    pub(super) fn of(nodes: &'n [Node]) -> Self {
        let sheets = nodes.iter().filter_map(|node| match &node.what {
            What::Rules(rules) => Some(rules),
            _ => None,
        });
        let rules: Vec<&Rule> = sheets.flatten().collect();
        let selectors = rules.iter().flat_map(|rule| &rule.selectors);
        Self {
            classes: selector::classes(selectors.map(|(one, _)| one)),
            schemes: rules.iter().any(|rule| rule.scheme.is_some()),
            tries: Cell::new(MOST_TRIES),
            rules,
        }
    }

    /// The declarations of a scheme for an element, from the weakest to the strongest.
    fn placed<'a>(
        &'a self,
        element: ElementRef,
        scheme: Scheme,
        own: &'a [Declaration],
    ) -> Vec<&'a Declaration> {
        let mut placed = Vec::new();
        for (at, rule) in self.rules.iter().enumerate() {
            if rule.scheme.is_some_and(|only| only != scheme) {
                continue;
            }
            let selectors = rule.selectors.iter().take_while(|_| self.may_try());
            let matching = selectors.filter(|(one, _)| matches(one, element));
            if let Some(specificity) = matching.map(|(one, _)| one.specificity()).max() {
                let all = rule.declarations.iter();
                placed.extend(all.map(|one| (one, false, specificity, at)));
            }
        }
        placed.extend(own.iter().map(|one| (one, true, 0, 0)));
        // The sort is stable: within one rule the declarations keep their order.
        placed.sort_by_key(|(one, is_own, specificity, at)| {
            (one.important, *is_own, *specificity, *at)
        });
        placed.into_iter().map(|(one, ..)| one).collect()
    }

    fn may_try(&self) -> bool {
        let left = self.tries.get();
        self.tries.set(left.saturating_sub(1));
        left > 0
    }
}

/// The computed style of an element; `None` for a property that gets no attribute.
type Computed = BTreeMap<&'static str, Option<Value>>;

/// Inherited colours by property.
type Colours = Rc<BTreeMap<&'static str, Style>>;

/// The style that an element's children inherit, in one scheme.
#[derive(Clone, Default)]
struct Held {
    scope: Scope,
    colours: Colours,
}

/// Moves every element's style into its attributes, and removes the `style` attributes.
pub(super) fn resolve(nodes: &mut [Node], sheets: &Sheets, document: &Html) {
    let mut held: Vec<[Held; 2]> = vec![<[Held; 2]>::default()];
    let elements = nodes.iter_mut().filter_map(|node| {
        let depth = node.depth;
        Some((depth, node.element_mut()?))
    });
    for ((depth, element), same) in elements.zip(document.root_element().descendent_elements()) {
        held.truncate(depth + 1);
        let Some(above) = held.last() else {
            return;
        };
        let below = resolve_one(element, same, sheets, above);
        held.push(below);
    }
}

fn resolve_one(
    element: &mut Element,
    same: ElementRef,
    sheets: &Sheets,
    above: &[Held; 2],
) -> [Held; 2] {
    let own = match element.remove("style") {
        Some(Value::Declarations(own)) => own,
        _ => Vec::new(),
    };
    let in_scheme = |scheme, above| {
        let placed = sheets.placed(same, scheme, &own);
        styled(element, &placed, above)
    };
    let (light, below) = in_scheme(Scheme::Light, &above[0]);
    if !sheets.schemes {
        apply(element, light);
        return [below.clone(), below];
    }
    let (dark, dark_below) = in_scheme(Scheme::Dark, &above[1]);
    let both = merged(light, &dark, above);
    apply(element, both);
    [below, dark_below]
}

/// An element's style in one scheme, and what its children inherit.
fn styled(element: &Element, placed: &[&Declaration], above: &Held) -> (Computed, Held) {
    let custom = placed.iter().filter(|one| one.name.starts_with("--"));
    let custom = custom.map(|one| (one.name.clone(), one.value.to_vec()));
    let scope = extended(&above.scope, custom.collect());
    let mut style = Computed::new();
    // The strongest first: what a stronger one sets stays.
    for declaration in placed.iter().rev() {
        declare(&mut style, element.name, declaration, &scope);
    }
    for (name, value) in &element.attributes {
        if let (Some(property), Value::Style(value)) = (property(name), value) {
            let value = || computed(property, value, &scope);
            style.entry(property.name).or_insert_with(value);
        }
    }
    let colours = colours(&above.colours, &style);
    (style, Held { scope, colours })
}

fn declare(style: &mut Computed, element: &str, declaration: &Declaration, scope: &Scope) {
    let (name, value) = (declaration.name.as_str(), &declaration.value);
    if name.starts_with("--") {
        return;
    }
    if let Some(property) = property(name) {
        let value = || computed(property, value, scope);
        style.entry(property.name).or_insert_with(value);
        return;
    }
    let Some(value) = substituted(value, scope) else {
        return;
    };
    for (name, value) in shorthand::attributes(name, &value, element) {
        let value = match (property(name), value) {
            (Some(property), Value::Style(value)) if property.accepts(&value) => {
                computed(property, &value, scope)
            }
            (Some(_), _) => continue,
            (None, value) => Some(value),
        };
        style.entry(name).or_insert(value);
    }
}

/// The value with custom properties substituted; `None` if the property gets its inherited or
/// initial value.
fn computed(property: &Property, value: &Style, scope: &Scope) -> Option<Value> {
    let value = if has_var(value) {
        let value = substituted(value, scope)?;
        property.accepts(&value).then(|| value.into())?
    } else {
        Style::clone(value)
    };
    let inherits = is_word(&value, "inherit");
    let unsets = is_wide(&value) && !inherits && !is_word(&value, "initial");
    (!(unsets || inherits && property.inherited)).then_some(Value::Style(value))
}

/// The inherited colours below an element.
fn colours(above: &Colours, style: &Computed) -> Colours {
    let own: Vec<(&'static str, Style)> = ["fill", "stroke", "color"]
        .into_iter()
        .filter_map(|name| Some((name, style.get(name)?.as_ref()?.style()?.clone())))
        .collect();
    if own.is_empty() {
        return Rc::clone(above);
    }
    let mut all = (**above).clone();
    all.extend(own);
    Rc::new(all)
}

/// Merges both schemes' styles: colours that differ become `light-dark()`; for other differences
/// the light value wins.
fn merged(light: Computed, dark: &Computed, above: &[Held; 2]) -> Computed {
    let names: HashSet<&'static str> = light.keys().chain(dark.keys()).copied().collect();
    let mut both = light;
    for name in names {
        let (a, b) = (
            both.get(name).cloned().flatten(),
            dark.get(name).cloned().flatten(),
        );
        if a == b {
            continue;
        }
        let given = |own: Option<Value>, held: &Held| match own {
            Some(own) => own.style().cloned(),
            None => (held.colours.get(name).cloned()).or_else(|| initial_colour(name)),
        };
        let (a, b) = (given(a, &above[0]), given(b, &above[1]));
        if let (Some(a), Some(b)) = (a, b)
            && let Some(value) = parts::paired(&a, &b)
        {
            both.insert(name, Some(Value::Style(value.into())));
        }
    }
    both
}

fn apply(element: &mut Element, style: Computed) {
    for (name, value) in style {
        match value {
            Some(value) => element.set(name, value),
            None => {
                element.remove(name);
            }
        }
    }
}
