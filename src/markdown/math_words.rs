//! Formulas as plain text, for titles, contents, summaries and the search: `x² + 1/2`, as people write
//! them where nothing can be set.
//!
//! Not here: TeX (`math`), whose `MathML` is read here.

use unicode_normalization::UnicodeNormalization;

use super::math::{mathml, written};
use crate::html::decoded;

const SUPERSCRIPTS: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾nⁿiⁱ";
const SUBSCRIPTS: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ";
const ACCENTS: &str = "^\u{302}~\u{303}¯\u{304}‾\u{304}˙\u{307}¨\u{308}→\u{20d7}";
/// Operators that stand between two things, with a space on each side.
const BETWEEN: &str = "=<>≤≥≠≈≡∼→⇒⇔∈∉⊂⊆+-−±×⋅÷∪∩∧∨";

/// A formula in one line. One that cannot be read is as written.
pub fn words(tex: &str, is_block: bool) -> String {
    let read = mathml(tex, is_block).ok().and_then(|math| said(&math));
    read.unwrap_or_else(|| written(tex, is_block))
}

/// What an element holds: the text of each child.
struct Element<'a> {
    name: &'a str,
    children: Vec<String>,
}

fn said(math: &str) -> Option<String> {
    let mut open = vec![Element {
        name: "",
        children: Vec::new(),
    }];
    for piece in math.split('<').skip(1) {
        let (tag, text) = piece.split_once('>')?;
        let name = tag.split([' ', '/']).next()?;
        if tag.starts_with('/') {
            let text = open.pop()?.text();
            open.last_mut()?.children.push(text);
        } else if tag.ends_with('/') {
            let space = if name == "mspace" { " " } else { "" };
            open.last_mut()?.children.push(space.to_owned());
        } else {
            let mut children = Vec::new();
            if !text.is_empty() {
                children.push(decoded(text).nfkc().collect());
            }
            open.push(Element { name, children });
        }
    }
    let text = open.pop().filter(|_| open.is_empty())?.text();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

impl Element<'_> {
    fn text(&self) -> String {
        let child = |at: usize| self.children.get(at).map_or("", String::as_str).trim();
        let all = || self.children.concat();
        match self.name {
            "mfrac" => format!("{}/{}", grouped(child(0)), grouped(child(1))),
            "msqrt" => format!("√{}", grouped(all().trim())),
            "mroot" => format!("{}√{}", raised(child(1)), grouped(child(0))),
            "msup" => child(0).to_owned() + &raised(child(1)),
            "msub" | "munder" => child(0).to_owned() + &lowered(child(1)),
            "msubsup" | "munderover" => {
                child(0).to_owned() + &lowered(child(1)) + &raised(child(2))
            }
            "mover" => match replaced(child(1), ACCENTS) {
                Some(accent) if !accent.is_empty() => child(0).to_owned() + &accent,
                _ => child(0).to_owned() + &raised(child(1)),
            },
            "mtr" => self.joined(" "),
            "mtable" => self.joined("; "),
            "mphantom" => String::new(),
            "mo" => spaced(&all()),
            "mrow" | "mstyle" | "math" | "mtd" | "" => row(&self.children),
            _ => all(),
        }
    }

    fn joined(&self, between: &str) -> String {
        let children = self.children.iter().map(|child| child.trim());
        let children: Vec<_> = children.filter(|child| !child.is_empty()).collect();
        children.join(between)
    }
}

/// What is side by side: an operator at the beginning, or behind another or a bracket, is a sign.
fn row(children: &[String]) -> String {
    let mut text = String::new();
    for child in children {
        let is_sign = child.starts_with(' ')
            && spaced(child.trim()) == *child
            && text
                .trim_end()
                .chars()
                .next_back()
                .is_none_or(|last| BETWEEN.contains(last) || "([{,;".contains(last));
        text.push_str(if is_sign { child.trim() } else { child });
    }
    text
}

fn spaced(operator: &str) -> String {
    if !operator.is_empty() && operator.chars().all(|c| BETWEEN.contains(c)) {
        format!(" {operator} ")
    } else if matches!(operator, "," | ";") {
        format!("{operator} ")
    } else {
        // Applied functions and products that are not seen.
        operator.replace(['\u{2061}', '\u{2062}', '\u{2063}', '\u{2064}'], "")
    }
}

/// In brackets, if it is more than a word.
fn grouped(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

fn raised(text: &str) -> String {
    scripted(text, '^', SUPERSCRIPTS)
}

fn lowered(text: &str) -> String {
    scripted(text, '_', SUBSCRIPTS)
}

fn scripted(text: &str, mark: char, table: &str) -> String {
    if text.is_empty() || matches!(text, "′" | "″" | "∗" | "*") {
        return text.to_owned();
    }
    let narrow: String = text.split_whitespace().collect();
    replaced(&narrow, table).unwrap_or_else(|| format!("{mark}{}", grouped(text)))
}

/// Each character by the one that follows it in the table; none if one is not there.
fn replaced(text: &str, table: &str) -> Option<String> {
    let other = |c: char| {
        let mut pairs = table.chars();
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            if from == c {
                return Some(to);
            }
        }
        None
    };
    text.chars().map(other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_said_in_one_line() {
        for (tex, text) in [
            ("x^2", "x²"),
            (r"\frac{1}{2}", "1/2"),
            (
                r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
                "x = (−b ± √(b² − 4ac))/2a",
            ),
            (r"\sum_{i=0}^{n} i", "∑ᵢ₌₀ⁿi"),
            (r"O(n \log n)", "O(n log n)"),
            (r"\mathcal{O}(n^{k+1})", "O(n^(k + 1))"),
            (r"\hat{\beta} \le \alpha_{ij}", "β̂ ≤ αᵢⱼ"),
            (r"\text{가용성} = 1 - p", "가용성 = 1 − p"),
            (
                r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
                "(a b; c d)",
            ),
            (r"\sqrt[3]{x}", "³√x"),
            (r"a < b \& c", "a < b&c"),
            (r"\frac{1}", r"$\frac{1}$"),
        ] {
            assert_eq!(words(tex, false), text, "{tex}: {:?}", mathml(tex, false));
        }
    }
}
