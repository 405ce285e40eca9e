//! Tests of braces that share a line with what is in them.

use crate::diagram::mermaid::draw;

#[test]
fn a_body_may_end_in_the_line_of_a_member() {
    for source in [
        "classDiagram\n class F { +x }\n F --> G\n",
        "classDiagram\n class F{+x}\n",
        "classDiagram\n class F {\n  +x }\n",
        "classDiagram\n class F { +x\n }\n",
        "classDiagram\n namespace N {\n  class E\n  class F { +x }\n }\n E --> F\n",
        "classDiagram\n namespace N { class F { +x } }\n",
        "classDiagram\n namespace N { class E\n class F { +x } }\n class G { +y }\n",
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
