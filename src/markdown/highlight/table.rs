//! The rules of a query, made ready for a grammar: by the kind of the node that they are about.
//!
//! A query is not run. Of each captured node it is known what the nodes above it have to be, and
//! what other children these have to have: one walk over a tree answers that (`walk`). Names are
//! numbered here, as a grammar may have several numbers for one. Not here: what a rule means.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use arborium::tree_sitter::Language;

use super::condition::Condition;
use super::query::{self, Kind, Node, Pattern, Place, Problem};

/// The rules of queries, for one grammar. `T` is what a rule means.
#[derive(Debug)]
pub(super) struct Table<'q, T> {
    /// By a kind's number in the grammar: its name, and whether it is a named node.
    pub(super) kinds: Vec<(Name, bool)>,
    /// By the number of a name.
    pub(super) names: Vec<Entry<'q, T>>,
    /// Rules for a node of any kind, the strongest first.
    pub(super) any: Vec<Rule<'q, T>>,
}

/// A name of nodes by its number in the table; 0 is any name that no rule has.
pub(super) type Name = u16;

#[derive(Debug)]
pub(super) struct Entry<'q, T> {
    /// The rules for nodes of this name, the strongest first.
    pub(super) rules: Vec<Rule<'q, T>>,
    /// Whether a rule asks in which field such a node is.
    pub(super) asks_field: bool,
    /// Whether a rule is for any node right within one of this name.
    pub(super) asks_children: bool,
}

/// What a node means that is where the rule wants it.
#[derive(Debug)]
pub(super) struct Rule<'q, T> {
    pub(super) node: Wanted<'q>,
    /// The nodes above it, the nearest first.
    pub(super) above: Vec<Wanted<'q>>,
    pub(super) meaning: T,
    /// Of two rules for the same text, the higher one counts.
    pub(super) rank: usize,
}

/// What a node has to be.
#[derive(Debug)]
pub(super) struct Wanted<'q> {
    pub(super) kind: Wants,
    /// The grammar's number; 0 is any field, or none.
    pub(super) field: u16,
    pub(super) place: Place,
    pub(super) conditions: Vec<Condition<'q>>,
    pub(super) children: Vec<Child<'q>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    Any,
    Named,
    Name(Name),
}

/// A child that a node has to have, besides the one that the rule comes from.
#[derive(Debug)]
pub(super) struct Child<'q> {
    pub(super) any_of: Vec<Wanted<'q>>,
    pub(super) side: Side,
}

/// Where such a child is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Anywhere,
    Before,
    After,
}

impl<'q, T> Table<'q, T> {
    /// `meaning` says of a pattern, its number and a capture what a captured node means, with the
    /// rank of that; nothing if it means nothing.
    ///
    /// # Errors
    /// When something in a text is not read, or its name is not in the grammar.
    pub(super) fn new(
        language: &Language,
        texts: [&'q str; 2],
        meaning: impl Fn(&Pattern<'q>, usize, &str) -> Result<Option<(T, usize)>, Problem>,
    ) -> Result<Self, Problem> {
        let mut builder = Builder {
            language,
            named: HashMap::new(),
            signs: HashMap::new(),
            names: vec![Entry::default()],
            any: Vec::new(),
        };
        let mut number = 0;
        for text in texts {
            for pattern in query::patterns(text)? {
                let means = |capture: &str| meaning(&pattern, number, capture);
                builder.node(&pattern, &pattern.node, None, &means)?;
                number += 1;
            }
        }
        builder.finish()
    }
}

impl<T> Default for Entry<'_, T> {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            asks_field: false,
            asks_children: false,
        }
    }
}

struct Builder<'a, 'q, T> {
    language: &'a Language,
    named: HashMap<&'q str, Name>,
    signs: HashMap<Cow<'q, str>, Name>,
    names: Vec<Entry<'q, T>>,
    any: Vec<Rule<'q, T>>,
}

/// One of the alternatives for a node, with what all of them have.
struct Choice<'p, 'q> {
    node: &'p Node<'q>,
    field: Option<&'q str>,
    place: Place,
    captures: Vec<&'q str>,
}

/// The way from a pattern's outermost node to one in it.
struct Way<'a, 'q> {
    above: Option<&'a Self>,
    choice: &'a Choice<'a, 'q>,
    /// Which of its children is next on the way.
    next: usize,
}

/// What the captures of a pattern mean.
type Means<'a, T> = &'a dyn Fn(&str) -> Result<Option<(T, usize)>, Problem>;

