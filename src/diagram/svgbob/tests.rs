//! Pictures made of characters, and what is drawn of them.

use super::super::{Cause, Drawing, Failure, Work, draw};
use super::words::Sheet;

fn drawn(source: &str) -> Result<Drawing, Failure> {
    draw(&Work::Fence {
        language: "svgbob".to_owned(),
        source: source.to_owned(),
    })
}

fn placed(source: &str) -> String {
    drawn(source)
        .unwrap_or_else(|failure| panic!("{failure}\n{source}"))
        .placed("1", "")
}

/// Each word with its column and its cells.
fn words(source: &str) -> Vec<(String, usize, usize)> {
    let words = Sheet::of(source).words.into_iter();
    words
        .map(|word| (word.text, word.column, word.cells))
        .collect()
}

#[test]
fn a_syllable_has_two_cells() {
    let source = "+--------+   +-----+\n| 요청ab |-->| GET |\n+--------+   +-----+\n";
    let sheet = Sheet::of(source);
    assert_eq!(
        words(source),
        [("요청ab".to_owned(), 2, 6), ("GET".to_owned(), 15, 3)]
    );
    assert_eq!(sheet.strokes.lines().nth(1), Some("|        |-->|     |"));
    assert_eq!((sheet.width, sheet.height), (20, 3));
    let svg = placed(source);
    let text = svg.find("요청ab</text>").expect("one run");
    let tag = &svg[svg[..text].rfind("<text").unwrap()..text];
    for attribute in ["x=\"16\"", "y=\"28\"", "textLength=\"48\""] {
        assert!(tag.contains(attribute), "{tag}");
    }
    assert!(svg.contains("<rect"), "{svg}");
    assert!(!svg.contains("class="), "{svg}");
}

#[test]
fn the_smallest_circle_is_whole() {
    for ends in ["`-'", "'-'"] {
        let svg = placed(&format!(" .-.\n(   )\n {ends}\n"));
        assert!(svg.contains("r=\"16\"") && !svg.contains("<text"), "{svg}");
    }
}

#[test]
fn words_are_told_from_strokes() {
    for (source, expected) in [
        ("o--x  v  V", &[][..]),
        ("ab cd  ef", &["ab cd", "ef"]),
        (
            "foo-bar a/bc 10.0.0.1 d_ef",
            &["foo-bar a/bc 10.0.0.1 d_ef"],
        ),
        ("o-o a.b", &["a.b"]),
        ("(한 글) (x) (yz)", &["(한 글) (x) (yz)"]),
        ("--요청-->", &["요청"]),
        (
            "요청, 응답: \"a -> b\" \"",
            &["요청, 응답:", "a -> b", "\""],
        ),
        ("\"\"", &[]),
        ("{big} {a}\n# Legend:\n", &[]),
        ("{big} {a}", &["{big}", "{a}"]),
        ("e\u{301}e\u{301}", &["e\u{301}e\u{301}"]),
        ("\ta b\tcd", &["cd"]),
        ("🙂", &["🙂"]),
    ] {
        let found: Vec<String> = words(source).into_iter().map(|(text, ..)| text).collect();
        assert_eq!(found, expected, "{source}");
    }
    assert_eq!(words("\ta b\tcd"), [("cd".to_owned(), 16, 2)]);
    assert_eq!(
        words("\"한\"글"),
        [("한".to_owned(), 1, 2), ("글".to_owned(), 4, 2)]
    );
}

/// Each is a word as it is written, in a row of others and alone in a box.
#[test]
fn signs_beside_letters_are_in_their_word() {
    let words = [
        "main()",
        "f(x)",
        "foo(a, b)",
        "x[1]",
        "<T>",
        "Vec<T>",
        "Map<K,V>",
        "--flag",
        "-v",
        "*args",
        "**kw",
        "a.b()",
        "__init__",
        "_x",
        "$HOME",
        "&mut",
        "@user",
        "#tag",
        "50%",
        "a|b",
        "50~60",
        "`code`",
        "'x'",
        "a==b",
        "a!=b",
        "x+1=2",
        "C++",
        "i++",
        "./run.sh",
        "../x",
        "/etc/hosts",
        "*.rs",
        "~/x",
        "C:\\x",
        "{a: 1}",
        "요청()",
        "foo...",
        "10°C",
        "a::bc::d",
        "ab + cd",
        "foo!",
    ];
    let rows = words.map(|word| {
        let blanks = 12 - Sheet::of(word).width;
        format!("| {word}{} |\n", " ".repeat(blanks))
    });
    let rule = format!("+{}+\n", "-".repeat(14));
    let in_one_box = format!("{rule}{}{rule}", rows.concat());
    let in_boxes = format!("{rule}{}{rule}", rows.join(&rule));
    for source in [in_one_box, in_boxes, words.join("   ")] {
        let found = Sheet::of(&source).words;
        let texts: Vec<&str> = found.iter().map(|word| &*word.text).collect();
        assert_eq!(texts, words, "{source}");
    }
}

