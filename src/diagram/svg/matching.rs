//! The cleaned tree as the crate `selectors` walks it.
//!
//! Not here: reading selectors (`selector.rs`), and which declaration wins (`cascade.rs`).

use std::fmt;

use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
    SelectorCaches,
};
use selectors::matching::{ElementSelectorFlags, matches_selector};
use selectors::parser::{Component, Selector};
use selectors::{Element as _, OpaqueElement};

use super::family::Family;
use super::grammar::{Grammar, Never, Word};
use super::tree::{Element, Node, at};

/// A tree with what selectors ask for.
pub(super) struct Tree<'n> {
    nodes: &'n [Node],
    family: Family,
}

impl<'n> Tree<'n> {
    pub(super) fn of(nodes: &'n [Node]) -> Self {
        Self {
            nodes,
            family: Family::of(nodes),
        }
    }

    /// Whether a selector matches the element at an index.
    pub(super) fn matches(&self, selector: &Selector<Grammar>, index: usize) -> bool {
        let Some(here) = self.here(index) else {
            return false;
        };
        // Most selectors fail here, which costs less than what matching needs.
        let is_possible = selector.iter().all(|condition| match condition {
            Component::Class(class) => here.has_class(class, CaseSensitivity::CaseSensitive),
            Component::LocalName(name) => here.has_local_name(&name.name),
            _ => true,
        });
        if !is_possible {
            return false;
        }
        let mut caches = SelectorCaches::default();
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            None,
            &mut caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        matches_selector(selector, 0, None, &here, &mut context)
    }

    fn here(&self, index: usize) -> Option<Here<'_>> {
        let element = at(self.nodes, index)?;
        Some(Here {
            tree: self,
            index,
            element,
        })
    }
}

/// An element in its tree.
#[derive(Clone)]
struct Here<'t> {
    tree: &'t Tree<'t>,
    index: usize,
    element: &'t Element,
}

impl fmt::Debug for Here<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.element.fmt(f)
    }
}

impl Here<'_> {
    /// The first element among those nodes that is beside this one.
    fn sibling(&self, nodes: impl Iterator<Item = usize>) -> Option<Self> {
        let depth = |index: usize| self.tree.nodes.get(index).map(|node| node.depth);
        let own = depth(self.index)?;
        let mut inside = nodes.take_while(|index| depth(*index).is_some_and(|one| one >= own));
        inside.find_map(|index| self.tree.here(index).filter(|_| depth(index) == Some(own)))
    }
}

impl selectors::Element for Here<'_> {
    type Impl = Grammar;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.element)
    }

    fn parent_element(&self) -> Option<Self> {
        self.tree.here(self.tree.family.parent(self.index)?)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.sibling((0..self.index).rev())
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.sibling(self.index + 1..)
    }

    /// Only `:has()` asks for it.
    fn first_element_child(&self) -> Option<Self> {
        None
    }

    fn has_local_name(&self, name: &Word) -> bool {
        self.element.name == name.0
    }

    fn has_namespace(&self, _: &Word) -> bool {
        true
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element.name == other.element.name
    }

    fn attr_matches(
        &self,
        _: &NamespaceConstraint<&Word>,
        name: &Word,
        operation: &AttrSelectorOperation<&Word>,
    ) -> bool {
        let value = self.element.value(&name.0);
        value.is_some_and(|value| operation.eval_str(&value.written(&name.0, None)))
    }

    fn has_id(&self, id: &Word, case: CaseSensitivity) -> bool {
        let own = self.element.get("id");
        own.is_some_and(|own| case.eq(own.as_bytes(), id.0.as_bytes()))
    }

    fn has_class(&self, class: &Word, case: CaseSensitivity) -> bool {
        let own = self.element.get("class").unwrap_or_default();
        let mut own = own.split_ascii_whitespace();
        own.any(|own| case.eq(own.as_bytes(), class.0.as_bytes()))
    }

    fn is_empty(&self) -> bool {
        self.tree.family.parent(self.index + 1) != Some(self.index)
    }

    fn is_root(&self) -> bool {
        self.index == 0
    }

    fn match_non_ts_pseudo_class(&self, never: &Never, _: &mut MatchingContext<Grammar>) -> bool {
        match *never {}
    }

    fn match_pseudo_element(&self, never: &Never, _: &mut MatchingContext<Grammar>) -> bool {
        match *never {}
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn is_html_element_in_html_document(&self) -> bool {
        false
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        false
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_custom_state(&self, _: &Word) -> bool {
        false
    }

    fn imported_part(&self, _: &Word) -> Option<Word> {
        None
    }

    fn is_part(&self, _: &Word) -> bool {
        false
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