impl<'q, T> Builder<'_, 'q, T> {
    /// Adds the rules for what is captured in a node of a pattern.
    fn node(
        &mut self,
        pattern: &Pattern<'q>,
        node: &Node<'q>,
        above: Option<&Way<'_, 'q>>,
        means: Means<'_, T>,
    ) -> Result<(), Problem> {
        for choice in choices(node) {
            for capture in &choice.captures {
                if let Some(meaning) = means(capture)? {
                    self.rule(pattern, &choice, above, meaning)?;
                }
            }
            for (next, child) in choice.node.children.iter().enumerate() {
                let choice = &choice;
                let way = Way {
                    above,
                    choice,
                    next,
                };
                self.node(pattern, child, Some(&way), means)?;
            }
        }
        Ok(())
    }

    fn rule(
        &mut self,
        pattern: &Pattern<'q>,
        choice: &Choice<'_, 'q>,
        mut above: Option<&Way<'_, 'q>>,
        (meaning, rank): (T, usize),
    ) -> Result<(), Problem> {
        if let Some(problem) = &pattern.unread {
            return Err(problem.clone());
        }
        let node = self.wanted(pattern, choice, None)?;
        let mut steps = Vec::new();
        while let Some(way) = above {
            let step = self.wanted(pattern, way.choice, Some(way.next))?;
            match step.kind {
                Wants::Name(name) => self.entry(name).asks_field |= step.field > 0,
                // The field of every node would have to be asked.
                _ if step.field > 0 => return Err(too_wide(choice.node)),
                _ => {}
            }
            steps.push(step);
            above = way.above;
        }
        let (kind, has_field) = (node.kind, node.field > 0);
        let parent = steps.first().map(|step| step.kind);
        let rule = Rule {
            node,
            above: steps,
            meaning,
            rank,
        };
        match (kind, parent) {
            (Wants::Name(name), _) => {
                let entry = self.entry(name);
                entry.asks_field |= has_field;
                entry.rules.push(rule);
            }
            (_, Some(Wants::Name(parent))) => {
                self.entry(parent).asks_children = true;
                self.any.push(rule);
            }
            _ => return Err(too_wide(choice.node)),
        }
        Ok(())
    }

    fn entry(&mut self, name: Name) -> &mut Entry<'q, T> {
        &mut self.names[usize::from(name)]
    }

    /// `next`: the child that a rule comes from.
    fn wanted(
        &mut self,
        pattern: &Pattern<'q>,
        choice: &Choice<'_, 'q>,
        next: Option<usize>,
    ) -> Result<Wanted<'q>, Problem> {
        let kind = match &choice.node.kind {
            Kind::Named(name) => Wants::Name(number(&mut self.named, &mut self.names, name)),
            Kind::Sign(text) => Wants::Name(number(&mut self.signs, &mut self.names, text.clone())),
            Kind::AnyNamed => Wants::Named,
            Kind::Any | Kind::OneOf(_) => Wants::Any,
        };
        let asked = pattern.conditions.iter();
        let asked = asked.filter(|(capture, _)| choice.captures.contains(capture));
        let others = choice.node.children.iter().enumerate();
        let others = others.filter(|(at, child)| Some(*at) != next && !child.is_optional);
        let mut children = Vec::new();
        for (at, child) in others {
            let choices = choices(child);
            let any_of = choices
                .iter()
                .map(|choice| self.wanted(pattern, choice, None));
            children.push(Child {
                any_of: any_of.collect::<Result<_, _>>()?,
                side: match next {
                    None => Side::Anywhere,
                    Some(next) if at < next => Side::Before,
                    Some(_) => Side::After,
                },
            });
        }
        Ok(Wanted {
            kind,
            field: self.field(choice.field)?,
            place: choice.place,
            conditions: asked.map(|(_, condition)| condition.clone()).collect(),
            children,
        })
    }

    fn field(&self, name: Option<&str>) -> Result<u16, Problem> {
        let Some(name) = name else { return Ok(0) };
        let field = self.language.field_id_for_name(name).map(u16::from);
        field.ok_or_else(|| Problem::Field(name.to_owned()))
    }

    fn finish(mut self) -> Result<Table<'q, T>, Problem> {
        let mut kinds = Vec::with_capacity(self.language.node_kind_count());
        let mut is_known = vec![false; self.names.len()];
        for id in 0..u16::try_from(self.language.node_kind_count()).unwrap_or(u16::MAX) {
            let is_named = self.language.node_kind_is_named(id);
            let text = self.language.node_kind_for_id(id).unwrap_or_default();
            let name = if is_named {
                self.named.get(text)
            } else {
                self.signs.get(text)
            };
            let is_visible = self.language.node_kind_is_visible(id);
            let name = name.copied().filter(|_| is_visible).unwrap_or_default();
            is_known[usize::from(name)] = true;
            kinds.push((name, is_named));
        }
        let names = self.named.iter().map(|(text, name)| (*text, name));
        let signs = self.signs.iter().map(|(text, name)| (&**text, name));
        let mut unknown = names
            .chain(signs)
            .filter(|(_, name)| !is_known[usize::from(**name)]);
        if let Some((text, _)) = unknown.next() {
            return Err(Problem::Kind(text.to_owned()));
        }
        let lists = self.names.iter_mut().map(|entry| &mut entry.rules);
        for rules in lists.chain([&mut self.any]) {
            rules.sort_by_key(|rule| usize::MAX - rule.rank);
        }
        Ok(Table {
            kinds,
            names: self.names,
            any: self.any,
        })
    }
}

