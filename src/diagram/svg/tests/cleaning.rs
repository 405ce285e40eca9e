//! Tests of the cleaning: what is removed, what stays, and how XML files are read.
//!
//! Not here: the table of hostile pictures (`hostile.rs`), and the soup of fragments (`soup.rs`).

use super::super::read;
use super::hostile::HOSTILE;
use super::{harm, inline, inside, picture};

#[test]
fn hostile_pictures_lose_what_harms() {
    for (text, notes, gone) in HOSTILE {
        let text = picture(text);
        let read = match read(&text) {
            Ok(read) => read,
            // What remains after the parser broke out of the picture may be empty.
            Err(error) => {
                assert!(
                    text.contains("<img") || text.contains("<body"),
                    "{error}: {text}"
                );
                continue;
            }
        };
        for note in *notes {
            let found = read.removed().iter().any(|own| own == note);
            assert!(found, "{note} not in {:?}: {text}", read.removed());
        }
        assert_eq!(
            notes.is_empty(),
            read.removed().is_empty(),
            "{:?}: {text}",
            read.removed()
        );
        let out = read.styled().as_drawn().inline("", &[]);
        assert_eq!(harm(&out), None, "{out}");
        let file = read.to_file(&[]);
        for gone in *gone {
            assert!(!out.contains(gone), "{gone} in {out}");
            assert!(
                !file.contains(gone) || gone.starts_with('<'),
                "{gone} in {file}"
            );
        }
        assert_eq!(inline(&out), out);
        assert_eq!(inline(&file), out, "{file}");
    }
}

#[test]
fn links_to_the_web_stay() {
    for (href, kept) in [
        (
            "https://a.b/c?d=e&amp;f#g",
            "href=\"https://a.b/c?d=e&amp;f#g\" rel=\"noopener\"",
        ),
        (" HTTP://a.b ", "href=\"HTTP://a.b\" rel=\"noopener\""),
        ("//a.b/c", "href=\"//a.b/c\" rel=\"noopener\""),
        ("mailto:a@b.c", "href=\"mailto:a@b.c\""),
        ("../x/y.html#z:1", "href=\"../x/y.html#z:1\""),
        ("#place", "href=\"#place\""),
        ("./javascript:x", "href=\"./javascript:x\""),
    ] {
        let out = inside(&format!("<a href='{href}' target='_blank'><rect/></a>"));
        assert_eq!(out, format!("<a {kept}><rect/></a>"));
    }
}

#[test]
fn what_is_drawn_stays() {
    for (given, kept) in [
        (
            "<image href='data:image/PNG;base64,iVBO Rw0='/>",
            "<image href=\"data:image/png;base64,iVBORw0=\"/>",
        ),
        (
            "<g><!-- x --><rect  width = 5 /></g>",
            "<g><rect width=\"5\"/></g>",
        ),
        (
            "<switch><foreignObject/><text>a</text><text>b</text></switch>",
            "<text>a</text>",
        ),
        (
            "<switch><g systemLanguage='de'/><g systemLanguage='fr'/><path/></switch>",
            "<path/>",
        ),
        (
            "<text> a <tspan> </tspan></text> ",
            "<text> a <tspan> </tspan></text>",
        ),
        (
            "<text xml:space='preserve' xml:lang='de'>a</text>",
            "<text lang=\"de\" xml:space=\"preserve\">a</text>",
        ),
        ("stray<g>stray</g>", "<g/>"),
        (
            "<rect fill='URL( \"#g\" ) RED'/><linearGradient id='g'/>",
            "<rect fill=\"url(#g) RED\"/><linearGradient id=\"g\"/>",
        ),
        (
            "<text font-family='\"A B\", c'>x</text>",
            "<text font-family=\"'A B', c\">x</text>",
        ),
        (
            "<filter id='f'><feDropShadow dx='1' stdDeviation='2'/></filter>",
            "<filter id=\"f\"><feDropShadow dx=\"1\" stdDeviation=\"2\"/></filter>",
        ),
        (
            "<text>a&amp;b &#60;c&nbsp;</text>",
            "<text>a&amp;b &lt;c\u{a0}</text>",
        ),
    ] {
        assert_eq!(inside(given), kept);
    }
}

#[test]
fn what_breaks_out_is_not_a_part() {
    assert_eq!(
        inline("<svg viewBox='0 0 9 9'><rect/><p>x</p><circle/></svg><svg><path/></svg>"),
        "<svg viewBox=\"0 0 9 9\"><rect/></svg>"
    );
}

#[test]
fn files_of_xml_are_read() {
    let drawn = "<svg viewBox=\"0 0 9 9\"><rect fill=\"red\"/></svg>";
    for text in [
        "<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x.dtd\" [\n<!ENTITY a \"<svg onload='x'>\">\n]>\n<!-- <svg> --><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect fill='red'/></svg>",
        "\u{feff}<svg viewBox='0 0 9 9'><rect fill='red'></rect></svg>",
        "<!doctype html><title><svg></title><body><p>x<svg viewBox='0 0 9 9'><style><![CDATA[ rect > x, rect { fill: red } ]]></style><rect/></svg>",
        "<svg viewBox='0 0 9 9'><style type='text/css'>&#114;ect{fill:red}</style><style type='text/less'>rect{fill:blue}</style><style media='print'>rect{fill:blue}</style><rect/>",
    ] {
        assert_eq!(inline(text), drawn);
    }
}
