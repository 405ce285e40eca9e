//! The search's script finds what the program finds: the same rules, and the same answers from a
//! built site, by HTTP and as an opened file; and what it does where a file is missing or torn.
//!
//! Not here: the dialog (`dialog`), and how good the answers are (`benches/search`).

use std::path::Path;

use docsite::commands::search::{Asked, run};
use docsite::progress::Progress;
use serde_json::{Value, json};

use crate::browser::tab;
use crate::damage::{age, files, remove, tear};
use crate::harness::SiteTest;
use crate::sites::{Open, bundled, bundled_source};
use crate::tab::Tab;
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![
    the_script_has_the_rules_of_the_program,
    the_page_answers_what_the_command_answers,
    a_large_site_is_searched_alike,
    topics_and_types_and_a_limit_narrow_both,
    odd_texts_are_answered_alike,
    where_nothing_is_found_other_queries_are_suggested,
    what_does_not_load_is_named_and_the_rest_is_found,
];

const CASES: &str = include_str!("../search/cases.json");
const QUERIES: &str = include_str!("../search/queries.json");

/// The parts of the script that have rules of their own.
macro_rules! parts {
    ($($part:literal)+) => {
        concat!($(include_str!(concat!("../../assets/docsite/", $part, ".js")),)+)
    };
}
const PARTS: &str = parts!("hangul/letters" "hangul/particles" "search/syllables" "search/verbs" "search/fold"
    "search/terms" "search/distance" "search/keyboard" "search/sound" "search/logarithm"
    "search/latin" "search/hangul");

/// What the script makes of a case, by its rule.
const RULES: &str = r#"
    const bits = (number) => {
        const view = new DataView(new ArrayBuffer(8));
        view.setFloat64(0, number);
        return view.getBigUint64(0).toString(16).padStart(16, "0");
    };
    const rules = {
        fold, squash, names: namesOf,
        distance: (a, b, most) => distance([...a], [...b], most),
        runs: (text) => runsOf(text).map((run) =>
            [run.kind, run.written, run.word, run.start, run.end]),
        identifier: (word) => identifier(word) || null,
        parts: identifierParts,
        particle: (word) => particleOf([...word], 1),
        forms: verbForms,
        stem: (word) => stemOf([...word]).join(""),
        to_hangul: toHangul,
        to_keys: toKeys,
        sound: (word, latin) => {
            const cost = soundCost([...word], latinSounds(latin), 1);
            return cost === null ? null : bits(cost);
        },
        next_syllables: (before, latin) =>
            nextSyllables([...before], latinSounds(latin)).map(([next, cost]) => [next, bits(cost)]),
        keys_of_hangul: (word) => [...keysOf(hangulSounds([...word]))].sort(),
        keys_of_latin: (word) => [...keysOf(latinSounds(word))].sort(),
        log2: (x) => bits(log2(x)),
        rarity: (entries, holders) => bits(rarityOf(entries, holders)),
    };
    return Object.entries(cases).flatMap(([rule, list]) => list.flatMap((one) => {
        const is = JSON.stringify(rules[rule](...one.slice(0, -1)));
        return is === JSON.stringify(one.at(-1)) ? [] : [`${rule} ${JSON.stringify(one)}: ${is}`];
    }));
"#;

fn the_script_has_the_rules_of_the_program() {
    let tab = tab();
    let wrong = tab.list(&format!("((cases) => {{ {PARTS} {RULES} }})({CASES})"));
    assert_eq!(wrong, [""; 0]);
}

/// What the command answers, with marks in units of UTF-16.
fn of_command(site: &Open, asked: &Asked) -> Value {
    let results = run(Some(site.root()), asked, &Progress::default()).unwrap();
    let mut answer = serde_json::to_value(results.view()).unwrap();
    for result in answer["results"].as_array_mut().unwrap() {
        for passage in result["passages"].as_array_mut().unwrap() {
            let excerpt = passage["excerpt"].as_str().unwrap().to_owned();
            let units = |at: &Value| {
                let at = usize::try_from(at.as_u64().unwrap()).unwrap();
                excerpt[..at].encode_utf16().count()
            };
            let marks = passage["marks"].as_array().unwrap().iter();
            passage["marks"] = marks
                .map(|mark| json!([units(&mark[0]), units(&mark[1])]))
                .collect();
            passage.as_object_mut().unwrap().remove("line");
        }
    }
    let said = ["readings", "dropped", "beyond", "results"];
    said.iter().map(|name| answer[name].clone()).collect()
}

