//! Tests of what is moved, and of words set off from lines.
//!
//! Not here: real pictures of the renderer; the gallery has them.

use super::{content, styled, written};
use crate::diagram::tokens::PAPER;

#[test]
fn only_words_that_a_line_goes_through_are_set_off() {
    let halo = |inside: &str| {
        let mut picture = styled(inside).as_drawn();
        picture.set_off(PAPER);
        content(&picture).contains("paint-order")
    };
    let line = "<path d='M50 0V100' fill='none' stroke='red'/>";
    let words = "<text x='50' y='50' text-anchor='middle'>words</text>";
    assert!(halo(&format!("{line}{words}")));
    assert!(!halo(&format!("{words}{line}")));
    assert!(!halo(&format!("{line}<text x='60' y='50'>words</text>")));
    assert!(!halo(&format!(
        "{line}<rect width='99' height='99' fill='red'/>{words}"
    )));
    assert!(halo(&format!(
        "{line}<g transform='rotate(90 50 50) translate(0 6)'>{words}</g>"
    )));
}

#[test]
fn labels_on_each_other_are_parted() {
    let label = |x: f64, y: f64| {
        format!(
            "<g transform='translate({x} {y})'><rect width='60' height='20' fill='tan'/><text x='30' y='10'>a</text></g>"
        )
    };
    let parted = |more: &str| {
        let mut picture = styled(&format!("{more}{}{}", label(10.0, 40.0), label(15.0, 45.0)));
        picture.part_labels("flowchart-v2");
        written(&picture)
    };
    let out = parted("");
    assert!(
        out.contains("translate(10 21)") && out.contains("translate(15 45)"),
        "{out}"
    );
    // Without room, they are not moved.
    let walls = "<rect y='20' width='99' height='19' fill='red'/><rect y='66' width='99' height='19' fill='red'/>\
         <rect x='76' width='20' height='99' fill='red'/><rect x='-20' width='29' height='99' fill='red'/>";
    let out = parted(walls);
    assert!(
        out.contains("translate(10 40)") && out.contains("translate(15 45)"),
        "{out}"
    );
}

#[test]
fn a_label_that_would_hide_its_line_is_beside_it() {
    let place = |length: u32| {
        let mut picture = styled(&format!(
            "<path d='M40 0V{length}' fill='none' stroke='red'/><g transform='translate(10 8)'>\
             <rect width='60' height='20' fill='tan'/><text x='30' y='10'>a</text></g>"
        ));
        picture.part_labels("flowchart-v2");
        let out = written(&picture);
        let (_, rest) = out.split_once("translate(").expect("a place");
        rest.split(')').next().map(str::to_owned)
    };
    assert_eq!(
        [30, 60].map(place),
        [Some("10 35".into()), Some("10 8".into())]
    );
}

#[test]
fn a_frame_makes_room_for_the_title_around_it() {
    let mut picture = styled(
        "<g stroke='red'><rect width='200' height='200' fill='tan'/><text stroke='none' x='100' y='16' \
         text-anchor='middle' dominant-baseline='central'>outer</text>\
         <rect x='10' y='20' width='180' height='170' fill='tan'/><text stroke='none' x='100' y='36' \
         text-anchor='middle' dominant-baseline='central'>inner</text>\
         <rect x='20' y='70' width='90' height='40' fill='tan'/></g>",
    );
    picture.clear_titles();
    let out = written(&picture);
    assert!(
        out.contains("y=\"27\"")
            && out.contains("height=\"163\"")
            && out.contains("transform=\"translate(0 7)\""),
        "{out}"
    );
}

#[test]
fn a_title_leaves_the_line_that_crosses_it() {
    let is_moved = |line: &str, more: &str| {
        let mut picture = styled(&format!(
            "<rect x='10' y='40' width='180' height='150' fill='tan' stroke='red'/><text x='100' y='56' \
             text-anchor='middle' dominant-baseline='central'>title</text>\
             <path fill='none' stroke='red' d='{line}'/>{more}"
        ));
        picture.clear_titles();
        written(&picture).contains("translate(")
    };
    let inside = "<rect x='120' y='100' width='40' height='40' fill='tan' stroke='red'/>";
    assert!(is_moved("M100 0V99H118", inside));
    assert!(!is_moved("M30 0V99H118", inside));
    // A box with words is no frame.
    assert!(!is_moved("M100 0V99H118", ""));
}

