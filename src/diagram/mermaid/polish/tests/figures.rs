//! Tests of names below figures of sequences.

use crate::diagram::mermaid::draw;
use crate::diagram::svg;
use crate::diagram::svg::family::Family;
use crate::diagram::svg::ground::shapes;
use crate::diagram::svg::place::{overlap, words};

#[test]
fn names_of_several_lines_are_clear_of_their_figures() {
    for kind in [
        "actor", "boundary", "control", "entity", "database", "queue",
    ] {
        for boxed in [false, true] {
            let part = format!("participant U@{{ \"type\": \"{kind}\" }} as 사용자<br/>User\n");
            let part = if boxed {
                format!("box 앞\n {part} end\n")
            } else {
                part
            };
            let source = format!("sequenceDiagram\n {part} participant V\n U->>V: x\n");
            let svg = draw(&source).expect("a picture").placed("1", "");
            let nodes = svg::read(&svg).expect("a picture").styled().nodes;
            let family = Family::of(&nodes);
            let figures = shapes(&nodes, &family);
            for line in words(&nodes, &family) {
                let met = figures.iter().find(|figure| {
                    let shared = overlap(&figure.bounds, &line.bounds);
                    shared.width >= 0.0
                        && shared.height > 3.0
                        && !figure.bounds.contains(line.bounds.center())
                });
                assert!(met.is_none(), "{kind}: {svg}");
            }
        }
    }
}