/// What the page answers to each of these questions: queries with options.
fn of_page(tab: &Tab, questions: &Value) -> Vec<Value> {
    let answers = tab.text(&format!(
        "docsite.need('search').then(async ({{ answer }}) => {{
            const all = [];
            for (const question of {questions}) {{
                const {{ readings, dropped, beyond, missing, hits }} = await answer(...question);
                const results = hits.map(({{ path, href, title, deprecated, nameOnly, lacking, passages }}) =>
                    ({{ path, href, title, deprecated, name_only: nameOnly, missing: lacking,
                        passages: passages.map(({{ headingMarks, ...passage }}) => passage) }}));
                const read = readings.map(({{ typed, meant }}) => [typed, meant]);
                all.push(missing.length > 0 ? missing : [read, dropped, beyond, results]);
            }}
            return JSON.stringify(all);
        }})"
    ));
    serde_json::from_str(&answers).unwrap()
}

#[track_caller]
fn same_answers(site: &Open, questions: &[(Asked, Value)]) {
    let by_command: Vec<Value> = questions
        .iter()
        .map(|(asked, _)| of_command(site, asked))
        .collect();
    let of_script = questions
        .iter()
        .map(|(asked, options)| json!([asked.query, options]));
    let of_script: Value = of_script.collect();
    let tab = tab();
    for url in site.both("index.html") {
        tab.visit("about:blank");
        tab.visit(&url);
        let by_page = of_page(&tab, &of_script);
        assert_eq!(by_page.len(), questions.len());
        for (((asked, _), command), page) in questions.iter().zip(&by_command).zip(&by_page) {
            let start: String = asked.query.chars().take(60).collect();
            assert_eq!(page, command, "{start:?} at {url}");
        }
        assert_eq!(tab.complaints(), [""; 0]);
    }
}

/// No words at all, and more than anybody types.
fn pasted() -> impl Iterator<Item = String> {
    let long = [
        "gateway ",
        "게이트웨이에서 ",
        "ㄱ",
        "가",
        "ㅏ",
        "😀",
        "a.b-",
        "(.*)+$ ",
    ];
    long.into_iter()
        .map(|text| text.repeat(10_000 / text.len() + 1))
}

fn the_page_answers_what_the_command_answers() {
    let queries: Vec<String> = serde_json::from_str(QUERIES).unwrap();
    assert!(queries.len() > 150);
    let questions = queries.into_iter().chain(pasted()).map(|query| {
        let asked = Asked {
            query,
            limit: 10,
            ..Asked::default()
        };
        (asked, json!({}))
    });
    same_answers(&bundled(), &questions.collect::<Vec<_>>());
}

fn a_large_site_is_searched_alike() {
    let queries: Vec<String> = serde_json::from_str(QUERIES).unwrap();
    let questions = queries.into_iter().step_by(2).map(|query| {
        let asked = Asked {
            query,
            limit: 10,
            ..Asked::default()
        };
        (asked, json!({}))
    });
    let site = Open::new(bundled_source().with_many_files());
    assert!(!files(&site, "w-", "").is_empty());
    same_answers(&site, &questions.collect::<Vec<_>>());
}

fn topics_and_types_and_a_limit_narrow_both() {
    let mut questions = Vec::new();
    for query in ["gateway", "드레이닝 설정", "업스트림"] {
        for (topics, types, limit) in [
            (&["gw"][..], &[][..], 10),
            (&[], &["guide", "note"], 3),
            (&["xds", "sec"], &["note"], 40),
            (&["gt"], &["runbook"], 10),
        ] {
            let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect();
            let asked = Asked {
                query: query.to_owned(),
                limit,
                topics: owned(topics),
                types: owned(types),
            };
            let options = json!({"limit": limit, "topics": topics, "types": types});
            questions.push((asked, options));
        }
    }
    same_answers(&bundled(), &questions);
}

/// Letters beyond the usual ones, marks on letters, signs, long words, an alias, nothing but signs.
fn odd_texts() -> SiteTest {
    let astral = "𠀀𠀁𠀂 ".repeat(40);
    let long = format!("{}-{}", "outlier".repeat(30), "detection".repeat(30));
    SiteTest::new()
        .file(
            "docsite.toml",
            "[search]\naliases = { \"igw\" = \"istio-ingressgateway\", \"정문\" = [\"ingress gateway\", \"문\"] }\n",
        )
        .file("attachment/빈.txt", "")
        .file("attachment/a b.yaml", "kind: Gateway\nname: istio-ingressgateway # 😀 <b>\n")
        .doc(
            "gw__note-astral",
            format!("# 𝒜 𠀀의 gateway 😀\n\n{astral}게이트웨이 𠀂 gateway {astral}끝의 드레이닝.\n"),
        )
        .doc(
            "gw__note-marks",
            "# I\u{307}stanbul e\u{301}\n\n## <b>절</b> & \"말\"!'()*\n\n가\u{301}나 İSTANBUL ΑΣ ﬁlter ｇａｔｅｗａｙ.\n",
        )
        .doc("sec__note-long", format!("# {long}\n\n{long} 문을 연다.\n"))
        .doc("sec__note-signs", "# ···\n\n## ---\n\n!!! ??? 😀\n")
        .doc("xds__note-jamo", "# ㅋㅋㅋ ㄱㄴㄷ\n\nㅠㅠ 값ㄱ 닭\u{200b}이.\n")
}

