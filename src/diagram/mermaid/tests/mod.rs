//! Tests of drawing Mermaid sources.

mod bodies;
mod hash;
mod listed;
mod marks;
mod rich;
mod title;
mod words;

use kurbo::Rect;

use super::super::Lack;
use super::super::svg;
use super::super::svg::parts::{Kind, Part};
use super::super::svg::place::{holds, overlap};
use super::super::svg::tree::What;
use super::draw;
use super::marks::unmarked;
use super::source::{INVISIBLE, joined};
use crate::diagram::Cause;
use crate::diagram::widths;

macro_rules! family {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../../tests/diagrams/", $name, ".mmd")),
        )
    };
}

/// A source of every family of diagrams, with its name.
const FAMILIES: &[(&str, &str)] = &[
    family!("architecture"),
    family!("block"),
    family!("c4"),
    family!("class"),
    family!("cynefin"),
    family!("er"),
    family!("eventmodeling"),
    family!("flowchart"),
    family!("flowchart-formula"),
    family!("flowchart-handdrawn"),
    family!("gantt"),
    family!("git"),
    family!("info"),
    family!("ishikawa"),
    family!("journey"),
    family!("kanban"),
    family!("mindmap"),
    family!("packet"),
    family!("pie"),
    family!("quadrant"),
    family!("radar"),
    family!("railroad"),
    family!("requirement"),
    family!("sankey"),
    family!("sequence"),
    family!("state"),
    family!("swimlane"),
    family!("timeline"),
    family!("treemap"),
    family!("treeview"),
    family!("usecase"),
    family!("venn"),
    family!("wardley"),
    family!("xychart"),
];

#[test]
fn the_disc_of_a_number_keeps_its_colour_on_a_dark_block() {
    let source = "sequenceDiagram\n autonumber\n rect rgb(0, 0, 0)\n A->>B: a\n end";
    let picture = draw(source).unwrap().placed("s", "");
    let (_, disc) = picture.split_once("<circle").unwrap();
    let (disc, _) = disc.split_once('>').unwrap();
    assert!(!disc.contains("light-dark"), "{disc}");
    assert!(disc.contains("stroke=\"var(--paper)\""), "{disc}");
}

#[test]
fn no_mark_is_left_in_any_family() {
    for (name, source) in FAMILIES {
        let drawing = draw(source).unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let svg = drawing.placed("1", "이름");
        for (at, _) in svg.match_indices(['#', 'r', 'h']) {
            let colour = match &svg[at..] {
                hex if hex.starts_with('#') => hex.get(..7),
                call => call.find(')').and_then(|end| call.get(..=end)),
            };
            let colour = colour.map(|colour| Part::new(Kind::Colour, colour));
            let left = colour.and_then(|colour| unmarked(&colour));
            assert_eq!(left, None, "{name}: {}", &svg[at.saturating_sub(80)..]);
        }
    }
}

#[test]
fn a_diagram_becomes_a_picture_of_both_schemes() {
    let drawing = draw("flowchart LR\n  a[리스너] --> b\n").expect("a picture");
    assert!(drawing.width > 50.0 && drawing.height > 20.0);
    let svg = drawing.placed("1", "이름");
    assert!(svg.contains("리스너"), "{svg}");
    assert!(svg.contains("var(--raised)"), "{svg}");
    assert!(!svg.contains("<style") && !svg.contains(" style="), "{svg}");
}

#[test]
fn words_are_joined_unless_no_line_holds_them() {
    let long = "가".repeat(16);
    for (source, expected) in [
        ("a 리스너, 한글", "a 리\u{2060}스\u{2060}너, 한\u{2060}글"),
        ("가", "가"),
        ("", ""),
        (long.as_str(), long.as_str()),
    ] {
        assert_eq!(joined(source), expected);
    }
    assert!(joined(&"가".repeat(15)).contains(INVISIBLE));
}

#[test]
fn no_words_are_lost_that_look_like_markup() {
    for (source, words) in [
        (
            "sequenceDiagram\n A->>B: fix #1 for List&lt;T&gt; please\n",
            "fix #1 for List&lt;T&gt; please",
        ),
        (
            "sequenceDiagram\n A->>B: a\n Note over A: see #2 &amp; more\n",
            "see #2 &amp; more",
        ),
        (
            "flowchart LR\n a[\"Map<String,Integer> all\"] <--> b\n",
            "Map&lt;String,Integer&gt; all",
        ),
        (
            "flowchart LR\n a[\"if a<b and c>d\"] --> b\n",
            "if a&lt;b and c&gt;d",
        ),
        (
            "mindmap\n r\n  Map<String,Integer>\n",
            "Map&lt;String,Integer&gt;",
        ),
        (
            "stateDiagram-v2\n state f <<fork>>\n A --> B: Opt<T> x\n A --> f\n",
            "Opt&lt;T&gt; x",
        ),
        (
            "classDiagram\n class A\n <<interface>> A\n A <|-- B : uses List<T> here\n",
            "uses List&lt;T&gt; here",
        ),
    ] {
        let svg = draw(source).expect("a picture").placed("1", "");
        assert!(svg.contains(&format!(">{words}<")), "{source}: {svg}");
    }
}

