//! The cascade: which declaration wins for each property of each element, in the light and in the
//! dark scheme, and both as attributes.
//!
//! Not here: layers, `revert`, and the page's own style sheets, which are unknown here.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use selectors::parser::Selector;

use super::grammar::Grammar;
use super::matching::Tree;
use super::notes::Notes;
use super::pair::paired_value;
use super::property::{initial_colour, is_wide};
use super::selector::{self, Key, Scheme};
use super::sheet::{self, Declaration};
use super::shorthand;
use super::tree::{Element, Node, What};
use super::variables::{Scope, extended, substituted};
use crate::svg_names::{Property, property};

/// How often selectors are matched against elements; further rules do not apply.
const MOST_TRIES: usize = 10_000_000;

/// A selector with its rule.
struct Bound {
    selector: Selector<Grammar>,
    specificity: u32,
    scheme: Option<Scheme>,
    /// The index of the rule: its position in the cascade, and its declarations.
    rule: usize,
}

/// The picture's style sheets, indexed for matching.
pub(super) struct Sheets {
    declarations: Vec<Vec<Declaration>>,
    bound: Vec<Bound>,
    by_key: HashMap<Key, Vec<usize>>,
    /// The classes that occur in a selector.
    pub(super) classes: HashSet<String>,
    schemes: bool,
    /// How many more matches may be tried.
    tries: Cell<usize>,
}

impl Sheets {
    pub(super) fn of(nodes: &[Node<String>]) -> Self {
        let mut sheets = Self {
            declarations: Vec::new(),
            bound: Vec::new(),
            by_key: HashMap::new(),
            classes: HashSet::new(),
            schemes: false,
            tries: Cell::new(MOST_TRIES),
        };
        let themed = !has_theme_class(nodes);
        let mut in_style = false;
        for node in nodes {
            match &node.what {
                What::Element(element) => in_style = element.name == "style",
                What::Text(text) if in_style => sheets.add(text, themed),
                What::Text(_) => {}
            }
        }
        sheets
    }

    /// Adds a sheet; `themed` if `.dark` can only mean the page's theme.
    fn add(&mut self, text: &str, themed: bool) {
        // The cleaning made all notes already.
        for rule in sheet::rules(text, &mut Notes::default()) {
            let at = self.declarations.len();
            for text in &rule.selectors {
                let named = selector::scheme(text).filter(|_| themed || !text.contains('.'));
                let Some(full) = selector::compile(text) else {
                    continue;
                };
                let specificity = full.specificity();
                let (named, selector) = match named {
                    Some((scheme, shorter)) => (Some(scheme), selector::compile(&shorter)),
                    None => (None, Some(full)),
                };
                let never = matches!((named, rule.scheme), (Some(a), Some(b)) if a != b);
                if let (Some(selector), false) = (selector, never) {
                    self.classes.extend(selector::classes(&selector));
                    self.bind(selector, specificity, named.or(rule.scheme), at);
                }
            }
            self.declarations.push(rule.declarations);
        }
    }

    fn bind(
        &mut self,
        selector: Selector<Grammar>,
        specificity: u32,
        scheme: Option<Scheme>,
        rule: usize,
    ) {
        self.schemes |= scheme.is_some();
        self.by_key
            .entry(selector::key(&selector))
            .or_default()
            .push(self.bound.len());
        self.bound.push(Bound {
            selector,
            specificity,
            scheme,
            rule,
        });
    }

    fn matching(&self, element: &Element<String>, tree: &Tree, index: usize) -> Vec<&Bound> {
        let classes = element.get("class").unwrap_or_default();
        let mut keys = vec![Key::Any, Key::Type(element.name.to_owned())];
        keys.extend(element.get("id").map(|id| Key::Id(id.to_owned())));
        keys.extend(
            classes
                .split_ascii_whitespace()
                .map(|class| Key::Class(class.to_owned())),
        );
        // A class that an element has twice must not apply its rules twice.
        keys.sort();
        keys.dedup();
        keys.iter()
            .filter_map(|key| self.by_key.get(key))
            .flatten()
            .filter_map(|index| self.bound.get(*index))
            .take_while(|_| {
                let left = self.tries.get();
                self.tries.set(left.saturating_sub(1));
                left > 0
            })
            .filter(|bound| tree.matches(&bound.selector, index))
            .collect()
    }
}

/// Whether the picture itself uses a class that is named like a page's theme.
fn has_theme_class(nodes: &[Node<String>]) -> bool {
    nodes
        .iter()
        .filter_map(|node| node.element()?.get("class"))
        .flat_map(str::split_ascii_whitespace)
        .any(|class| class.contains("dark") || class.contains("light"))
}

/// The computed style of an element; `None` for a property that gets no attribute.
type Style = BTreeMap<&'static str, Option<String>>;

/// A declaration with its position in the cascade.
struct Placed<'a> {
    level: (bool, bool),
    specificity: u32,
    rule: usize,
    declaration: &'a Declaration,
}

/// The style that an element's children inherit, in one scheme.
#[derive(Clone, Default)]
struct Held {
    scope: Scope,
    colours: Rc<BTreeMap<&'static str, String>>,
}

/// Moves every element's style into its attributes, and removes the `style` attributes.
pub(super) fn resolve(nodes: &mut [Node<String>], sheets: &Sheets, tree: &Tree) {
    let mut held: Vec<[Held; 2]> = vec![<[Held; 2]>::default()];
    for (index, node) in nodes.iter_mut().enumerate() {
        let depth = node.depth;
        let Some(element) = node.element_mut() else {
            continue;
        };
        held.truncate(depth + 1);
        let Some(above) = held.last() else {
            return;
        };
        let matching = sheets.matching(element, tree, index);
        let below = resolve_one(element, &matching, sheets, above);
        held.push(below);
    }
}

