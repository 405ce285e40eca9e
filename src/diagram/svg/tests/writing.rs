//! Tests of what is written: ids, numbers, the root, and files.

use kurbo::ParamCurve as _;

use super::super::typed::Value;
use super::super::{Cleaned, read};
use super::{inside, picture};

#[test]
fn ids_are_scoped_with_their_references() {
    let text = picture(
        "<linearGradient id='g'/><linearGradient id='h' href='#g'/><marker id='m m'/><marker id='n'/>\
         <clipPath id='c.1'/><path id='p' fill='url(#g)' stroke='url(#x) tan' clip-path='url(#c.1)' \
         style='marker:url(#n)' mask='url(#gone)'/><path id='p' fill='url(#gone)'/>\
         <use href='#p'/><use xlink:href='#gone'/><a href='#p'><g/></a><a href='#gone'><g/></a>\
         <text aria-labelledby='p gone h' aria-describedby='gone'>x<textPath href='#p'>y</textPath></text>",
    );
    let out = match read(&text) {
        Ok(picture) => picture.styled().as_drawn().inline("d1-", &[]),
        Err(error) => panic!("{error}"),
    };
    assert_eq!(
        out,
        "<svg viewBox=\"0 0 100 100\"><linearGradient id=\"d1-g\"/>\
         <linearGradient href=\"#d1-g\" id=\"d1-h\"/><marker/><marker id=\"d1-n\"/>\
         <clipPath id=\"d1-c.1\"/><path clip-path=\"url(#d1-c.1)\" fill=\"url(#d1-g)\" id=\"d1-p\" \
         marker-end=\"url(#d1-n)\" marker-mid=\"url(#d1-n)\" marker-start=\"url(#d1-n)\" \
         stroke=\"tan\"/><path fill=\"none\"/><use href=\"#d1-p\"/><use/><a href=\"#d1-p\"><g/></a>\
         <a href=\"#gone\"><g/></a><text aria-labelledby=\"d1-p d1-h\">x\
         <textPath href=\"#d1-p\">y</textPath></text><circle r=\"1\"/></svg>"
    );
}

#[test]
fn a_shape_has_no_attribute_that_html_does_not_know_on_it() {
    let out = inside("<circle r='3' width='5' height='5'/><rect width='5' height='5' r='3'/>");
    assert!(out.contains("<circle r=\"3\"/>"), "{out}");
    assert!(out.contains("<rect height=\"5\" width=\"5\"/>"), "{out}");
}

/// The value with two decimals; `None` if it stays a text.
fn rounded_value(name: &str, value: &str) -> Option<String> {
    let value = Value::of(name, value.into());
    value.text().is_none().then(|| value.written(name, Some(2)))
}

#[test]
fn numbers_are_rounded() {
    for (name, given, rounded) in [
        ("x", "1.23456", Some("1.23")),
        ("x", "-0.001", Some("0")),
        ("x", "1e2", Some("100")),
        ("x", "10%", None),
        ("x", "1.2345em", None),
        ("x", "5.999px", Some("6")),
        ("x", "1.001 2.009,3", Some("1 2.01 3")),
        ("x", "1e400", None),
        ("y2", "99999999999", None),
        ("points", "1.005,2 3-4 .5.5", Some("1 2 3 -4 .5 .5")),
        ("points", "1 x", None),
        ("viewBox", "0 0 10.12345 20", Some("0 0 10.12 20")),
        (
            "transform",
            "translate(1.2345,6.789) rotate(-45.55557)",
            Some("matrix(.700217 -.71393 .71393 .700217 1.23 6.79)"),
        ),
        (
            "transform",
            "matrix(0.123456 0 0 .5 10.1234 -5.6789)",
            Some("matrix(.123456 0 0 .5 10.12 -5.68)"),
        ),
        ("transform", "translate(1.234px, 2px)", None),
        ("transform", "rotate(1.2345", None),
        ("transform", "scale(1 2 3)", None),
        ("d", "M1.234,5.678L9.876 5", Some("M1.23 5.68L9.88 5")),
        ("d", "m.001.001.5.5z", Some("M0 0L.5 .5Z")),
        ("d", "M0 0 h.333 .333 .333", Some("M0 0L.33 0L.67 0L1 0")),
        (
            "d",
            "M0 0l.004 0 .004 0z m.001 0",
            Some("M0 0L0 0L.01 0ZM0 0"),
        ),
        (
            "d",
            "M0 0 C1 1 2 2 3.333 3 S 1 1 2 2 q1 1 2 2 T5 5 V1H2",
            Some("M0 0C1 1 2 2 3.33 3C4.67 4 1 1 2 2Q3 3 4 4Q5 5 5 5L5 1L2 1"),
        ),
        (
            "d",
            "M0 0a1 1 0 012 0",
            Some("M0 0C0 -.55 .45 -1 1 -1C1.55 -1 2 -.55 2 0"),
        ),
        ("d", "M0 0 L1", None),
        ("d", "L1 1", None),
        ("d", "M0 0 a1 1 0 2 1 1 1", None),
        ("d", "M0 0 X1", None),
        ("d", "none", None),
        ("stroke-width", "1.23456px", Some("1.23456")),
    ] {
        let found = rounded_value(name, given);
        assert_eq!(found.as_deref(), rounded, "{name}={given}");
        if let Some(found) = found {
            assert_eq!(rounded_value(name, &found).as_deref(), Some(&*found));
        }
    }
}