#[test]
fn a_source_that_says_nothing_is_no_picture() {
    for source in [
        "gantt\n",
        "packet-beta\n",
        "treemap-beta\n",
        "journey\n",
        "pie\n",
        "timeline\n",
    ] {
        let failure = draw(source).expect_err(source);
        assert_eq!(failure.message, "the picture draws nothing", "{source}");
    }
}

#[test]
fn boxes_of_a_large_mindmap_do_not_cover_words() {
    let branch = |number: usize| {
        let leaves = (0..8).map(|leaf| format!("   leaf {number}{leaf}\n"));
        format!("  B{number}\n{}", leaves.collect::<String>())
    };
    let source = format!(
        "mindmap\n root\n{}",
        (0..20).map(branch).collect::<String>()
    );
    let svg = draw(&source).expect("a picture").placed("1", "");
    // What is painted later covers what is painted before.
    let last_box = svg.rfind("<path").or(svg.rfind("<rect")).expect("boxes");
    assert!(
        svg.find("<text").expect("words") > last_box.min(svg.rfind("<rect").unwrap_or(last_box))
    );
}

#[test]
fn marks_of_an_axis_that_would_meet_are_in_rows() {
    let months = "January, February, March, April, May, June, July, August, September, October, November, December";
    for source in [
        format!("xychart-beta\n x-axis \"Month\" [{months}]\n bar [1,2,3,4,5,6,7,8,9,8,7,6]\n"),
        "gantt\n dateFormat YYYY-MM-DD\n A :2024-01-01, 90d\n vert mark :vert, v1, 2024-02-10, 0d\n".to_owned(),
        "journey\n section s\n Make tea: 5: Me\n Write the documentation for the deployment pipeline: 3: Me\n".to_owned(),
    ] {
        draw(&source).expect("a picture");
    }
}

#[test]
fn long_words_of_boxes_of_one_width_are_in_lines() {
    let word = "VeryLongIdentifier_WithoutAnySpacesInItWhichGoesOnAndOn";
    for source in [
        format!("timeline\n 2004 : {word} : b\n {word} : c\n 2006 : d\n"),
        format!("journey\n section {word}\n {word}: 5: Me\n section s\n b: 3: Me\n"),
        "journey\n section A very long section name over one task\n b: 3: Me\n".to_owned(),
        format!("kanban\n a\n  {word}\n b\n  c\n"),
        "timeline\n 2006 : https://example.com/long/url/without/any/break/point\n 2007 : b\n"
            .to_owned(),
        "journey\n section s\n 배포파이프라인점검및롤백계획수립하기: 4: a\n 짧음: 5: b\n"
            .to_owned(),
        "journey\n section s\n control-plane-upgrade-and-verification: 4: a\n b: 5: b\n".to_owned(),
    ] {
        let svg = draw(&source).expect("a picture").placed("1", "");
        let texts = svg.split('>').filter_map(|part| part.split_once("</t"));
        let longest = texts.map(|(text, _)| text.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= 26), "{svg}");
    }
}

#[test]
fn a_long_task_is_inside_its_box() {
    let task = "Write the documentation for the deployment pipeline and its parts";
    let source = format!("journey\n section s\n {task}: 3: Me\n b: 3: Me\n");
    let svg = draw(&source).expect("a picture").placed("1", "");
    let lines = task
        .split(' ')
        .next()
        .map(|first| svg.matches(first).count());
    assert_eq!(lines, Some(1), "{svg}");
    assert!(svg.contains(">Write the documentation for<"), "{svg}");
}

#[test]
fn a_long_word_is_broken_and_keeps_its_letters() {
    let word = "아주긴한국어라벨이띄어쓰기없이계속이어지는경우에도넘치지않아야합니다";
    for source in [
        format!("flowchart LR\n a[\"{word}\"]\n"),
        format!("flowchart TD\n a -->|{word}| b\n"),
    ] {
        let drawing = draw(&source).expect("a picture");
        assert!(drawing.width < 400.0, "{source}: {}", drawing.width);
        let svg = drawing.placed("1", "이름");
        let lines: Vec<&str> = svg
            .split(['<', '>'])
            .filter(|part| part.starts_with(|c| word.contains(c)) && word.contains(part))
            .collect();
        assert!(lines.len() > 1 && lines.concat() == word, "{lines:?}");
    }
}

#[test]
fn a_hash_ends_no_text() {
    for source in [
        "sequenceDiagram\n A#1->>B: 요청 #1 처리\n",
        "sequenceDiagram\n Note over A: 요청 #1 처리\n",
        "sequenceDiagram\n box 요청 #1 처리\n participant A\n end\n rect #fff\n A->>A: x\n end\n",
        "journey\n section 요청 #1 처리\n x: 5: C#\n",
        "timeline\n title x\n y : 요청 #1 처리\n",
        "requirementDiagram\n requirement r {\n id: 1\n text: 요청 #1 처리\n }\n",
        "stateDiagram-v2\n a : 요청 #1 처리\n",
        "flowchart LR\n a[요청 #1 처리]\n",
    ] {
        let drawing = draw(source).expect("a picture");
        let svg = drawing.placed("1", "이름");
        let words = svg.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("요청 #1 처리"), "{source}: {svg}");
    }
}

