//! Tests of names below figures of sequences.

use crate::diagram::mermaid::draw;
use crate::diagram::svg;
use crate::diagram::svg::place::overlap;

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
            let scene = svg::read(&svg).expect("a picture").styled().scene();
            for line in scene.words {
                let met = scene.shapes.iter().find(|figure| {
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