#[test]
fn errors_of_relative_steps_do_not_add_up() {
    let steps = "l.333.111".repeat(3000);
    let Some(out) = rounded_value("d", &format!("M0 0{steps}")) else {
        panic!("the path is a good one");
    };
    let Value::Path(path) = Value::of("d", out.into()) else {
        panic!("it is a path");
    };
    let last = path.segments().last().map_or(0.0, |last| last.end().x);
    assert!((last - 999.0).abs() < 0.01, "{last}");
}

#[test]
fn small_and_scaled_things_keep_their_digits() {
    for (given, kept) in [
        (
            "<g transform='scale(100)'><path d='M.12345 0L1 1'/></g>",
            "d=\"M.12345 0L1 1\"",
        ),
        ("<linearGradient x1='.12345'/>", "x1=\".12345\""),
        ("<rect x='.12345'/>", "x=\".12\""),
    ] {
        let out = inside(given);
        assert!(out.contains(kept), "{out}");
    }
    let unit = super::inline("<svg viewBox='0 0 .5 .5'><rect x='.12345'/></svg>");
    assert!(unit.contains("x=\".12345\""), "{unit}");
}

#[test]
fn the_root_is_given_what_the_page_needs() {
    let text = "<svg width='10mm' height='1in' role='none' x='5' onload='x'><title> A  b </title>\
                <text>c<tspan>d</tspan></text><desc>e</desc></svg>";
    let Ok(picture) = read(text) else {
        panic!("it is a picture");
    };
    assert!((picture.width - 37.795).abs() < 0.001 && (picture.height - 96.0).abs() < 0.001);
    assert_eq!(picture.title().as_deref(), Some("A  b"));
    let out = picture
        .styled()
        .as_drawn()
        .inline("", &[("role", "img"), ("aria-label", "a \"b\" <c>")]);
    assert!(
        out.starts_with(
            "<svg viewBox=\"0 0 37.795 96\" role=\"img\" aria-label=\"a &quot;b&quot; &lt;c&gt;\"><title>"
        ),
        "{out}"
    );
    let labelled = read("<svg viewBox='0 0 1 1' aria-label='x'><rect/></svg>");
    let title = labelled.ok().and_then(|picture| picture.title());
    assert_eq!(title.as_deref(), Some("x"));
}

#[test]
fn files_read_back_the_same() {
    let text = "<?xml version='1.0'?><svg xmlns:xlink='x' id='m' width='100' height='50' viewBox='0 0 200 100' \
        class='big' data-x='y' style='max-width: 3px; font-size: 12px'>\n  <style><![CDATA[\
        /* </style> */ #m .a > rect, .b:hover, .c\\:d { fill: #fff; stroke: red !important; --x: 'a;b' } \
        @media (prefers-color-scheme: dark) { #m .a > rect { fill: #111 } } @keyframes k { from { fill: red } } \
        @media (prefers-color-scheme: dark) { text { fill: var(--ink, #eee) } }]]></style>\n  \
        <g class='a' aria-label='tab\there'><rect class='c:d' x='1.23456'/></g>\n\
        <text font-family='\"A\"'>a &lt; b &amp;amp; c</text><use xlink:href='#m2'/><g id='m2'/></svg>";
    let Ok(picture) = read(text) else {
        panic!("it is a picture");
    };
    let file = picture.to_file(&[("data-source", "a<b")]);
    assert!(
        file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"big\""),
        "{file}"
    );
    assert!(file.contains(" data-source=\"a&lt;b\""), "{file}");
    assert!(
        file.contains("#m .a &gt; rect,.c\\:d{fill:#fff;stroke:red !important;--x:'a;b'}"),
        "{file}"
    );
    assert!(!file.contains("keyframes") && !file.contains("hover") && !file.contains("CDATA"));
    let again = read(&file);
    assert_eq!(
        again.as_ref().ok().map(Cleaned::styled),
        Some(picture.styled())
    );
    assert_eq!(
        again
            .ok()
            .map(|again| again.to_file(&[("data-source", "a<b")])),
        Some(file)
    );
    let out = picture.styled().as_drawn().inline("s-", &[]);
    assert!(out.contains("light-dark(#fff, #111)"), "{out}");
    assert!(
        out.contains("fill=\"light-dark(black, var(--ink, #eee))\""),
        "{out}"
    );
}
