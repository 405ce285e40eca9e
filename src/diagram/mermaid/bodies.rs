//! Bodies of classes that end in the line of a member, `class A { +x }`: the renderer takes the rest of
//! such a line for the member.
//!
//! Not here: all other ends of lines (`source`).

use std::borrow::Cow;

use super::source::{Is, kind, lines};

/// The end of a line that the source does not have; blanks at the end of a line mean nothing.
pub(super) const ADDED: &str = "\t \t\n";

/// The source with the end of each body of a class in a line of its own.
pub(super) fn closed(source: &str) -> Cow<'_, str> {
    if kind(source) != Some("classDiagram") {
        return source.into();
    }
    let mut closed = String::with_capacity(source.len());
    let mut in_body = false;
    for (is, line) in lines(source) {
        let is_class = line.trim_start().starts_with("class ");
        let open = start(line).filter(|_| is == Is::Statement && is_class && !in_body);
        in_body |= open.is_some();
        let (head, body) = line.split_at(open.unwrap_or_default());
        closed.push_str(head);
        let stop = stop(body).filter(|_| is == Is::Statement && in_body);
        in_body &= stop.is_none();
        let (members, rest) = body.split_at(stop.unwrap_or_default());
        closed.push_str(members);
        if !members.trim().is_empty() {
            closed.push_str(ADDED);
        }
        closed.push_str(rest);
    }
    closed.into()
}

/// Where a body begins in a line: behind its brace, which is in no quotes.
fn start(line: &str) -> Option<usize> {
    let mut quote = None;
    let open = line.find(|c| match quote {
        None => {
            quote = Some(c).filter(|c| matches!(c, '"' | '`'));
            c == '{'
        }
        Some(own) => {
            quote = Some(own).filter(|own| *own != c);
            false
        }
    });
    open.map(|open| open + 1)
}

/// Where a body ends in a line: at the first brace that is not open.
fn stop(body: &str) -> Option<usize> {
    let mut open = 0_usize;
    body.find(|c| {
        let left = open.checked_sub(usize::from(c == '}'));
        open = left.unwrap_or_default() + usize::from(c == '{');
        left.is_none()
    })
}

#[cfg(test)]
mod tests {
    use crate::diagram::mermaid::draw;

    #[test]
    fn a_body_may_end_in_the_line_of_a_member() {
        for source in [
            "classDiagram\n class F { +x }\n F --> G\n",
            "classDiagram\n class F{+x}\n",
            "classDiagram\n class F {\n  +x }\n",
            "classDiagram\n class F { +x\n }\n",
            "classDiagram\n namespace N {\n  class E\n  class F { +x }\n }\n E --> F\n",
            "classDiagram\n class A[\"a {b\"] { <<interface>> }\n A : +x\n",
            "classDiagram\n class F {\n  +y = {}\n  +x\n }\n",
        ] {
            let svg = draw(source).expect(source).placed("1", "");
            assert!(svg.contains(">+x</text>"), "{source}: {svg}");
        }
    }

    #[test]
    fn a_failure_behind_one_has_its_line() {
        let failure = draw("classDiagram\n class F { +x }\n class G { +y }\n F --> --> G\n");
        assert_eq!(failure.expect_err("a mistake").line, Some(4));
    }
}