#[test]
fn strokes_beside_letters_are_no_part_of_a_word() {
    for (source, expected) in [
        ("main()-->foo()", &["main()", "foo()"][..]),
        ("A --yes and no--> B", &["yes and no"]),
        ("+--ab  |--cd  '--ef", &["ab", "cd", "ef"]),
        (" .--.\n(ab  )\n '--'", &["ab"]),
        ("  .--.\n ( ab )\n  '--'", &["ab"]),
        ("|\n+ab\n|", &["ab"]),
        ("|\n*ab\n|", &["ab"]),
        ("|ab|cd|\n|ef|gh|", &["ab", "cd", "ef", "gh"]),
        ("  /\n /ab\n/", &["ab"]),
        (".....\n:ab :\n'''''", &["ab"]),
        ("   |\nab v cd\n", &["ab", "cd"]),
        ("ab==>cd <--ef___", &["ab", "cd", "ef"]),
    ] {
        let found: Vec<String> = words(source).into_iter().map(|(text, ..)| text).collect();
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn it_has_the_colours_of_the_site() {
    let svg = placed(
        "+---+\n|{a} |-->  <ab> & \"<script>\"\n+---+\n\n# Legend:\na = {\n  fill: red;\n}\n",
    );
    assert!(svg.contains("var(--ink)"), "{svg}");
    for absent in ["black", "white", "<style", "<script", "#000"] {
        assert!(!svg.contains(absent), "{absent} in {svg}");
    }
    assert!(svg.contains("&lt;script&gt;"), "{svg}");
}

#[test]
fn words_alone_are_a_picture() {
    assert!(placed("한 글").contains("한 글</text>"));
}

#[test]
fn the_budget_is_counted() {
    for (source, message) in [
        ("+\n".repeat(401), "more than 400 lines"),
        ("+".repeat(401), "more than 400 cells in a line"),
        (
            ("+-".repeat(200) + "\n").repeat(11),
            "more than 4000 strokes",
        ),
    ] {
        let failure = drawn(&source).unwrap_err();
        assert_eq!(
            (failure.message.as_str(), failure.cause),
            (message, Cause::Large)
        );
    }
    // The largest that is tried: one net of lines.
    assert!(drawn(&("+-".repeat(50) + "\n").repeat(40)).is_ok());
}

#[test]
fn whatever_is_in_a_source_it_ends() {
    let parts = [
        "\"",
        "{",
        "}",
        "# Legend:",
        "a = {",
        "한",
        "o",
        "+",
        "-",
        "|",
        "\\",
        "/",
        ".",
        "'",
        "(",
        ")",
        "<",
        ">",
        "&",
        "\t",
        "\n",
        " ",
        "é",
        "\u{301}",
        "\u{200d}",
        "│",
        "─",
        "┼",
        "_",
        "*",
        "#",
        "~",
        ":",
        "=",
    ];
    let mut state = 7_usize;
    for _ in 0..60 {
        let mut source = String::new();
        for _ in 0..80 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            source.push_str(parts[(state >> 33) % parts.len()]);
        }
        if let Ok(drawing) = drawn(&source) {
            assert!(!drawing.placed("1", "").contains("<style"), "{source}");
        }
    }
}

#[test]
fn colours_of_a_legend_have_dark_counterparts() {
    let source = ".----.\n|{a} |\n'----'\n\n# Legend:\na = {\n    fill:papayawhip;\n}\n";
    let svg = drawn(source).expect("a picture").placed("1", "이름");
    assert!(svg.contains("fill=\"light-dark(#ffefd5, #"), "{svg}");
}
