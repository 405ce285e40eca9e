//! A property test: for any combination of fragments the page gets nothing harmful, and reading the
//! markup again changes nothing.

use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};
use proptest::sample::select;

use super::super::adapt::By;
use super::super::read;
use super::harm;
use crate::diagram::tokens::{INK, PAPER};

const FRAGMENTS: &[&str] = &[
    "<svg viewBox='0 0 10 10'>",
    "<svg>",
    "</svg>",
    "<g>",
    "</g>",
    "<rect/>",
    "<text>",
    "</text>",
    "<tspan>",
    "<a href='javascript:x'>",
    "<a href='https://x'>",
    "</a>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<desc>",
    "</desc>",
    "<script>",
    "</script>",
    "<foreignObject>",
    "</foreignObject>",
    "<math>",
    "<mtext>",
    "<p>",
    "</p>",
    "<img src=x onerror=y>",
    "<table>",
    "<td>",
    "<select>",
    "<template>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
    "<!DOCTYPE svg [",
    "]>",
    "rect{fill:red}",
    "@media screen{",
    "}",
    "{",
    "--x:var(--y)",
    "*{fill:url(//x)}",
    ".a,.b:hover{stroke:var(--x,tan)}",
    "&lt;",
    "&#0;",
    "&amp;quot;",
    "&quot;",
    "\"",
    "'",
    "=",
    " onload=x ",
    " style='fill:red;--x:1'",
    " style='",
    " class='a dark'",
    " id='i'",
    "<use href='#i'/>",
    "<use href='#",
    "<path d='M0 0L1.2345 2a1 1 0 01 1 1' fill='url(#i)'",
    ">",
    "/>",
    "<",
    "/",
    "\\",
    "\u{0}",
    "\u{c}",
    "\r",
    " ",
    "\n",
    "x",
    "(",
    ")",
    "url(",
    "u\\72l(",
    "<image href='data:image/png;base64,AA=='/>",
    "<switch>",
    "</switch>",
    "<svg:svg>",
    "<plaintext>",
    "<textarea>",
    "<noscript>",
    "<iframe>",
    "<frameset>",
    "<font color=x>",
    "<linearGradient id='i' href='#i'>",
    "<stop/>",
    "<mask id=\"i\">",
    "<rect transform='scale(.00123)' x='1.23456'",
    "<rect fill='red' style='fill:inherit'/>",
    "@media (prefers-color-scheme:dark){*{fill:#000}}",
    ".dark *{fill:#111}",
    "<g fill='red' font-size='1em'>",
    "<g transform='translate(1 2)'>",
    "<g transform='rotate(4 1 1) scale(2)'>",
    "<svg x='1' width='4' height='4' viewBox='0 0 4 4'>",
    "<text x='2' y='3' text-anchor='middle'>",
    "<tspan dy='1em' x='1'>",
    "<tspan font-weight='normal'>",
    "<rect width='4' height='4' fill='#fff'/>",
    "<rect width='4' height='4' fill='light-dark(#fff, #000)'/>",
    "<path fill='none' stroke='#000' d='M0 0L4 4'/>",
    "<path d='M0 0C1 1 2 2 3 3C4 4 4 5 5 5L5 6L5 7Z'/>",
    "<marker id='i'>",
    "<defs>",
    "</defs>",
    "</tspan>",
];

pub(crate) fn soup() -> impl Strategy<Value = String> {
    let piece = (select(FRAGMENTS), any::<char>(), 0..40u8).prop_map(|(fragment, c, odd)| {
        if odd == 0 {
            c.to_string()
        } else {
            fragment.to_owned()
        }
    });
    prop::collection::vec(piece, 0..40)
        .prop_map(|pieces| format!("<svg viewBox='0 0 10 10'><rect/>{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soup_does_no_harm(text in soup()) {
        let Ok(picture) = read(&text) else {
            return Ok(());
        };
        let out = picture.styled().as_drawn().inline("", &[]);
        assert_eq!(harm(&out), None, "{out}");
        let again = read(&out).map(|again| again.styled().as_drawn().inline("", &[]));
        assert_eq!(again.as_ref(), Ok(&out));
        let file = read(&picture.to_file(&[]));
        assert_eq!(file.as_ref().map(super::super::Cleaned::styled), Ok(picture.styled()));
        let adapted = picture.styled().adapted(INK, PAPER, By::Hand).inline("", &[]);
        assert_eq!(harm(&adapted), None, "{adapted}");
        assert_eq!(file.map(|file| file.to_file(&[])), Ok(picture.to_file(&[])));
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = read(&text);
        let _ = read(&format!("<svg viewBox='0 0 1 1'><style>{text}</style><path d='{text}' style='{text}'/>"))
            .map(|picture| picture.styled().as_drawn().inline(&text, &[(&text, &text)]));
        let inside = format!("<path d='{text}'/><text x='{text}' fill='{text}'>a</text><svg width='1' height='1' viewBox='0 0 1 1'><g transform='{text}'><rect width='9' height='9' fill='{text}'/><polygon points='{text}'/></g></svg>");
        if let Ok(picture) = read(&super::picture(&inside)) {
            picture.styled().adapted(INK, PAPER, By::Hand);
        }
    }
}
