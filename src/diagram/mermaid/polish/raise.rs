//! Paints titles of frames after the lines that cross them, and words after boxes that may lie on each
//! other.
//!
//! Not here: recognising titles (they have a class), and the halo of words on a line (`halo`).

use crate::diagram::svg::Styled;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::place::transforms;
use crate::diagram::svg::tree::{Element, Node, end};

/// What a text takes from what it is in.
const HELD: [&str; 8] = [
    "dominant-baseline",
    "fill",
    "font-size",
    "font-style",
    "font-weight",
    "stroke",
    "stroke-width",
    "text-anchor",
];

impl Styled {
    /// Paints the texts of the picture last, as they are.
    pub(crate) fn raise_words(&mut self) {
        let family = Family::of(&self.nodes);
        let transforms = transforms(&self.nodes, &family);
        let (mut rest, mut raised) = (Vec::new(), Vec::new());
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            let is_text = node.element().is_some_and(|element| element.name == "text");
            let free = is_text && !family.is_in(&self.nodes, index, &["a", "defs", "marker"]);
            let Some(transform) = transforms.get(index).copied().flatten().filter(|_| free) else {
                rest.push(node.clone());
                index += 1;
                continue;
            };
            let stop = end(&self.nodes, index);
            let mut text = self.nodes.get(index..stop).unwrap_or_default().to_vec();
            for part in &mut text {
                part.depth = part.depth + 1 - node.depth;
            }
            if let Some(element) = text.first_mut().and_then(Node::element_mut) {
                for name in HELD {
                    if let Some(value) = family.value(&self.nodes, index, name) {
                        element.set(name, value.clone());
                    }
                }
                element.set_transform(transform);
            }
            raised.extend(text);
            index = stop;
        }
        rest.extend(raised);
        self.nodes = rest;
    }

    /// Moves a class from elements to the texts in them.
    pub(crate) fn mark_texts(&mut self, class: &str) {
        let mut until = 0;
        for index in 0..self.nodes.len() {
            let stop = end(&self.nodes, index);
            let Some(element) = self.nodes.get_mut(index).and_then(Node::element_mut) else {
                continue;
            };
            let marked = has_class(element, class);
            if marked {
                until = until.max(stop);
                element.remove("class");
            }
            if index < until && element.name == "text" {
                element.set("class", class);
            }
        }
    }

    /// Paints each element of class `what` last in its nearest ancestor of class `within`, unless
    /// an element between the two has a transform.
    pub(crate) fn raise(&mut self, what: &str, within: &str) {
        for index in 0..self.nodes.len() {
            // What takes the place of an element that was moved is looked at as well.
            while let Some(top) = self.goal(index, what, within) {
                let (stop, last) = (end(&self.nodes, index), end(&self.nodes, top));
                let depth = |index: usize| self.nodes.get(index).map_or(0, |node| node.depth);
                let (from, to) = (depth(index), depth(top) + 1);
                let Some(rest) = self.nodes.get_mut(index..last) else {
                    break;
                };
                for node in rest.iter_mut().take(stop - index) {
                    node.depth = node.depth - from + to;
                }
                if let Some(element) = rest.first_mut().and_then(Node::element_mut) {
                    element.remove("class");
                }
                rest.rotate_left(stop - index);
            }
        }
    }

    /// The element in which the one at an index is painted last.
    fn goal(&self, index: usize, what: &str, within: &str) -> Option<usize> {
        let node = self.nodes.get(index)?;
        node.element().filter(|element| has_class(element, what))?;
        let mut depth = node.depth;
        for (index, node) in self.nodes.iter().enumerate().take(index).rev() {
            let Some(element) = node.element().filter(|_| node.depth < depth) else {
                continue;
            };
            depth = node.depth;
            if has_class(element, within) {
                return Some(index);
            }
            if element.value("transform").is_some() {
                return None;
            }
        }
        None
    }
}

fn has_class(element: &Element, class: &str) -> bool {
    let classes = element.get("class").unwrap_or_default();
    classes.split_ascii_whitespace().any(|own| own == class)
}

#[cfg(test)]
mod tests {
    use crate::diagram::svg::read;

    fn raised(inside: &str) -> String {
        let text = format!("<svg viewBox='0 0 9 9'>{inside}</svg>");
        let Ok(picture) = read(&text) else {
            panic!("it is a picture");
        };
        let mut styled = picture.styled();
        styled.mark_texts("title");
        styled.raise("title", "root");
        styled.without("class");
        let out = styled.as_drawn().inline("", &[]);
        let start = out.find('>').unwrap_or_default() + 1;
        out[start..out.len() - "</svg>".len()].to_owned()
    }

    #[test]
    fn a_title_is_painted_last_in_its_own_part() {
        assert_eq!(
            raised(
                "<g class='root'><g><rect width='9'/><g class='title'><text>a</text></g></g>\
                 <path d='M0 0L9 9'/><g class='root' transform='translate(1 1)'><g class='title'>\
                 <text>b</text></g><path d='M1 1L9 9'/></g></g>"
            ),
            "<g><g><rect width=\"9\"/><g/></g><path d=\"M0 0L9 9\"/><g transform=\"translate(1 1)\">\
             <g/><path d=\"M1 1L9 9\"/><text>b</text></g><text>a</text></g>"
        );
    }

    #[test]
    fn what_would_move_stays() {
        let inside = "<g class='root'><g transform='translate(2 0)'><g class='title'>\
                      <text>a</text></g></g><path d='M0 0L9 9'/></g>";
        assert!(raised(inside).starts_with("<g><g transform=\"translate(2 0)\"><g><text>a"));
        assert_eq!(
            raised("<g class='title'><text>a</text></g>"),
            "<g><text>a</text></g>"
        );
    }
}