#[test]
fn what_is_wrong_has_its_line() {
    for (source, line) in [
        ("flowchart LR\n  A[listener --> B\n", Some(2)),
        ("sequenceDiagram\n A->>B: x\n ???\n", Some(3)),
        ("not a diagram\n", Some(1)),
        ("%% a\n\nfloochart TD\n A --> B\n", Some(3)),
        // What a message without a place quotes.
        ("pie title X\n  \"a\" 10\n", Some(2)),
        (
            "gantt\n  dateFormat YYYY-MM-DD\n  Task : 2024-13-45, 3d\n",
            Some(3),
        ),
        ("%% a\nzenuml\n A->B: x\n", Some(2)),
    ] {
        let failure = draw(source).expect_err("nothing to draw");
        assert_eq!(failure.line, line, "{source}: {failure}");
        assert!(!failure.message.contains('\n'));
    }
}

#[test]
fn what_nothing_draws_is_no_mistake_of_the_source() {
    for (source, cause) in [
        ("zenuml\n A->B: x\n", Cause::Broken),
        ("flowchart TD\n", Cause::Empty),
        ("floochart TD\n A --> B\n", Cause::Source),
    ] {
        let failure = draw(source).expect_err("nothing to draw");
        assert_eq!(failure.cause, cause, "{source}: {failure}");
    }
}

#[test]
fn what_is_underlined_has_the_usual_baseline() {
    for (source, word) in [
        ("classDiagram\n class A {\n  +max(a, b)$ int\n }\n", "max"),
        ("flowchart LR\n A[\"<u>one</u> word\"]\n", "one"),
        ("flowchart LR\n A[\"one<br/><s>two</s>\"]\n", "two"),
    ] {
        let svg = draw(source).expect("a picture").placed("1", "");
        assert!(svg.contains("text-decoration=\""), "{svg}");
        let mut texts = svg.split("<text").filter(|text| text.contains(word));
        assert!(texts.all(|text| !text.contains("baseline")), "{svg}");
    }
}

#[test]
fn the_bold_words_of_a_note_are_bold() {
    let source = "classDiagram\n class A\n note for A \"one **two** three\"\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    assert!(
        svg.contains("<tspan font-weight=\"bold\">two</tspan>"),
        "{svg}"
    );
}

#[test]
fn an_id_that_has_more_room_stays_at_its_commit() {
    let source = "gitGraph\n commit id: \"alpha-long-commit-id-1\"\n commit id: \"b\"\n commit id: \"c\"\n branch dev\n commit id: \"d\"\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    let styled = svg::read(&svg).expect("a picture").styled();
    let scene = styled.scene();
    let is_b = |text: usize| matches!(styled.nodes.get(text + 1).map(|node| &node.what), Some(What::Text(words)) if words.trim() == "b");
    let mut words = scene.words.iter();
    let id = words.find(|line| is_b(line.text)).expect("an id");
    let commits = scene.shapes.iter().filter(|shape| shape.name == "circle");
    let far = commits.map(|commit| (commit.bounds.center().x - id.bounds.center().x).abs());
    let far = far.reduce(f64::min);
    assert!(far.is_some_and(|far| far < 20.0), "{far:?} {svg}");
}

#[test]
fn slices_beside_each_other_have_different_colours() {
    let slices = ('a'..='i').map(|name| format!(" \"{name}\": 10\n"));
    let source = format!("pie\n{}", slices.collect::<Vec<_>>().concat());
    let svg = draw(&source).expect("a picture").placed("1", "");
    let fills = svg
        .split("<rect")
        .skip(1)
        .filter_map(|part| part.split_once(" fill=\"")?.1.split('"').next());
    let mut fills: Vec<&str> = fills.collect();
    assert_eq!(fills.len(), 9, "{svg}");
    fills.sort_unstable();
    fills.dedup();
    assert_eq!(fills.len(), 9, "{fills:?}");
}

#[test]
fn words_beside_an_icon_have_no_paper() {
    let svg = draw("mindmap\n root((r))\n  words\n  ::icon(fa fa-book)\n")
        .expect("a picture")
        .placed("1", "");
    assert!(svg.contains(">words<"), "{svg}");
    assert!(!svg.contains("<rect"), "{svg}");
}

#[test]
fn titles_of_subgraphs_in_others_are_above_the_next() {
    let open = ["a title", "b title", "c title", "d title"]
        .map(|title| format!("subgraph s{}[\"{title}\"]\n", &title[..1]));
    let source = format!(
        "flowchart TB\n{}x --> y\nend\nend\nend\nend\nz --> x\n",
        open.concat()
    );
    let svg = draw(&source).expect("a picture").placed("1", "");
    let number = |part: &str, name: &str| {
        let value = part
            .split_once(&format!(" {name}=\""))?
            .1
            .split('"')
            .next()?;
        value.parse::<f64>().ok()
    };
    let mut tops: Vec<f64> = svg
        .split("<rect")
        .skip(1)
        .filter(|rect| number(rect, "width") > Some(60.0) && number(rect, "height") > Some(100.0))
        .filter_map(|rect| number(rect, "y"))
        .collect();
    tops.sort_by(f64::total_cmp);
    assert_eq!(tops.len(), 4, "{svg}");
    for two in tops.windows(2) {
        assert!(two[1] - two[0] > 24.0, "{tops:?}");
    }
}

