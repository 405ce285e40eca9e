//! One walk over a syntax tree, in which each node is held against the rules for its name.
//!
//! A node is never asked for its parent (that is a search from the root): those above are kept. In
//! which field a node is, is asked only where a rule needs it. Every node that is looked at uses
//! fuel. Not here: what the rules are (`table`).

use std::ops::Range;

use arborium::tree_sitter::{Node, Tree, TreeCursor};

use super::bounds::Fuel;
use super::query::Place;
use super::table::{Name, Rule, Side, Table, Wanted, Wants};

/// A node, with what a rule may ask of it.
struct Seen<'t> {
    node: Node<'t>,
    name: Name,
    is_named: bool,
    /// 0 if it is in none, or no rule asks.
    field: u16,
    /// How many named nodes its parent has before it, and in all.
    before: usize,
    among: usize,
    /// The same of its children, while the walk is at one of them.
    passed: usize,
    inside: usize,
}

impl<T> Table<'_, T> {
    /// Gives each node's strongest rule to `found`, parents before their children. `None` if the
    /// fuel ends before the tree does.
    pub(super) fn walk(
        &self,
        tree: &Tree,
        code: &str,
        fuel: &Fuel,
        mut found: impl FnMut(&Rule<'_, T>, Range<usize>),
    ) -> Option<()> {
        let look = Look {
            table: self,
            code,
            fuel,
        };
        let mut cursor = tree.walk();
        let mut open: Vec<Seen<'_>> = Vec::new();
        loop {
            fuel.node()?;
            let mut seen = look.seen(&cursor, open.last_mut());
            if let Some(rule) = look.strongest(&seen, &open) {
                found(rule, seen.node.byte_range());
            }
            if cursor.goto_first_child() {
                seen.inside = seen.node.named_child_count();
                open.push(seen);
                continue;
            }
            while !cursor.goto_next_sibling() {
                if open.pop().is_none() {
                    return Some(());
                }
                cursor.goto_parent();
            }
        }
    }

    fn name(&self, node: Node<'_>) -> (Name, bool) {
        let kind = self.kinds.get(usize::from(node.kind_id()));
        // An error has no number of the grammar, and is a named node.
        kind.copied().unwrap_or((0, true))
    }
}

struct Look<'a, 'q, T> {
    table: &'a Table<'q, T>,
    code: &'a str,
    fuel: &'a Fuel,
}

impl<'a, 'q, T> Look<'a, 'q, T> {
    /// The node at a cursor, counted in the one above it.
    fn seen<'t>(&self, cursor: &TreeCursor<'t>, above: Option<&mut Seen<'_>>) -> Seen<'t> {
        let node = cursor.node();
        let (name, is_named) = self.table.name(node);
        let mut asks_field = self.table.names[usize::from(name)].asks_field;
        let (mut before, mut among) = (0, 1);
        if let Some(above) = above {
            asks_field |= self.table.names[usize::from(above.name)].asks_children;
            (before, among) = (above.passed, above.inside);
            above.passed += usize::from(is_named);
        }
        Seen {
            node,
            name,
            is_named,
            field: if asks_field { field_at(cursor) } else { 0 },
            before,
            among,
            passed: 0,
            inside: 0,
        }
    }

    fn strongest(&self, seen: &Seen<'_>, open: &[Seen<'_>]) -> Option<&'a Rule<'q, T>> {
        let names = &self.table.names;
        let asks = |above: &Seen<'_>| names[usize::from(above.name)].asks_children;
        let first =
            |rules: &'a [Rule<'q, T>]| rules.iter().find(|rule| self.fits(rule, seen, open));
        let own = first(&names[usize::from(seen.name)].rules);
        if !open.last().is_some_and(asks) {
            return own;
        }
        let any = first(&self.table.any);
        own.into_iter().chain(any).max_by_key(|rule| rule.rank)
    }

    /// Whether a node and those above it are what a rule wants. What costs most is asked last.
    fn fits(&self, rule: &Rule<'q, T>, seen: &Seen<'_>, open: &[Seen<'_>]) -> bool {
        let above = || rule.above.iter().zip(open.iter().rev());
        let ways = || open.iter().rev().map(|seen| seen.node);
        rule.above.len() <= open.len()
            && is_there(&rule.node, seen)
            && above().all(|(wanted, seen)| is_there(wanted, seen))
            && self.reads(&rule.node, seen.node)
            && above().all(|(wanted, seen)| self.reads(wanted, seen.node))
            && self.has_children(&rule.node, seen.node, None)
            && above()
                .zip(std::iter::once(seen.node).chain(ways()))
                .all(|((wanted, seen), way)| self.has_children(wanted, seen.node, Some(way)))
    }

    fn reads(&self, wanted: &Wanted<'q>, node: Node<'_>) -> bool {
        let mut conditions = wanted.conditions.iter();
        conditions.all(|condition| condition.holds(self.code, node.byte_range()))
    }

    /// `way`: the child that the rule comes from.
    fn has_children(&self, wanted: &Wanted<'q>, node: Node<'_>, way: Option<Node<'_>>) -> bool {
        let mut children = wanted.children.iter();
        children.all(|child| {
            let mut cursor = node.walk();
            let mut side = Side::Before;
            let mut passed = 0;
            let among = node.named_child_count();
            let mut is_more = cursor.goto_first_child();
            while is_more && self.fuel.node().is_some() {
                let node = cursor.node();
                let (name, is_named) = self.table.name(node);
                let seen = Seen {
                    node,
                    name,
                    is_named,
                    field: field_at(&cursor),
                    before: passed,
                    among,
                    passed: 0,
                    inside: 0,
                };
                passed += usize::from(is_named);
                if Some(node) == way {
                    side = Side::After;
                } else if child.side == Side::Anywhere || child.side == side {
                    let mut any_of = child.any_of.iter();
                    if any_of.any(|wanted| self.is(wanted, &seen)) {
                        return true;
                    }
                }
                is_more = cursor.goto_next_sibling();
            }
            false
        })
    }

    fn is(&self, wanted: &Wanted<'q>, seen: &Seen<'_>) -> bool {
        is_there(wanted, seen)
            && self.reads(wanted, seen.node)
            && self.has_children(wanted, seen.node, None)
    }
}

/// Whether a node's name, field and place are what is wanted.
fn is_there(wanted: &Wanted<'_>, seen: &Seen<'_>) -> bool {
    let is_kind = match wanted.kind {
        Wants::Any => true,
        Wants::Named => seen.is_named,
        Wants::Name(name) => name == seen.name,
    };
    let is_place = match wanted.place {
        Place::Anywhere => true,
        Place::First => seen.is_named && seen.before == 0,
        Place::Last => seen.is_named && seen.before + 1 == seen.among,
    };
    is_kind && is_place && (wanted.field == 0 || wanted.field == seen.field)
}

fn field_at(cursor: &TreeCursor<'_>) -> u16 {
    cursor.field_id().map_or(0, u16::from)
}
