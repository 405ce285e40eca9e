//! Paints titles of frames after the lines that cross them.
//!
//! Not here: recognising titles (they have a class), and the halo of words on a line (`halo`).

use crate::diagram::svg::Styled;
use crate::diagram::svg::tree::{Element, Node, end};
use crate::diagram::svg::typed::Value;

/// The nodes of an element, and the element in which it is painted last.
struct Move {
    start: usize,
    stop: usize,
    within: usize,
}

impl Styled {
    /// Removes all other classes.
    pub(crate) fn keep_classes(&mut self, kept: &[&str]) {
        for element in self.nodes.iter_mut().filter_map(Node::element_mut) {
            let Some(classes) = element.get("class") else {
                continue;
            };
            let classes = classes.split_ascii_whitespace();
            let classes: Vec<&str> = classes.filter(|class| kept.contains(class)).collect();
            let classes = classes.join(" ");
            if classes.is_empty() {
                element.remove("class");
            } else {
                element.set("class", classes);
            }
        }
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
        let moves = self.moves(what, within);
        if moves.is_empty() {
            return;
        }
        let mut raised = Vec::with_capacity(self.nodes.len());
        // Open elements, each with its end.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut index = 0;
        while index <= self.nodes.len() {
            while open.last().is_some_and(|(_, stop)| *stop <= index) {
                if let Some((within, _)) = open.pop() {
                    self.push_raised(&mut raised, &moves, within);
                }
            }
            let Some(node) = self.nodes.get(index) else {
                break;
            };
            if let Some(moved) = moves.iter().find(|moved| moved.start == index) {
                index = moved.stop;
                continue;
            }
            if moves.iter().any(|moved| moved.within == index) {
                open.push((index, end(&self.nodes, index)));
            }
            raised.push(node.clone());
            index += 1;
        }
        self.nodes = raised;
    }

    fn push_raised(&self, raised: &mut Vec<Node<Value>>, moves: &[Move], within: usize) {
        let depth_of = |index: usize| self.nodes.get(index).map_or(0, |node| node.depth);
        for moved in moves.iter().filter(|moved| moved.within == within) {
            let top = depth_of(moved.start);
            let nodes = self.nodes.get(moved.start..moved.stop);
            for node in nodes.unwrap_or_default() {
                let mut node = node.clone();
                node.depth = node.depth - top + depth_of(within) + 1;
                raised.push(node);
            }
        }
    }

    fn moves(&self, what: &str, within: &str) -> Vec<Move> {
        let mut moves = Vec::new();
        // The elements above: depth, the nearest `within`, whether anything since then moves.
        let mut above: Vec<(usize, Option<usize>, bool)> = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            while above
                .last()
                .is_some_and(|(depth, _, _)| *depth >= node.depth)
            {
                above.pop();
            }
            let Some(element) = node.element() else {
                continue;
            };
            let (_, nearest, moved) = above.last().copied().unwrap_or((0, None, false));
            if has_class(element, what)
                && let Some(within) = nearest.filter(|_| !moved)
            {
                let stop = end(&self.nodes, index);
                moves.push(Move {
                    start: index,
                    stop,
                    within,
                });
            }
            above.push(if has_class(element, within) {
                (node.depth, Some(index), false)
            } else {
                let moves = element.value("transform").is_some();
                (node.depth, nearest, moved || moves)
            });
        }
        moves
    }
}

fn has_class(element: &Element<Value>, class: &str) -> bool {
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
