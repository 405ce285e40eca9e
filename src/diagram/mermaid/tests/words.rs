//! Tests of whether words are missing.

use super::super::words::texts;
use crate::diagram::lost::lost;
use crate::diagram::svg::labelled;

#[test]
fn a_word_that_is_missing_is_found() {
    let read = |inside: &str| labelled(&format!("<svg>{inside}</svg>")).expect("a tree");
    let label = "<foreignObject><p>위 <b>아래</b> &amp; x<sup>2</sup></p></foreignObject>";
    let before = texts(&read(&format!(
        "{label}<switch><foreignObject><p>말</p></foreignObject><text>말</text></switch>\
         <text style='display: none'>숨은</text><style>a{{b:c}}</style>"
    )));
    for (after, expected) in [
        ("<text>위 아</text><text>래 &amp; x²말</text>", None),
        ("<text>말• &amp;위 <tspan>아</tspan>래 x2</text>", None),
        ("<text>위 래 &amp; x² 말</text>", Some("아래")),
        ("<text>위 아래 x² 말</text>", Some("&")),
        ("<title>위 아래 &amp; x² 말</title>", Some("위")),
    ] {
        assert_eq!(
            lost(&before, &texts(&read(after))).as_deref(),
            expected,
            "{after}"
        );
    }
}
