//! Writes the markup of a tree, and the picture as a standalone file.
//!
//! Not here: the markup for a page (`inline.rs`).

use super::Cleaned;
use super::clean::legible;
use super::read::SVG;
use super::sheet::written_rules;
use super::tree::{Node, What};
use super::typed::Value;

/// A tree as markup that XML and HTML parse alike, with these attributes set on the root; `written`
/// takes an element's index, and an attribute's name and value.
pub(super) fn markup(
    nodes: &[Node],
    root: &[(&str, &str)],
    written: impl Fn(usize, &str, &Value) -> String,
) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        close(&mut out, &mut open, node.depth);
        match &node.what {
            What::Text(text) => out.push_str(&escaped(text)),
            What::Rules(rules) => out.push_str(&escaped(&written_rules(rules))),
            What::Element(element) => {
                out.push('<');
                out.push_str(element.name);
                let root = if index == 0 { root } else { &[] };
                let is_set = |name: &str| root.iter().any(|(own, _)| *own == name);
                for (name, value) in element.attributes.iter().filter(|(name, _)| !is_set(name)) {
                    attribute(&mut out, name, &written(index, name, value));
                }
                for (name, value) in root {
                    attribute(&mut out, name, &legible(value));
                }
                let has_content = nodes
                    .get(index + 1)
                    .is_some_and(|next| next.depth > node.depth);
                if has_content {
                    out.push('>');
                    open.push(element.name);
                } else {
                    out.push_str("/>");
                }
            }
        }
    }
    close(&mut out, &mut open, 0);
    out
}

fn close(out: &mut String, open: &mut Vec<&str>, depth: usize) {
    while open.len() > depth {
        if let Some(name) = open.pop() {
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    // Line ends and tabs by number, as XML would read them as blanks.
    let value = escaped(value)
        .replace('"', "&quot;")
        .replace('\n', "&#10;")
        .replace('\t', "&#9;");
    out.push_str(&value);
    out.push('"');
}

/// A text as XML and HTML write it.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

impl Cleaned {
    /// The picture as an SVG file: cleaned, its style sheets kept, with these attributes set on the
    /// root.
    ///
    /// Reading the file again gives the same picture.
    pub fn to_file(&self, attributes: &[(&str, &str)]) -> String {
        let written = |_, name: &str, value: &Value| value.written(name, None);
        let file = markup(&self.nodes, attributes, written);
        file.replacen("<svg", &format!("<svg xmlns=\"{SVG}\""), 1) + "\n"
    }
}