fn odd_texts_are_answered_alike() {
    let queries = [
        "𠀀",
        "𠀂 gateway",
        "𠀀𠀁𠀂 드레이닝",
        "끝 게이트웨이",
        "istanbul",
        "İstanbul é",
        "filter gateway",
        "ασ",
        "igw",
        "정문",
        "문",
        "ingress",
        "outlieroutlier",
        "detection 문",
        "😀",
        "···",
        "절 말",
        "ㅋㅋㅋ",
        "ㄱㄴㄷ",
        "값",
        "닭이",
        "가나",
        "빈",
        "a b.yaml",
        "<b>",
        "istio-ingresgateway",
        "게잍",
        "드레인",
        "정뭆",
        "아웃라잉",
        "a b c d e f g h i j k l m n o p q r s t u v w x y 문 gateway 정문ㄱ",
    ];
    let questions = queries.map(|query| {
        let asked = Asked {
            query: query.to_owned(),
            limit: 10,
            ..Asked::default()
        };
        (asked, json!({}))
    });
    same_answers(&Open::new(odd_texts()), &questions);
}

fn where_nothing_is_found_other_queries_are_suggested() {
    let tab = tab();
    tab.visit(&bundled().file("index.html"));
    let suggested = |query: &str| {
        let query = Value::from(query);
        tab.list(&format!(
            "docsite.need('search').then(({{ answer }}) => answer({query}))
                .then(({{ total, suggestions }}) => [`${{total}}`, ...suggestions])"
        ))
    };
    // Nothing that finds nothing either, in the other layout or as the table has it.
    assert_eq!(suggested("dkssud"), ["0"]);
    assert_eq!(suggested("asdfgh"), ["0"]);
    assert_eq!(suggested("래빗엔큐컵"), ["0"]);
    // As the texts write it.
    assert_eq!(
        suggested("terminatoindrianduratoin"),
        ["0", "terminationDrainDuration"]
    );
    assert_eq!(suggested("뷁쉙"), ["0"]);
    assert_eq!(suggested("gatxxxay"), ["0", "gateway"]);
    assert_eq!(suggested("gatevvay"), ["0", "gateway"]);
    assert_eq!(suggested("쿠벅네틱슴")[..2], ["0", "쿠버네티스"]);
    // What is found, or has no words, needs none.
    assert_eq!(suggested("gatewaay").len(), 1);
    assert_eq!(suggested("?!"), ["0"]);
}

/// What is done to the file that begins so and has this text, and what is missing and found then.
type Damage<'a> = (fn(&Path), &'a str, &'a str, &'a [&'a str]);

fn what_does_not_load_is_named_and_the_rest_is_found() {
    let tab = tab();
    let script = "docsite.need('search').then(({ answer }) => answer('gateway 인증서'))
        .then(({ missing, hits }) =>
            [missing.map((name) => name[0]).join(), ...hits.map((hit) => hit.title)])";
    let [first, second] = ["인증서와 gateway", "Egress gateway"];
    let damages: [Damage; 9] = [
        (|_| {}, "loanwords", "", &["", first, second]),
        (remove, "x-", first, &["x", first, second]),
        (tear, "x-", first, &["x", first, second]),
        (age, "x-", first, &["x", first, second]),
        (tear, "t-", "", &["t", first, second]),
        (remove, "block-", "", &["b", first, second]),
        (remove, "titles-", "", &["", first, second]),
        (remove, "loanwords", "", &["l", first, second]),
        (tear, "directory", "", &["d"]),
    ];
    let small: [Damage; 4] = [
        (remove, "block-", "", &["b", first, second]),
        (tear, "block-", "", &["b", first, second]),
        (age, "block-", "", &["b", first, second]),
        (remove, "t-", "", &["t", first, second]),
    ];
    let large = damages.into_iter().map(|one| (one, true));
    let small = small.into_iter().map(|one| (one, false));
    for ((damage, begin, text, found), is_large) in large.chain(small) {
        let mut site = SiteTest::new()
            .doc(
                "gw__note-a",
                "# Egress gateway\n\n## 절\n\n드레이닝을 본다.\n",
            )
            .doc("sec__note-b", "# 인증서와 gateway\n\n인증서를 본다.\n");
        if is_large {
            site = site.with_many_files();
        }
        let site = Open::new(site);
        damage(&files(&site, begin, text)[0]);
        for url in site.both("index.html") {
            tab.visit("about:blank");
            tab.visit(&url);
            assert_eq!(tab.list(script), found, "{begin} at {url}");
        }
    }
}