#[test]
fn a_message_to_oneself_is_above_its_number() {
    let mut picture = styled(
        "<g text-anchor='middle' font-size='12'><line x2='0' marker-start='url(#n)'/><text y='4'>0</text>\
         <text x='9' y='20'>two</text><text x='9' y='32'>lines</text>\
         <path d='M9 40h30v9H9'/><line x1='9' y1='40' x2='9' y2='40' marker-start='url(#n)'/>\
         <text x='9' y='44'>1</text><text x='90' y='32'>else</text></g>\
         <defs><marker id='n'><circle r='9'/></marker></defs>",
    );
    picture.spread_words("sequence");
    let out = written(&picture);
    let moved = out.matches(" transform=\"translate(0 -7)\"").count();
    assert_eq!((moved, out.matches("transform").count()), (2, 2), "{out}");
}

#[test]
fn lines_that_touch_are_led() {
    let lines = |near: u8| {
        let text = |dy: i16| format!("<text x='9' y='9'><tspan x='9' dy='{dy}'>a</tspan></text>");
        let near = i16::from(near);
        let mut picture = styled(&format!("{}{}", text(-near), text(near)));
        picture.lead_lines();
        written(&picture)
    };
    assert!(lines(8).contains("dy=\"-10\"") && lines(8).contains("dy=\"10\""));
    assert!(lines(12).contains("dy=\"12\""));
}

#[test]
fn a_label_of_c4_leaves_the_box_that_it_overlaps() {
    let inside = "<rect x='50' y='40' width='50' height='40' fill='tan'/><line x1='10' y1='60' x2='50' y2='60'/>\
                  <text x='40' y='60'>Uses</text><text x='40' y='76' font-style='italic'>[a]</text>";
    let moved = |kind: &str| {
        let mut picture = styled(inside);
        picture.part_labels(kind);
        written(&picture).matches("translate(").count()
    };
    // Both lines of it.
    assert_eq!((moved("c4"), moved("flowchart-v2")), (2, 0));
}

#[test]
fn the_label_of_a_line_is_on_no_side_of_a_frame() {
    let frame = "<rect width='200' height='80' fill='tan' stroke='red'/>";
    let label = |y: i32| format!("<text font-size='11' x='50' y='{y}'>0..1</text>");
    let is_moved = |inside: &str| {
        let mut picture = styled(inside);
        picture.part_labels("class");
        written(&picture).contains("translate(")
    };
    assert!(is_moved(&format!("{frame}{}", label(84))));
    assert!(!is_moved(&format!("{frame}{}", label(50))));
    let beside = |y: i32| {
        let label = "<rect width='40' height='20' fill='tan'/><text x='20' y='10'>a</text>";
        let mut picture = styled(&format!(
            "{frame}<g transform='translate(20 {y})'>{label}</g>"
        ));
        picture.part_labels("flowchart-v2");
        !written(&picture).contains(&format!("translate(20 {y})"))
    };
    assert_eq!([74, 30, 90].map(beside), [true, false, false]);
}

#[test]
fn a_label_finds_a_place_beside_two_boxes() {
    let inside = "<rect x='50' y='40' width='50' height='40' fill='tan'/><rect x='-9' y='20' width='59' height='60' fill='tan'/>\
                  <line x1='10' y1='60' x2='50' y2='60'/><text x='52' y='60'>Uses</text><text x='60' y='76'>[a]</text>";
    let mut picture = styled(inside);
    picture.part_labels("c4");
    let out = written(&picture);
    // Both lines, by the same way, although one is not below the middle of the other.
    let (_, moved) = out.split_once("translate(").expect("a way");
    let (way, rest) = moved.split_once(')').expect("an end");
    assert!(rest.contains(&format!("translate({way})")), "{out}");
}

#[test]
fn a_lowered_line_has_no_font() {
    let mut picture = styled(
        "<g font-size='9' stroke='red'><path fill='none' marker-end='none' d='M0 0V9'/><text y='9'>a</text></g>",
    );
    picture.lower_lines("c4");
    let out = written(&picture);
    let line = out
        .split("<path")
        .nth(1)
        .and_then(|rest| rest.split('>').next());
    assert!(
        line.is_some_and(|line| !line.contains("font") && line.contains("red")),
        "{out}"
    );
}

#[test]
fn lines_are_below_boxes_and_words() {
    let lowered = |kind: &str, line: &str| {
        let mut picture = styled(&format!(
            "<rect width='9' height='9' fill='tan'/><text>a</text><g stroke='red'>{line}</g>"
        ));
        picture.lower_lines(kind);
        let out = written(&picture);
        out.find("M0 0") < out.find("<rect") && out.contains("stroke=\"red\"")
    };
    let relation = "<path d='M0 0H9' fill='none' marker-start='url(#a)'/>";
    let frame = "<path d='M0 0H9' fill='none' stroke-dasharray='2'/>";
    assert!(lowered("c4", relation) && lowered("architecture", frame));
    assert!(!lowered("c4", frame) && !lowered("flowchart-v2", relation));
}