#[test]
fn what_would_take_too_long_is_rejected_immediately() {
    let chain = "a-->b\n".repeat(3_000);
    let ends = vec!["a"; 500].join(" & ");
    for source in [
        format!("flowchart TD\n{chain}"),
        format!("flowchart TD\n{ends} --> {ends}\n"),
        format!("flowchart TD\n{}", "subgraph s\n".repeat(2_000)),
        format!("flowchart TD\na[\"{}\"]", "x".repeat(20_000)),
    ] {
        let failure = draw(&source).expect_err("too large");
        assert!(!failure.passing, "{failure}");
    }
}

#[test]
fn labels_mean_what_they_say() {
    let svg = |source: &str| draw(source).expect("a picture").placed("1", "이름");
    let rich = svg(
        "flowchart LR\n a[\"하나 <b>굵게</b><hr/>둘<ul><li>셋</li></ul>\"] --> b[\"[1] #quot;x#quot;\"]\n",
    );
    assert!(
        rich.contains("<tspan font-weight=\"bold\">굵게</tspan>"),
        "{rich}"
    );
    assert!(
        rich.contains("<line ") || rich.contains("<path d=\"M"),
        "{rich}"
    );
    assert!(
        rich.contains(">• 셋</text>") && rich.contains(">[1] \"x\"</text>"),
        "{rich}"
    );
    let lists = svg("flowchart LR\n a[\"`intro\n- one\n- two`\"] --> b[\"`1. x\n2. y`\"]\n");
    for line in ["intro", "• one", "• two", "1. x", "2. y"] {
        assert!(lists.contains(&format!(">{line}</text>")), "{lists}");
    }
    let notes = svg("classDiagram\n class A\n note for A \"하나\\n둘\\n셋\"\n");
    assert!(
        notes.contains(">둘</text>") && !notes.contains('\\'),
        "{notes}"
    );
    let tall = draw("classDiagram\n class A\n note for A \"하나\\n둘\\n셋\\n넷\\n다섯\"\n")
        .expect("a picture");
    let short = draw("classDiagram\n class A\n note for A \"하나\"\n").expect("a picture");
    assert!(tall.height >= short.height + 4.0 * 24.0);
}

#[test]
fn only_members_begin_at_the_left() {
    let source = "classDiagram\n class A {\n +long_name_of_a_member int\n }\n A --> B : word\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    for (word, is_centred) in [
        ("A", true),
        ("+long_name_of_a_member int", false),
        ("word", true),
    ] {
        let (before, _) = svg
            .split_once(&format!(">{word}</text>"))
            .expect("the word");
        let (_, tag) = before.rsplit_once("<text").expect("a text");
        assert_eq!(tag.contains("middle"), is_centred, "{word}: {svg}");
    }
}

#[test]
fn long_sources_keep_their_labels() {
    // Layouts of mindmaps are costly: one with few leaves a branch is not.
    let numbered = |indents: [&str; 2]| {
        (0..160_usize).fold(String::new(), |lines, number| {
            let indent = indents[usize::from(!number.is_multiple_of(8))];
            lines + indent + "a" + &number.to_string() + "\n"
        })
    };
    for (head, lines) in [
        ("mindmap\n  뿌리", numbered(["    ", "      "])),
        ("block-beta\n columns 10", numbered([" ", " "])),
        ("kanban\n  할일", numbered(["    ", "    "])),
    ] {
        let drawing = draw(&format!("{head}\n{lines}"));
        let svg = drawing.expect("a picture").placed("1", "이름");
        for number in 0..160 {
            assert!(
                svg.contains(&format!(">a{number}</text>")),
                "{head} {number}"
            );
        }
    }
}

#[test]
fn long_words_stay_inside() {
    let title = "아주 긴 제목이 그림보다 넓어서 밖으로 나가면 잘려서 보이지 않게 되는 경우를 본다";
    for source in [
        format!("sequenceDiagram\n title {title}\n A->>B: x\n"),
        format!("---\ntitle: {title}\n---\nflowchart LR\n a --> b\n"),
        format!("pie title {title}\n \"a\": 1\n \"b\": 2\n"),
    ] {
        let drawing = draw(&source).expect("a picture");
        let least = widths::width(title, 16.0, false) * 0.9;
        assert!(drawing.width >= least, "{source}: {}", drawing.width);
    }
    let wide =
        draw(&format!("flowchart TD\n a[{}]\n", "long_name_".repeat(20))).expect("a picture");
    assert!(wide.width < 736.0, "{}", wide.width);
}

#[test]
fn only_words_are_a_picture_and_nothing_is_not() {
    for source in [
        "flowchart TD\n",
        "sequenceDiagram\n",
        "%% nothing\n",
        "pie\n",
    ] {
        if let Ok(drawing) = draw(source) {
            assert!(drawing.width > 0.0 && drawing.height > 0.0, "{source}");
        }
    }
    assert!(draw("%% nothing\n").is_err());
    let words = draw("block-beta\n a[\" \"]\n b[\"말\"]\n").expect("a picture");
    assert!(words.placed("1", "이름").contains(">말</text>"));
    let text = draw("treeView-beta\n \"하나\"\n  \"둘\"\n").expect("a picture");
    assert!(text.placed("1", "이름").contains("둘"));
}

