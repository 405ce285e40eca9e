//! Malformed pages: reading them ends, without a panic.

use crate::diagram::lift::{Block, Drawn, Slot, edits, place, read_page};

#[test]
fn hostile_pages_end() {
    let many = |part: &str| part.repeat(200_000 / part.len());
    let mega = |part: &str| part.repeat(1_000_000 / part.len());
    let numbered = |part: &str, count: usize| {
        let parts = (0..count).map(|number| part.replace('#', &number.to_string()));
        parts.collect::<String>()
    };
    for (what, html) in [
        ("nested div", "<div>".repeat(50_000)),
        (
            "closed div",
            "<div>".repeat(50_000) + "x" + &"</div>".repeat(50_000),
        ),
        ("svg", mega("<svg")),
        ("svg blank", mega("<svg ")),
        ("svg tag", mega("<svg>")),
        ("svg path", many("<svg><path>")),
        ("svg both", many("<svg><path/></svg>")),
        ("svg end", many("</svg>")),
        ("svg foreign", many("<svg><foreignObject>")),
        ("svg p", many("<svg><p>")),
        ("figure", many("<figure class=dia><svg><path/></svg>")),
        ("placeholder", many("<div class=placeholder>")),
        ("diagram", many("<div class=diagram><svg><path/></svg>")),
        ("attributes", format!("<p {}>", numbered("a# ", 30_000))),
        ("formatting", numbered("<b id=#>", 200) + &many("<p>x")),
        ("anchors", many("<a href=x>y")),
        ("table", many("<table><tr><td>")),
        ("table text", many("<table>x")),
        ("comments", many("<!--")),
        ("dashes", "<!--".to_owned() + &many("-")),
        ("raw", many("<title>")),
        ("ends", many("</")),
        ("quotes", many("<p a=\"")),
        ("select", many("<select><option>")),
        ("pre", format!("<pre>{}", many("x\n"))),
    ] {
        let page = read_page(&html, true, &|_, _| false);
        let longest = page.pictures.iter().map(|picture| picture.svg.len()).max();
        // A serialised picture may be a few times as long as its source.
        assert!(longest.unwrap_or_default() <= 20 * html.len(), "{what}");
    }
}

/// A generator with the same numbers in every run.
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    usize::try_from(*state >> 40).unwrap_or_default()
}

#[test]
fn pieces_in_any_order_break_nothing() {
    let pieces = [
        "<svg>",
        "</svg>",
        "<svg ",
        "<path/>",
        "<p>",
        "</p>",
        "<figure class=dia>",
        "</figure>",
        "<!--",
        "-->",
        "\"",
        "'",
        ">",
        "<",
        "/",
        "=",
        "가",
        "<table>",
        "<tr>",
        "<td>",
        "<pre>",
        "</pre>",
        "<title>",
        "</title>",
        "<foreignObject>",
        "<style>",
        "</style>",
        "<a href='x'>",
        "</a>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "\n",
        "<li>",
        "<template>",
        "</template>",
        "<math>",
        "<body>",
        "<main>",
        "<b>",
        "</b>",
        "data-lift-at=\"",
        "\0",
        "<figcaption>",
        "<script>",
        "</script>",
    ];
    let mut state = 7;
    for _ in 0..2000 {
        let length = next(&mut state) % 40;
        let html: String = (0..length)
            .map(|_| pieces[next(&mut state) % pieces.len()])
            .collect();
        for keep in [true, false] {
            let page = read_page(&html, keep, &|_, _| false);
            for picture in &page.pictures {
                let start = picture.svg.get(..4).unwrap_or_default();
                assert!(
                    start.eq_ignore_ascii_case("<svg"),
                    "{html:?}: {}",
                    picture.svg
                );
                assert!(picture.svg.ends_with('>'), "{html:?}: {}", picture.svg);
            }
            assert!(
                page.blocks.iter().all(|block| !block.text.contains('\n')),
                "{html:?}"
            );
        }
    }
}

#[test]
fn thousands_of_pictures_and_slots_are_fast() {
    let names: Vec<String> = (0..5000)
        .map(|number| format!("말{number} word{number}"))
        .collect();
    let slots: Vec<Slot<'_>> = names
        .iter()
        .map(|name| Slot {
            name,
            source: name,
            ..Slot::default()
        })
        .collect();
    let said = |name: &String| Drawn {
        words: name.clone(),
        ..Drawn::default()
    };
    let pictures: Vec<Drawn> = names.iter().map(said).collect();
    let even = place(&pictures, &slots);
    assert!(
        even.iter()
            .enumerate()
            .all(|(number, placement)| placement.is_some_and(|(slot, _)| slot == number))
    );
    let uneven = place(&pictures[1..], &slots);
    assert!(uneven.iter().all(Option::is_none));
    let some = place(&pictures[..499], &slots[..500]);
    assert!(
        some.iter()
            .enumerate()
            .all(|(number, placement)| placement.is_some_and(|(slot, _)| slot == number))
    );
}

#[test]
fn long_pages_are_compared() {
    let blocks = |word: &str| -> Vec<Block> {
        let texts = (0..20_000)
            .map(|number| format!("{word} 같은 말 {number}. 그리고 또 다른 문장 {number}."));
        texts.map(|text| Block { text, line: 1 }).collect()
    };
    let (old, new) = (blocks("가"), blocks("나"));
    for exact in [true, false] {
        assert!(edits(&old, &new, exact).len() >= 20_000);
    }
}