fn resolve_one(
    element: &mut Element<String>,
    matching: &[&Bound],
    sheets: &Sheets,
    above: &[Held; 2],
) -> [Held; 2] {
    let own = element
        .get("style")
        .map(|style| sheet::declarations(style, &mut Notes::default()))
        .unwrap_or_default();
    element.remove("style");
    let (light, below) = styled(element, sheets, matching, &own, Scheme::Light, &above[0]);
    if !sheets.schemes {
        apply(element, light);
        return [below.clone(), below];
    }
    let (dark, dark_below) = styled(element, sheets, matching, &own, Scheme::Dark, &above[1]);
    let both = merged(light, &dark, above);
    apply(element, both);
    [below, dark_below]
}

/// An element's style in one scheme, and what its children inherit.
fn styled(
    element: &Element<String>,
    sheets: &Sheets,
    matching: &[&Bound],
    own: &[Declaration],
    scheme: Scheme,
    above: &Held,
) -> (Style, Held) {
    let placed = placed(sheets, matching, own, scheme);
    let mut custom = BTreeMap::new();
    for Placed { declaration, .. } in &placed {
        if declaration.name.starts_with("--") {
            custom.insert(declaration.name.clone(), declaration.value.clone());
        }
    }
    let scope = extended(&above.scope, custom);
    let mut style = Style::new();
    for (name, value) in &element.attributes {
        if let Some(property) = property(name) {
            style.insert(property.name, computed(property, value, &scope));
        }
    }
    for Placed { declaration, .. } in &placed {
        declare(&mut style, element.name, declaration, &scope);
    }
    let colours = colours(&above.colours, &style);
    (style, Held { scope, colours })
}

/// The declarations for an element from the weakest to the strongest.
fn placed<'a>(
    sheets: &'a Sheets,
    matching: &[&Bound],
    own: &'a [Declaration],
    scheme: Scheme,
) -> Vec<Placed<'a>> {
    let mut placed: Vec<Placed> = Vec::new();
    for bound in matching {
        if bound.scheme.is_some_and(|only| only != scheme) {
            continue;
        }
        for declaration in sheets.declarations.get(bound.rule).into_iter().flatten() {
            placed.push(Placed {
                level: (declaration.important, false),
                specificity: bound.specificity,
                rule: bound.rule,
                declaration,
            });
        }
    }
    placed.extend(own.iter().map(|declaration| Placed {
        level: (declaration.important, true),
        specificity: 0,
        rule: 0,
        declaration,
    }));
    // The sort is stable: within one rule the declarations keep their order.
    placed.sort_by_key(|placed| (placed.level, placed.specificity, placed.rule));
    placed
}

fn declare(style: &mut Style, element: &str, declaration: &Declaration, scope: &Scope) {
    let (name, value) = (declaration.name.as_str(), declaration.value.as_str());
    if let Some(property) = property(name) {
        style.insert(property.name, computed(property, value, scope));
        return;
    }
    if name.starts_with("--") {
        return;
    }
    let Some(value) = substituted(value, scope) else {
        return;
    };
    if let Some(attribute) = shorthand::geometry(name, element) {
        if let Some(value) = shorthand::geometry_value(name, &value) {
            style.insert(attribute, Some(value));
        }
    } else if name == "transform" {
        if value.eq_ignore_ascii_case("none") {
            style.insert("transform", None);
        } else if let Some(value) = shorthand::transform(&value) {
            style.insert("transform", Some(value));
        }
    } else {
        for (name, value) in shorthand::expanded(name, &value).into_iter().flatten() {
            if let Some(property) = property(name).filter(|known| known.accepts(&value)) {
                style.insert(name, computed(property, &value, scope));
            }
        }
    }
}

/// The value with custom properties substituted; `None` if the property gets its inherited or
/// initial value.
fn computed(property: &Property, value: &str, scope: &Scope) -> Option<String> {
    let had_var = value.contains("var(");
    let value = substituted(value, scope)?;
    if had_var && !property.accepts(&value) {
        return None;
    }
    let inherits = property.inherited && value.eq_ignore_ascii_case("inherit");
    let unsets = is_wide(&value)
        && !value.eq_ignore_ascii_case("inherit")
        && !value.eq_ignore_ascii_case("initial");
    (!inherits && !unsets).then_some(value)
}

/// The inherited colours below an element.
fn colours(
    above: &Rc<BTreeMap<&'static str, String>>,
    style: &Style,
) -> Rc<BTreeMap<&'static str, String>> {
    let own: Vec<(&'static str, String)> = ["fill", "stroke", "color"]
        .into_iter()
        .filter_map(|name| Some((name, style.get(name)?.clone()?)))
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
fn merged(light: Style, dark: &Style, above: &[Held; 2]) -> Style {
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
        let given = |own: Option<String>, held: &Held| {
            own.or_else(|| held.colours.get(name).cloned())
                .or_else(|| initial_colour(name).map(str::to_owned))
        };
        let (a, b) = (given(a, &above[0]), given(b, &above[1]));
        if let (Some(a), Some(b)) = (a, b)
            && let Some(value) = paired_value(name, &a, &b)
        {
            both.insert(name, Some(value));
        }
    }
    both
}

fn apply(element: &mut Element<String>, style: Style) {
    for (name, value) in style {
        match value {
            Some(value) => element.set(name, value),
            None => element.remove(name),
        }
    }
}