#[test]
fn five_hundred_nodes_in_a_row_keep_their_words() {
    let links = (0..500).fold(String::new(), |lines, number| {
        lines + &format!(" n{number}[노드 {number}] --> n{}\n", number + 1)
    });
    let svg = draw(&format!("flowchart TD\n{links}"))
        .expect("a picture")
        .placed("1", "이름");
    assert!((0..500).all(|number| svg.contains(&format!(">노드 {number}</text>"))));
}

#[test]
fn another_layout_is_drawn_with_the_usual_one_and_remarked_on() {
    let plain = draw("flowchart LR\n a --> b\n").expect("a picture");
    assert_eq!(plain.remarks, []);
    for (source, line) in [
        (
            "---\ntitle: x\nconfig:\n  layout: elk\n---\nflowchart LR\n a --> b\n",
            4,
        ),
        (
            "---\nconfig: {theme: base, layout: \"elk.stress\"}\n---\nflowchart LR\n a --> b\n",
            2,
        ),
        (
            "\n%%{init: {\"layout\": \"elk\"}}%%\nflowchart LR\n a --> b\n",
            2,
        ),
        (
            "flowchart LR\n%%{init: {\"flowchart\":\n{\"defaultRenderer\": \"elk\"}}}%%\n a --> b\n",
            3,
        ),
        ("%% a\n\nflowchart-elk LR\n a --> b\n", 3),
    ] {
        let drawing = draw(source).expect("a picture");
        let remark = drawing.remarks.first().expect("a remark");
        assert_eq!(remark.line, line, "{source}");
        if !source.contains("title") {
            // Ids have the name of the kind.
            let svg = drawing
                .placed("1", "")
                .replace("flowchart-elk", "flowchart-v2");
            assert_eq!(svg, plain.placed("1", ""), "{source}");
        }
    }
}

#[test]
fn an_image_that_is_not_shown_is_remarked_on() {
    for (source, line, name) in [
        (
            "flowchart LR\n b@{ label: \"x\" }\n b@{ img: \"https://example.org/a.png\", label: \"x\", h: 60 }\n",
            3,
            "a.png",
        ),
        (
            "flowchart LR\n b@{ img: \"a.png\" }\n a@{ icon: \"fa:user\" }\n a@{\n  icon: \"fa:user\"\n }\n",
            5,
            "“fa:user”",
        ),
        (
            "architecture-beta\n service a(server)[A]\n service b(logos:aws-s3)[B]\n a:R -- L:b\n",
            3,
            "“logos:aws-s3”",
        ),
    ] {
        let remarks = draw(source).expect("a picture").remarks;
        let [.., remark] = &*remarks else {
            panic!("no remark: {source}");
        };
        assert_eq!((remark.line, remark.lack), (line, Lack::Image), "{source}");
        assert!(remark.message.contains(name), "{}", remark.message);
        assert_eq!(remarks.len(), line - 2, "{source}");
    }
    for source in [
        "flowchart LR\n a@{ shape: rect, label: \"img: icon:\" }\n",
        "architecture-beta\n service a(server)[A: b]\n",
    ] {
        assert_eq!(draw(source).expect("a picture").remarks, [], "{source}");
    }
}

#[test]
fn messages_are_short_and_name_a_character() {
    let name = "word ".repeat(60);
    let source = format!("quadrantChart\n {name}: [0.5,0.5]\n {name} b: [0.51,0.5]\n");
    let long = draw(&source).expect_err("names on each other").message;
    assert!(long.chars().count() < 200 && long.contains('…'), "{long}");
    let failure = draw("flowchart LR\n a --> b\n a --> ^^\n").expect_err("a mistake");
    assert_eq!(failure.line, Some(3));
    assert!(failure.message.ends_with("“^”"), "{failure}");
}

#[test]
fn words_about_a_layout_are_not_a_setting() {
    for source in [
        "flowchart LR\n a[\"layout: elk\"] -->|flowchart-elk| b\n",
        "---\ntitle: \"layout: elk\"\n---\nflowchart LR\n a --> b\n",
        "---\nconfig:\n  layout: dagre\n---\n%% layout: elk\nflowchart LR\n a --> b\n",
        "%%{init: {\"layout\": \"elkish\"}}%%\nflowchart LR\n a --> b\n",
    ] {
        assert_eq!(draw(source).expect("a picture").remarks, [], "{source}");
    }
}

#[test]
fn a_label_that_begins_with_a_quoted_text_is_drawn() {
    let drawing = draw("flowchart LR\n a -- \"(none)\"\\n b --> c\n").expect("a picture");
    let svg = drawing.placed("1", "이름");
    assert!(svg.contains("(none)"), "{svg}");
}

#[test]
fn what_is_not_shown_is_not_in_the_picture() {
    let (_, source) = FAMILIES
        .iter()
        .find(|(name, _)| *name == "treemap")
        .expect("a source");
    let svg = draw(source).expect("a picture").placed("1", "이름");
    assert!(svg.contains("<text") && !svg.contains("display"), "{svg}");
}

