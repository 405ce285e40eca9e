//! Tests of the cascade: which declaration wins, and what it becomes.
//!
//! Not here: two renderings as one (`pairing.rs`).

use super::inside;

/// The content of a picture, and the expected inline markup.
const CASES: &[(&str, &str)] = &[
    // Order, specificity and importance.
    (
        "<style>rect{fill:red}</style><rect fill='blue'/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>rect{fill:red}rect{fill:lime}</style><rect/>",
        "<rect fill=\"lime\"/>",
    ),
    (
        "<style>.a{fill:red}rect{fill:lime}</style><rect class='a'/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>#i{fill:red}.a.b{fill:lime}</style><rect id='i' class='a b'/>",
        "<rect fill=\"red\" id=\"i\"/>",
    ),
    (
        "<style>rect.a{fill:red}.a{fill:lime}</style><rect class='a'/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>:is(#x,rect){fill:red}.a{fill:lime}</style><rect class='a'/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>:where(#x,rect){fill:red}rect{fill:lime}</style><rect/>",
        "<rect fill=\"lime\"/>",
    ),
    (
        "<style>rect{fill:red!important}#i{fill:lime}</style><rect id='i'/>",
        "<rect fill=\"red\" id=\"i\"/>",
    ),
    (
        "<style>rect{fill:red}</style><rect style='fill:lime'/>",
        "<rect fill=\"lime\"/>",
    ),
    (
        "<style>rect{fill:red !IMPORTANT}</style><rect style='fill:lime'/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>rect{fill:red !important}</style><rect style='fill:lime ! important'/>",
        "<rect fill=\"lime\"/>",
    ),
    (
        "<style>rect{fill:red;fill:12px;fill:}</style><rect/>",
        "<rect fill=\"red\"/>",
    ),
    // Selectors.
    (
        "<style>rect:hover,rect{fill:red}</style><rect/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>rect::before,rect:hover{fill:red}</style><rect/>",
        "<rect/>",
    ),
    (
        "<style>:root>rect{fill:red}</style><rect/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>svg g rect,x{fill:red}</style><g><rect/></g><rect/>",
        "<g><rect fill=\"red\"/></g><rect/>",
    ),
    (
        "<style>rect+rect{fill:red}</style><rect/><script/><rect/>",
        "<rect/><rect fill=\"red\"/>",
    ),
    (
        "<style>rect:nth-of-type(2n){fill:red}</style><rect/><rect/>",
        "<rect/><rect fill=\"red\"/>",
    ),
    (
        "<style>[width='5']{fill:red}</style><rect width='5'/>",
        "<rect fill=\"red\" width=\"5\"/>",
    ),
    (
        "<style>linearGradient stop{stop-color:red}</style><linearGradient><stop/></linearGradient>",
        "<linearGradient><stop stop-color=\"red\"/></linearGradient>",
    ),
    (
        "<style>.a\\:b{fill:red}</style><rect class='a:b'/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>rect{fill:red}}circle{}</style><rect/>",
        "<rect fill=\"red\"/>",
    ),
    // Classes that the style does not use may be the site's.
    (
        "<style>.a{fill:red}</style><rect class='bx a t1'/>",
        "<rect class=\"bx t1\" fill=\"red\"/>",
    ),
    (
        "<style>rect:not(.a,.b){fill:red}</style><rect class='a b c'/>",
        "<rect class=\"c\"/>",
    ),
    // Media.
    (
        "<style>@media screen{rect{fill:red}}@media print{rect{fill:lime}}</style><rect/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<style>@media (max-width:9px),not all{rect{fill:red}}</style><rect/>",
        "<rect/>",
    ),
    (
        "<style>rect{fill:#fff}@media (prefers-color-scheme:dark){rect{fill:#111}}</style><rect/>",
        "<rect fill=\"light-dark(#fff, #111)\"/>",
    ),
    (
        "<style>@media only screen and (prefers-color-scheme: DARK){rect{stroke:#fff}}</style><rect/>",
        "<rect stroke=\"light-dark(transparent, #fff)\"/>",
    ),
    (
        "<style>@media (prefers-color-scheme:dark){rect{fill:#fff}}</style><g fill='tan'><rect/></g>",
        "<g fill=\"tan\"><rect fill=\"light-dark(tan, #fff)\"/></g>",
    ),
    (
        "<style>@media (prefers-color-scheme:dark){rect{fill:red;stroke-width:9}}</style><rect stroke-width='2'/>",
        "<rect fill=\"light-dark(black, red)\" stroke-width=\"2\"/>",
    ),
    (
        "<style>:root{--c:#fff}@media (prefers-color-scheme:dark){:root{--c:#000}}rect{fill:var(--c)}</style><rect/>",
        "<rect fill=\"light-dark(#fff, #000)\"/>",
    ),
    (
        "<style media='(prefers-color-scheme:dark)'>rect{fill:red}</style><rect/>",
        "<rect fill=\"light-dark(black, red)\"/>",
    ),
    (
        "<style>rect{fill:#fff}:root[data-theme=\"dark\"] rect{fill:#111}</style><rect/>",
        "<rect fill=\"#fff\"/>",
    ),
    (
        "<style>.dark rect{fill:#111}</style><g class='dark'><rect/></g><rect/>",
        "<g><rect fill=\"#111\"/></g><rect/>",
    ),
    // Custom properties.
    (
        "<g style='--c:red'><rect fill='var(--c)'/></g>",
        "<g><rect fill=\"red\"/></g>",
    ),
    (
        "<g style='--c:red'><rect style='--c:lime;fill:var(--c)'/></g>",
        "<g><rect fill=\"lime\"/></g>",
    ),
    (
        "<g style='--a:var(--b);--b:var(--c, tan)'><rect fill='var(--a)'/></g>",
        "<g><rect fill=\"var(--c, tan)\"/></g>",
    ),
    (
        "<rect style='--a:var(--b);--b:var(--a);fill:var(--a)' fill='tan'/>",
        "<rect/>",
    ),
    (
        "<rect style='--a:var(--b);--b:var(--a);fill:var(--a, red)'/>",
        "<rect fill=\"red\"/>",
    ),
    (
        "<rect fill='var(--ink,#123)' stroke='var( --x )'/>",
        "<rect fill=\"var(--ink, #123)\" stroke=\"var(--x)\"/>",
    ),
    (
        "<rect style='--w:5px;fill:var(--w);stroke-width:var(--w)'/>",
        "<rect stroke-width=\"5\"/>",
    ),
    (
        "<rect style='--r:255;fill:rgb(var(--r),0,0)'/>",
        "<rect fill=\"rgb(255, 0, 0)\"/>",
    ),
    // Shorthands, geometry and transforms.
    (
        "<text style='font:italic bold 12px/1.5 \"A B\", serif'>x</text>",
        "<text font-family=\"'A B', serif\" font-size=\"12\" font-stretch=\"normal\" font-style=\"italic\" font-variant=\"normal\" font-weight=\"bold\">x</text>",
    ),
    (
        "<marker id='m'/><path style='marker:url(#m)'/>",
        "<marker id=\"m\"/><path marker-end=\"url(#m)\" marker-mid=\"url(#m)\" marker-start=\"url(#m)\"/>",
    ),
    (
        "<rect style='rx:5px;width:7;height:50%'/>",
        "<rect height=\"50%\" rx=\"5\" width=\"7\"/>",
    ),
    ("<g style='rx:5px;x:3px'/>", "<g/>"),
    (
        "<g style='transform:translate(10px, 5px) rotate(45deg) scale(2)'/>",
        "<g transform=\"matrix(1.414213562 1.414213562 -1.414213562 1.414213562 10 5)\"/>",
    ),
    (
        "<g style='transform:translate(10%)' transform='scale(3)'/>",
        "<g transform=\"matrix(3 0 0 3 0 0)\"/>",
    ),
    ("<g style='transform:none' transform='scale(3)'/>", "<g/>"),
    (
        "<path style='d:path(\"M0 0L1 1\")'/>",
        "<path d=\"M0 0L1 1\"/>",
    ),
    (
        "<text style='font-size:16px;font-size:17;cursor:pointer;margin:3px;line-height:2'>x</text>",
        "<text font-size=\"16\">x</text>",
    ),
    // Wide keywords, and what says nothing new.
    (
        "<g fill='red'><rect fill='inherit'/><rect opacity='inherit'/></g>",
        "<g fill=\"red\"><rect/><rect opacity=\"inherit\"/></g>",
    ),
    (
        "<style>rect{fill:unset}</style><rect fill='red'/>",
        "<rect/>",
    ),
    (
        "<g fill='red'><rect fill='red'/><g fill='blue'><rect fill='red'/></g></g>",
        "<g fill=\"red\"><rect fill=\"red\"/><g fill=\"blue\"><rect fill=\"red\"/></g></g>",
    ),
    (
        "<g fill='red'><g><rect fill='red'/></g></g>",
        "<g fill=\"red\"><g><rect fill=\"red\"/></g></g>",
    ),
    (
        "<g opacity='.5'><rect opacity='.5'/></g>",
        "<g opacity=\".5\"><rect opacity=\".5\"/></g>",
    ),
    (
        "<g font-size='2em'><text font-size='2em'>x</text></g>",
        "<g font-size=\"2em\"><text font-size=\"2em\">x</text></g>",
    ),
    (
        "<g fill='red'><rect id='a' fill='red'/></g><use href='#a' fill='tan'/>",
        "<g fill=\"red\"><rect fill=\"red\" id=\"a\"/></g><use fill=\"tan\" href=\"#a\"/>",
    ),
    (
        "<g fill='red' class='bx'><rect fill='red'/></g>",
        "<g class=\"bx\" fill=\"red\"><rect fill=\"red\"/></g>",
    ),
    (
        "<g color='red'><a color='red'><g color='red'/></a></g>",
        "<g color=\"red\"><a color=\"red\"><g color=\"red\"/></a></g>",
    ),
];

#[test]
fn style_becomes_attributes() {
    for (given, baked) in CASES {
        assert_eq!(inside(given), *baked, "{given}");
    }
}

#[test]
fn rules_reach_the_root() {
    let out = super::inline(
        "<svg viewBox='0 0 9 9' id='s' width='9' class='m'><style>#s .a{stroke:tan}#s{fill:red}\
         svg{font-family:x}:root.m{opacity:.5}</style><path class='a'/></svg>",
    );
    assert_eq!(
        out,
        "<svg fill=\"red\" font-family=\"x\" id=\"s\" opacity=\".5\" viewBox=\"0 0 9 9\">\
         <path stroke=\"tan\"/></svg>"
    );
}