/// The number of a name; a new one if it has none.
fn number<T, K: Eq + Hash>(
    numbers: &mut HashMap<K, Name>,
    names: &mut Vec<Entry<'_, T>>,
    name: K,
) -> Name {
    *numbers.entry(name).or_insert_with(|| {
        names.push(Entry::default());
        // A grammar has fewer kinds than that, and each name is one of them.
        Name::try_from(names.len() - 1).unwrap_or_default()
    })
}

/// A node's alternatives, those within alternatives too.
fn choices<'p, 'q>(node: &'p Node<'q>) -> Vec<Choice<'p, 'q>> {
    let Kind::OneOf(nodes) = &node.kind else {
        return vec![Choice {
            node,
            field: node.field,
            place: node.place,
            captures: node.captures.clone(),
        }];
    };
    let inner = nodes.iter().flat_map(choices);
    let merged = inner.map(|mut choice| {
        choice.field = choice.field.or(node.field);
        if node.place != Place::Anywhere {
            choice.place = node.place;
        }
        choice.captures.extend(&node.captures);
        choice
    });
    merged.collect()
}

/// Of a rule for which every node of a tree would have to be looked at.
fn too_wide(node: &Node<'_>) -> Problem {
    Problem::Unread(format!("{:?} without a parent's name", node.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the patterns make a table for Rust, of which the capture `c` means something.
    fn made(text: &str) -> Result<usize, Problem> {
        let rust = arborium::get_language("rust").unwrap();
        let meaning =
            |_: &Pattern<'_>, number, capture: &str| Ok((capture == "c").then_some(((), number)));
        let table = Table::new(&rust, [text, ""], meaning)?;
        let rules = table.names.iter().map(|entry| entry.rules.len());
        Ok(rules.sum::<usize>() + table.any.len())
    }

    #[test]
    fn each_alternative_of_a_capture_is_a_rule() {
        assert_eq!(made("[(identifier) \"fn\"] @c (self) @other"), Ok(2));
        assert_eq!(
            made("(call_expression function: [(identifier) (field_expression field: _ @c)] @c)"),
            Ok(3)
        );
    }

    #[test]
    fn a_wrong_name_is_a_problem() {
        let kind = |name: &str| Err(Problem::Kind(name.to_owned()));
        assert_eq!(made("(identifer) @c"), kind("identifer"));
        assert_eq!(made("(identifier (nothing)) @c"), kind("nothing"));
        assert_eq!(made("\"function\" @c"), kind("function"));
        assert_eq!(made("\"identifier\" @c"), kind("identifier"), "not a sign");
        assert_eq!(made("(fn) @c"), kind("fn"), "only a sign");
        let field = Err(Problem::Field("nothing".to_owned()));
        assert_eq!(made("(call_expression nothing: (identifier) @c)"), field);
        assert_eq!(made("(identifer) @other"), Ok(0), "no rule");
    }

    #[test]
    fn a_condition_that_is_not_read_is_a_problem_where_it_counts() {
        let text = |capture| format!("((identifier) @{capture} (#match? @{capture} \"a|b\"))");
        assert_eq!(made(&text("other")), Ok(0));
        assert!(matches!(made(&text("c")), Err(Problem::Unread(_))));
        assert!(matches!(made("_ @c"), Err(Problem::Unread(_))));
    }
}