#[test]
fn the_outline_of_a_clear_shape_is_a_line() {
    let mut picture = styled(
        "<circle cx='50' cy='50' r='40' fill='tan' fill-opacity='.1' stroke='red'/>\
         <text x='90' y='50' text-anchor='middle'>words</text>",
    )
    .as_drawn();
    picture.set_off(PAPER);
    assert!(content(&picture).contains("paint-order"));
}

#[test]
fn a_note_is_as_wide_as_its_words() {
    let fitted = |kind: &str, words: &str| {
        let mut picture = styled(&format!(
            "<rect x='10' y='10' width='40' height='20'/><text x='30' y='20' text-anchor='middle'>{words}</text>"
        ));
        picture.fit_words(kind);
        written(&picture)
    };
    assert!(fitted("sequence", "a").contains(" width=\"40\" x=\"10\""));
    let wider = fitted("sequence", "a not");
    assert!(!wider.contains(" width=\"40\""), "{wider}");
    assert!(fitted("er", "a note").contains(" width=\"40\""));
}

#[test]
fn dates_that_overlap_are_in_rows() {
    let date = |x: u32| format!("<text x='{x}' y='90' font-size='10'>2026-01-01</text>");
    let rows = |step: u32| {
        let mut picture = styled(&[date(0), date(step), date(step * 2)].concat());
        picture.fit_words("gantt");
        let out = written(&picture);
        [0, 1, 2].map(|row| {
            out.matches(&format!(" y=\"{}\"", 90.0 + f64::from(row) * 12.5))
                .count()
        })
    };
    assert_eq!(rows(70), [3, 0, 0]);
    assert_eq!(rows(40), [2, 1, 0]);
    assert_eq!(rows(25), [1, 1, 1]);
}

#[test]
fn a_task_is_as_wide_as_its_words_behind_its_actors() {
    let mut picture = styled(
        "<rect x='10' y='10' width='40' height='20'/><circle cx='14' cy='10' r='7'><title>b</title></circle>\
         <text x='30' y='20' text-anchor='middle'>a not</text>",
    );
    picture.fit_words("journey");
    let out = written(&picture);
    assert!(!out.contains(" width=\"40\""), "{out}");
}

#[test]
fn a_title_in_the_middle_that_is_cut_makes_the_picture_grow() {
    let held = |y: u32| {
        let mut picture = styled(&format!(
            "<text x='50%' y='{y}' font-size='32' text-anchor='middle' dominant-baseline='middle'>a</text>"
        ));
        picture.settle_units();
        picture.hold_words();
        // Where the picture grows to a side, a share would be another place.
        assert!(!written(&picture).contains('%'));
        picture.height
    };
    assert!(held(16) > held(40), "{}", held(16));
}

#[test]
fn margins_in_which_nothing_is_drawn_are_cut() {
    let size = |inside: &str| {
        let mut picture = styled(inside);
        picture.cut_margins();
        (picture.width, picture.height)
    };
    let whole = size("<rect width='100%' height='9'/>");
    let (width, height) = size("<rect x='45' y='45' width='9' height='9'/>");
    assert!(width < whole.0 && height < whole.1, "{width} {height}");
    // Where something is in a place that is not known, nothing is cut.
    let unknown = "<rect x='45' y='45' width='9' height='9'/><rect width='100%' height='9'/>";
    assert_eq!(size(unknown), whole);
}

#[test]
fn turned_words_meet_where_they_are_and_not_where_their_boxes_are() {
    let met = |one: &str, other: &str| {
        let words = |transform: &str| {
            format!("<text text-anchor='middle' transform='{transform}'>words of a line</text>")
        };
        let inside = format!(
            "<g transform='translate(99 99)'>{}{}</g>",
            words(one),
            words(other)
        );
        styled(&inside).as_drawn().met_words().is_some()
    };
    assert!(met("rotate(-45)", ""));
    assert!(met("rotate(-45)", "rotate(45)"));
    assert!(met("rotate(-45)", "rotate(-45) translate(20 5)"));
    assert!(!met("rotate(-45)", "translate(40) rotate(-45)"));
    assert!(!met("rotate(-45)", "translate(0 90)"));
}
