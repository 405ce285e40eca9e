//! Tests of dark colours, and of readable words.

use super::super::adapt::By;
use super::super::shade;
use super::{styled, written};
use crate::diagram::tokens::{INK, PAPER};

fn adapted(inside: &str) -> String {
    written(&styled(inside).adapted(INK, PAPER, By::Hand))
}

fn value<'a>(out: &'a str, element: &str, name: &str) -> &'a str {
    let from = out.find(&format!("<{element}")).unwrap_or_default();
    let attribute = out[from..]
        .split_once(&format!(" {name}=\""))
        .map(|(_, rest)| rest);
    attribute
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
}

fn pair(value: &str) -> [shade::Rgb; 2] {
    let both = value
        .strip_prefix("light-dark(")
        .and_then(|rest| rest.strip_suffix(')'));
    let (light, dark) = both
        .and_then(|both| both.split_once(", "))
        .unwrap_or((value, value));
    [light, dark].map(|colour| match shade::read(colour) {
        Some((colour, _)) => colour,
        None => panic!("no colour: {value}"),
    })
}

#[test]
fn words_can_be_read_on_every_fill() {
    for fill in [
        "#fff",
        "#000",
        "#f00",
        "#ff0",
        "#e0f2fe",
        "#1d4ed8",
        "#808080",
        "rgb(0,128,0)",
    ] {
        for words in [
            "",
            "fill='#fff'",
            "fill='black'",
            "fill='#7f1d1d'",
            "fill='#777'",
        ] {
            let out = adapted(&format!(
                "<g fill='light-dark(#1a1d1f, #e2e4e3)'><rect width='90' height='40' fill='{fill}'/>\
                 <text x='45' y='20' text-anchor='middle' {words}>word</text></g>"
            ));
            // What repeats the group's is not written.
            let fill_of = |element: &str| {
                let own = out.contains(&format!("<{element} fill"));
                pair(value(&out, if own { element } else { "g" }, "fill"))
            };
            for (words, below) in fill_of("text").iter().zip(&fill_of("rect")) {
                assert!(
                    shade::contrast(words, below) >= 4.5,
                    "{fill} {words:?}: {out}"
                );
            }
        }
    }
}

#[test]
fn words_on_a_gradient_are_read_on_it_in_both_schemes() {
    let picture = |stops: [&str; 2], text: &str| {
        let [first, last] = stops;
        adapted(&format!(
            "<linearGradient id='g'><stop stop-color='{first}'/><stop offset='1' stop-color='{last}'/>\
             </linearGradient><rect width='90' height='40' fill='url(#g)'/>\
             <text x='10' y='25' fill='{text}'>words</text>"
        ))
    };
    let light = picture(["#ffffff", "#99ccff"], "#222");
    assert_eq!(
        light.matches("stop-color=\"light-dark(").count(),
        2,
        "{light}"
    );
    // White words on a dark gradient are as their author wrote them.
    let dark = picture(["#102040", "#203060"], "#ffffff");
    assert!(dark.contains("fill=\"#fff"), "{dark}");
}

#[test]
fn fills_and_lines_have_dark_counterparts() {
    let on = "width='90' height='40'";
    for (before, after) in [
        (format!("<rect {on} fill='#1d4ed8'/>"), "fill=\"#1d4ed8\""),
        (format!("<rect {on} fill='light-dark(#fff, #eee)'/>"), "light-dark(#fff, #eee)"),
        (format!("<rect {on} fill='none' stroke='black'/>"), "stroke=\"light-dark(#1a1d1f, #e2e4e3)\""),
        (format!("<rect {on} fill='none' stroke='#fff'/>"), "stroke=\"#ffffff\""),
        ("<marker id='m'><path d='M0 0H1V1' fill='#fff'/></marker><path d='M0 0H1' fill='none' marker-end='url(#m)'/>".to_owned(),
            "fill=\"light-dark(#fcfcfb, #14171a)\""),
    ] {
        let out = adapted(&before);
        assert!(out.contains(after), "{before}: {out}");
    }
    let out = adapted("<rect width='90' height='40' fill='#e0f2fe'/>");
    let [light, dark] = pair(value(&out, "rect", "fill"));
    assert_eq!(shade::hex(&light), "#e0f2fe");
    assert!((0.2..0.4).contains(&shade::lch(&dark).l), "{out}");
    assert!(
        (shade::lch(&light).h - shade::lch(&dark).h).abs() < 17.0,
        "{out}"
    );
}

#[test]
fn what_is_behind_a_label_is_what_is_below() {
    let label = "<g transform='translate(20 20)'><rect width='30' height='20' fill='light-dark(#fcfcfb, #14171a)'/><text x='15' y='10'>a</text></g>";
    let out = adapted(&format!(
        "<rect width='90' height='60' fill='#e0f2fe'/>{label}"
    ));
    assert_eq!(
        out.matches("fill=\"light-dark(#e0f2fe,").count(),
        2,
        "{out}"
    );
    let out = adapted(&label.replace("width='30'", "width='30' opacity='.5'"));
    assert!(
        !out.contains("opacity") && out.contains("light-dark(#fcfcfb, #14171a)"),
        "{out}"
    );
}

#[test]
fn numbers_are_read_and_written_back() {
    for (text, hex) in [
        ("#abc", "#aabbcc"),
        ("rgb(1, 2, 3)", "#010203"),
        ("rgb(100% 0% 40% / 1)", "#ff0066"),
        ("hsl(120deg, 100%, 50%)", "#00ff00"),
        ("Tomato", "#ff6347"),
    ] {
        let read = shade::read(text);
        assert!(
            read.is_some_and(|(colour, alpha)| shade::hex(&colour) == hex && alpha >= 1.0),
            "{text}"
        );
        let back = read.map(|(colour, _)| shade::hex(&shade::lch(&colour).rgb()));
        assert_eq!(back.as_deref(), Some(hex));
    }
    for text in [
        "",
        "#ab",
        "rgb(1)",
        "rgb(a b c)",
        "currentColor",
        "var(--x)",
        "url(#a)",
        "rgb(",
    ] {
        assert_eq!(shade::read(text), None, "{text}");
    }
}