#[test]
fn tags_of_neighbouring_commits_leave_each_other() {
    for orientation in ["gitGraph", "gitGraph TB:"] {
        let commits = ["v1.0.0-release-candidate", "v1.0.1-release-candidate", "v2"];
        let commits = commits
            .map(|tag| format!("  commit tag: \"{tag}\"\n"))
            .concat();
        let drawing = draw(&format!("{orientation}\n{commits}")).expect("a picture");
        let svg = drawing.placed("1", "이름");
        assert!(svg.contains(">v1.0.1-release-candidate</text>"), "{svg}");
    }
}

#[test]
fn two_boxes_on_one_place_are_no_picture() {
    let source = "architecture-beta\n  group g[앞]\n  service a(server)[웹 사이트] in g\n  \
                  service b(server)[모바일 앱] in g\n  service c(server)[서버]\n  a:R --> L:c\n  b:R --> L:c\n";
    let failure = draw(source).expect_err("words lie on each other");
    assert_eq!(
        failure.message,
        "the words “웹 사이트” and “모바일 앱” would lie on each other"
    );
}

#[test]
fn words_without_room_get_some() {
    for source in [
        "kanban\n  할일[할 일]\n    a[문서]@{ assigned: '서비스메시운영팀담당자', ticket: 'PLATFORM-20261' }\n",
        "block-beta\n  columns 2\n  a[\"One\"] b[\"Two\"]\n  a -- \"a label on a very short link\" --> b\n",
        "architecture-beta\n  service a(server)[Web server two]\n  service b(server)[Queue]\n  \
         a:B -[publishes]-> T:b\n",
    ] {
        let drawing = draw(source).unwrap_or_else(|why| panic!("{source}: {why}"));
        assert!(drawing.width < 900.0, "{source}: {}", drawing.width);
    }
}

#[test]
fn parts_at_fixed_distances_get_more_space() {
    let branches = |leaf: &str| {
        let branch = |number: usize| {
            let leaves = (0..6).map(|at| format!("   {leaf} {number}{at} with words\n"));
            format!("  B{number}\n{}", leaves.collect::<String>())
        };
        (0..30).map(branch).collect::<String>()
    };
    for source in [
        format!("mindmap\n root\n{}", branches("leaf")),
        format!("mindmap\n root\n{}", branches("항목의 이름")),
        "ishikawa-beta\n Latency of the gateway\n  Process\n   Approvals take long\n    Manual \
         checklists\n    The approver is away\n   Change management\n  Technology\n   TLS\n"
            .to_owned(),
        "gitGraph\n commit id: \"the first commit of all\" tag: \"v1.0.0-release-candidate\"\n commit \
         tag: \"v1.0.1-release-candidate\"\n branch develop\n commit id: \"a\" type: HIGHLIGHT\n"
            .to_owned(),
        "---\ntitle: Releases of the program\n---\ngitGraph TB:\n commit id: \"a long id of a commit\" \
         tag: \"v1.0.0\"\n branch release\n commit id: \"another long id\" tag: \"v1.0.1\"\n"
            .to_owned(),
        "%%{init: {'gitGraph': {'rotateCommitLabel': false}}}%%\ngitGraph\n commit id: \"one commit\"\n \
         commit id: \"another commit\"\n"
            .to_owned(),
    ] {
        draw(&source).unwrap_or_else(|failure| panic!("{source}: {failure}"));
    }
}

#[test]
fn the_parts_of_a_label_stay_together_when_lines_become_longer() {
    for source in [
        "gitGraph\n commit id: \"first of the commits\" tag: \"v1.0.0-release-candidate\"\n \
         commit id: \"b\" tag: \"v1.0.1-release-candidate\"\n branch develop\n commit id: \"c\"\n",
        "gitGraph\n commit id: \"a\"\n branch develop\n commit id: \"b\"\n commit id: \"a very long \
         message of a commit that is its id\"\n checkout main\n merge develop id: \"m\" tag: \"v1.0.0 \
         release\"\n cherry-pick id: \"a very long message of a commit that is its id\"\n commit\n",
    ] {
        let svg = draw(source).expect("a picture").placed("1", "");
        let scene = svg::read(&svg).expect("a picture").styled().scene();
        for line in scene.words.iter().filter(|line| line.is_level()) {
            let mut before = scene
                .shapes
                .iter()
                .rev()
                .filter(|shape| shape.index < line.text);
            let hole = before.next().expect("a shape before each word");
            let far = (hole.bounds.center() - line.bounds.center()).hypot();
            assert!(far < line.bounds.width(), "{svg}");
        }
    }
}

#[test]
fn a_tag_stays_with_its_commit() {
    let source = "gitGraph\n commit id: \"initial\"\n branch develop order: 2\n commit id: \"dev\" tag: \
                  \"v0.1\"\n branch feature order: 1\n commit id: \"a very long message of a commit \
                  that is its id\"\n checkout main\n merge develop\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    let shapes = svg::read(&svg).expect("a picture").styled().scene().shapes;
    let mut tags = shapes.iter().filter(|shape| shape.name == "polygon");
    let tag = tags.next().expect("a tag");
    let lowest = shapes.iter().filter(|shape| shape.name == "circle");
    let lowest = lowest
        .map(|shape| shape.bounds.center().y)
        .fold(0.0, f64::max);
    assert!(lowest - tag.bounds.center().y < 45.0, "{svg}");
}

#[test]
fn no_line_is_behind_marks_of_an_axis_and_names_of_points() {
    for source in [
        "xychart horizontal\n x-axis [\"A rather long category name\", \"B\", \"C\"]\n \
         y-axis 0 --> 1000000\n bar [123456, 654321, 999999]\n",
        "quadrantChart\n x-axis Low --> High\n y-axis Low --> High\n quadrant-1 Expand\n \
         Near top: [0.75, 0.96]\n Right top: [0.99, 0.98]\n D: [0.02, 0.02]\n",
    ] {
        let svg = draw(source).expect("a picture").placed("1", "");
        // Words have an edge of paper where a line passes behind them.
        assert!(!svg.contains("paint-order"), "{svg}");
    }
}

#[test]
fn the_words_of_a_gantt_chart_are_above_its_lines() {
    let source =
        "gantt\n dateFormat YYYY-MM-DD\n Task :a, 2026-01-01, 30d\n Due :vert, v, 2026-01-15, 0d\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    let text = svg.find("<text");
    assert!(
        text > svg.rfind("<rect") && text > svg.rfind("<path"),
        "{svg}"
    );
}

#[test]
fn no_line_says_what_day_it_is() {
    let source =
        "gantt\n dateFormat HH:mm\n axisFormat %H:%M\n Check : 00:00, 30m\n Swap : 00:30, 2h\n";
    for marker in ["", " todayMarker stroke-width:5px\n"] {
        let svg = draw(&source.replace(" Check", &format!("{marker} Check")));
        let svg = svg.expect("a picture").placed("1", "");
        assert!(!svg.contains(" x1="), "{svg}");
    }
}

#[test]
fn words_across_a_dark_and_a_light_box_can_be_read_on_both() {
    let source = "sequenceDiagram\n box rgb(33,66,99) Inner\n participant A\n participant B\n end\n \
                  box Aqua Outer\n participant C\n end\n alt success\n A->>B: ok\n else failed \
                  because of a very long reason which needs wrapping in the title\n A->>C: no\n end\n";
    let svg = draw(source).expect("a picture").placed("1", "");
    let (before, _) = svg.split_once("[failed because").expect("the words");
    let (_, text) = before.rsplit_once("<text ").expect("a text");
    assert!(text.contains("stroke=\"#214263\""), "{text}");
}

#[test]
fn no_label_is_under_a_box() {
    let source = "flowchart TB\n subgraph mesh\n a --> b\n end\n i -->|label| mesh\n gw --> a\n";
    let picture = draw(source).expect("a picture").placed("1", "");
    assert!(is_clear(&picture), "{picture}");
}

#[test]
fn words_of_a_sequence_are_in_places_of_their_own() {
    let critical =
        "sequenceDiagram\n critical Establish a connection to the DB\n A-->B: connect\n end\n";
    let picture = draw(critical).expect("a picture").placed("1", "");
    assert!(is_clear(&picture), "{picture}");
    let ended = "sequenceDiagram\n autonumber\n A->>B: hi\n destroy B\n B-->>A: bye\n";
    draw(ended).expect("a picture");
}

#[test]
fn a_state_and_a_task_hold_their_lines() {
    for source in [
        "stateDiagram-v2\n state \"ContainerCreating: 이미지를 내려받는 중 (ImagePullBackOff 가능)\" as a\n",
        "journey\n section s\n Roll back the deployment to the previous revision: 3: Me\n b: 3: Me\n",
    ] {
        let picture = draw(source).expect("a picture").placed("1", "");
        assert!(is_clear(&picture), "{picture}");
    }
}

#[test]
fn words_that_leave_a_dark_block_have_an_edge() {
    let source = "sequenceDiagram\n participant A\n box rgb(33,66,99) Dark\n participant B\n end\n \
                  A->>B: a message half inside of a dark box and half outside of it\n";
    let picture = draw(source).expect("a picture").placed("1", "");
    let text = picture
        .split("<text")
        .find(|text| text.contains("a message half"));
    assert!(
        text.is_some_and(|text| text.contains("paint-order")),
        "{picture}"
    );
}

#[test]
fn a_link_goes_around_the_block_between_its_ends() {
    // The height of the picture, and the letters of the link's path.
    let drawn = |link: &str| {
        let source = format!("block-beta\n  columns 3\n  a b c\n  d e f\n  {link}\n");
        let drawing = draw(&source).expect("a picture");
        let svg = drawing.placed("1", "이름");
        let (before, _) = svg.split_once("marker-end").expect("a link");
        let (_, path) = before.rsplit_once("<path d=\"").expect("a path");
        let (path, _) = path.split_once('"').expect("an end");
        let letters = path.replace(|c: char| !c.is_alphabetic(), "");
        (drawing.height, letters.to_lowercase())
    };
    let (height, path) = drawn("a --> b");
    assert_eq!(path, "ml");
    for (link, expected) in [
        ("a --> c", "mlll"),
        ("c --> a", "mlll"),
        ("a -- \"건너\" --> f", "mlll"),
    ] {
        let (taller, path) = drawn(link);
        assert!(path.starts_with(expected), "{link}: {path}");
        assert!(taller >= height, "{link}: {taller}");
    }
    assert!(drawn("a --> c").0 > height, "the link is in the picture");
}

#[test]
fn ids_of_commits_that_run_down_are_level() {
    let source = "gitGraph TB:\n  commit id: \"a\"\n  branch develop\n  commit id: \"b\"\n  \
                  commit id: \"fix-certificate-rotation-in-gateway\"\n  checkout main\n  \
                  merge develop id: \"m\"\n  commit id: \"release\"\n  commit id: \"after-release\"\n";
    let svg = draw(source).expect("a picture").placed("1", "이름");
    assert!(svg.contains(">after-release</text>"), "{svg}");
    assert!(
        !svg.contains("rotate(") && !svg.contains("matrix("),
        "{svg}"
    );
}

#[test]
fn titles_of_several_lines_are_above_what_is_in_their_frames() {
    let title = "서비스 묶음<br>(namespace: payment)<br>셋째 줄";
    let mut cut = Vec::new();
    for outer in ["바깥", "바깥<br>둘째 줄"] {
        for links in ["a --> b", "x --> a --> b", "x --> s", "a --> x"] {
            for direction in ["TB", "LR"] {
                let source = format!(
                    "flowchart {direction}\n subgraph o[\"{outer}\"]\n subgraph s[\"{title}\"]\n \
                     a[결제]\n b\n end\n end\n y[위] --> x\n {links}\n"
                );
                match draw(&source) {
                    Ok(drawing) if is_clear(&drawing.placed("1", "이름")) => {}
                    drawing => cut.push((source, drawing.err())),
                }
            }
        }
    }
    assert!(cut.is_empty(), "{cut:#?}");
}

/// Whether no words are on the edge of a box.
fn is_clear(svg: &str) -> bool {
    let scene = svg::read(svg).expect("a picture").styled().scene();
    let boxes = scene.shapes.iter().map(|shape| shape.bounds);
    let boxes: Vec<Rect> = boxes.filter(|own| own.size().min_side() > 20.0).collect();
    scene.words.iter().all(|line| {
        let met = |own: &&Rect| overlap(own, &line.bounds).min_side() > 0.0;
        let mut met = boxes.iter().filter(met);
        met.all(|own| holds(own, &line.bounds, 1.0))
    })
}

#[test]
fn lines_of_a_title_are_below_each_other() {
    let drawing =
        draw("---\ntitle: \"one\\ntwo three\"\n---\nflowchart LR\n a\n").expect("a picture");
    let placed = drawing.placed("1", "");
    let spans: Vec<&str> = placed.split("<tspan ").skip(1).collect();
    assert_eq!(spans.len(), 2, "{placed}");
    assert!(spans[0].contains(">one</tspan>"), "{placed}");
    assert!(spans[1].contains(">two three</tspan>"), "{placed}");
    assert!(drawing.width < 200.0, "{placed}");
    assert_eq!(drawing.title.as_deref(), Some("one two three"));
}

fn placed(source: &str) -> String {
    let drawing = draw(source).unwrap_or_else(|failure| panic!("{failure}: {source}"));
    drawing.placed("1", "")
}

#[test]
fn classes_are_for_all_that_have_them() {
    let css = |css: &str| {
        let classes = format!("classDiagram\n{css}\n");
        placed(&classes).contains("#f96")
    };
    assert!(css("class A\nclassDef hot fill:#f96\ncssClass \"A\" hot"));
    assert!(css("class A\ncssClass \"A\" hot\nclassDef hot fill:#f96"));
    assert!(css("classDef hot fill:#f96\nclass A:::hot"));
    let state = placed("stateDiagram-v2\nclassDef bad fill:#ffeeee\nA: one\nA: two\nclass A bad\n");
    let (before, label) = state.split_once("<text").expect("words");
    assert!(
        before.contains("#ffeeee") || before.contains("#fee"),
        "{state}"
    );
    assert!(
        !label.contains("#ffeeee") && !label.contains("#fee"),
        "{state}"
    );
}

#[test]
fn what_is_outside_of_a_system_has_a_dashed_frame() {
    for shape in [
        "Person",
        "System",
        "SystemDb",
        "SystemQueue",
        "Container",
        "ContainerDb",
    ] {
        let kind = if shape.starts_with('C') {
            "C4Container"
        } else {
            "C4Context"
        };
        let of = |shape: &str| placed(&format!("{kind}\n{shape}(a, \"Name\", \"x\", \"y\")\n"));
        assert!(!of(shape).contains("dasharray"), "{shape}");
        assert!(of(&format!("{shape}_Ext")).contains("dasharray"), "{shape}");
    }
}

#[test]
fn an_address_does_not_widen_a_board() {
    let source =
        "kanban\n todo[Todo]\n  a[https://example.com/a/long/path/that/goes/on/index.html]\n";
    let drawing = draw(source).expect("a picture");
    assert!(drawing.width < 260.0, "{}", drawing.width);
}

#[test]
fn a_title_in_quotes_is_without_them() {
    let svg =
        placed("venn-beta\n title \"Two sets\"\n set A[\"a\"]\n set B[\"b\"]\n union A,B[\"c\"]\n");
    assert!(svg.contains(">Two sets</text>"), "{svg}");
}

#[test]
fn words_of_a_flow_are_above_its_ribbons() {
    let svg = placed("sankey-beta\n\na,b,10\nb,c,5\n");
    assert!(svg.rfind("<path") < svg.find("<text"), "{svg}");
}
