//! What queries find, and in which order.

mod cases;
mod together;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Answer, Entry, Hit, Loanwords, Reading, Search, Section, terms_of, whole};

fn entry(title: &str, sections: &[(&str, &str)]) -> Entry {
    let sections = sections.iter().map(|(heading, text)| Section {
        heading: (*heading).to_owned(),
        text: (*text).to_owned(),
        ..Section::default()
    });
    Entry {
        title: title.to_owned(),
        sections: sections.collect(),
        ..Entry::default()
    }
}

/// Notes as an archive has them; each query of these tests is about one.
fn notes() -> Vec<Entry> {
    vec![
        entry(
            "Egress gateway로 외부 HTTPS 경유시키기",
            &[
                ("", "mesh를 나가는 트래픽을 gateway로 모은다."),
                ("두 번의 routing", "sidecar는 outboundTrafficPolicy를 본다."),
            ],
        ),
        entry(
            "연결 드레이닝",
            &[
                ("", "종료하는 프로세스가 연결을 닫는 순서를 다룬다."),
                ("시간 예산", "terminationDrainDuration은 기본 5초다."),
            ],
        ),
        entry(
            "서킷 브레이커와 이상 탐지",
            &[(
                "",
                "outlier detection과 connection pool의 한도, retry 예산.",
            )],
        ),
        entry(
            "유령 워크로드",
            &[(
                "",
                "사라진 Pod로 가는 요청. EndpointSlice의 전파 지연이 원인이다.",
            )],
        ),
        entry(
            "인증서와 identity",
            &[("", "SPIFFE 인증서를 upstream이 검증한다. 값을 읽는다.")],
        ),
        entry(
            "응답 플래그",
            &[(
                "UF와 UH",
                "upstream 연결 실패. 건강한 endpoint가 없으면 UH다.",
            )],
        ),
    ]
}

fn answer(entries: &[Entry], query: &str) -> Answer {
    let built = whole(entries.iter().map(terms_of));
    let index = built.open().unwrap();
    let search = Search {
        index: &index,
        texts: entries,
        loanwords: &Loanwords::default(),
    };
    search.answer(query, 5, |_| true)
}

fn first(query: &str) -> String {
    let notes = notes();
    let answer = answer(&notes, query);
    let hit = answer.hits.first();
    hit.map(|hit| notes[hit.entry as usize].title.clone())
        .unwrap_or_default()
}

#[track_caller]
fn finds(title: &str, queries: &[&str]) {
    for query in queries {
        assert!(first(query).starts_with(title), "{query}: {}", first(query));
    }
}

#[test]
fn particles_and_endings_are_no_part_of_a_word() {
    finds(
        "연결 드레이닝",
        &["드레이닝을", "프로세스에서는", "드레이닝 순서의"],
    );
    finds("인증서", &["인증서들을", "값", "값은"]);
    finds("유령", &["워크로드로", "EndpointSlice를", "전파 지연이"]);
}

#[test]
fn compounds_are_found_with_and_without_blanks() {
    finds(
        "서킷",
        &[
            "서킷브레이커",
            "이상탐지",
            "outlierDetection",
            "브레이커 서킷",
        ],
    );
    finds("유령", &["전파지연", "유령워크로드", "워크 로드"]);
}

#[test]
fn a_syllable_that_is_being_typed_is_found() {
    finds("연결 드레이닝", &["드레이니", "드레이ㄴ", "프로세ㅅ"]);
    finds("인증서", &["인증ㅅ", "인즈", "ㅇㅈㅅ"]);
    finds("서킷", &["ㅅㅋㅂㄹㅇㅋ", "ㅂㄹㅇㅋ"]);
    // The last consonant is to begin the next syllable.
    finds("연결 드레이닝", &["드레인", "프로셋"]);
    finds("서킷", &["서킽", "이상탖"]);
    finds("유령", &["워클"]);
}

#[test]
fn one_mistake_is_forgiven() {
    finds("연결 드레이닝", &["드레인닝", "드레닝", "프로세서"]);
    finds("유령", &["워크로그", "워로크드", "EndpiontSlice"]);
    finds("연결", &["terminationDrainDuraton", "drainduration"]);
}

#[test]
fn a_mistake_is_read_as_a_word_that_is_held_and_nothing_else() {
    let notes = notes();
    for (query, meant) in [
        ("드레인닝", "드레이닝"),
        ("드레닝", "드레이닝"),
        ("워로크드", "워크로드"),
        ("워크로그를", "워크로드"),
        ("인정서를", "인증서"),
    ] {
        let answer = answer(&notes, query);
        assert_eq!(answer.readings.len(), 1, "{query}");
        assert_eq!(answer.readings[0].meant, meant);
        let held = |hit: &Hit| format!("{:?}", notes[hit.entry as usize]).contains(meant);
        assert!(
            !answer.hits.is_empty() && answer.hits.iter().all(held),
            "{query}"
        );
    }
    for query in ["바나나", "바나나를", "피아노", "요청하마", "유령선장"] {
        let answer = answer(&notes, query);
        assert_eq!((answer.hits, answer.readings), (vec![], vec![]), "{query}");
        assert_eq!(answer.dropped, [query]);
    }
}

#[test]
fn a_word_of_which_forms_are_held_may_be_another_with_a_mistake() {
    let notes = [
        entry("스마트 기기", &[("", "스마트 기기의 화면. 목표는 하나다.")]),
        entry("앱", &[("", "앱을 여기에 마운트하세요.")]),
        entry("열기", &[("", "목록에서 지운다. opening a pen.")]),
        entry("표", &[("", "컴포넌트나 표를 그린다.")]),
        entry("부품", &[("컴포넌트", "컴포넌트, 컴포넌트의 부품.")]),
    ];
    for (query, title, meant) in [
        ("마트하세요", "앱", "마운트하세요"),
        ("목에서", "열기", "목록에서"),
        ("컴넌트나 표", "표", "컴포넌트"),
        ("opning", "열기", "opening"),
        ("penang", "", ""),
        ("openxng", "열기", "opening"),
        ("pens", "열기", ""),
    ] {
        let answer = answer(&notes, query);
        let hit = answer.hits.first();
        let first = hit.map_or("", |hit| notes[hit.entry as usize].title.as_str());
        let read = answer.readings.first();
        let read = read.map_or("", |reading| reading.meant.as_str());
        assert_eq!((first, read), (title, meant), "{query}");
    }
}

#[test]
fn an_english_word_is_no_other_one_with_two_of_its_letters_changed() {
    let notes = [entry("table", &[("", "the conntrack table, a pencil")])];
    for query in ["contract", "pening", "contrast"] {
        let answer = answer(&notes, query);
        assert_eq!((answer.hits, answer.readings), (vec![], vec![]), "{query}");
    }
}

#[test]
fn foreign_words_are_no_other_words_with_a_mistake() {
    let known = "values, version, never and readiness; text of a report. 서비스가 커지는 모양이 된다. 레디니스";
    let notes = [entry("words", &[("", known)])];
    for query in [
        "바이러스",
        "파이썬",
        "네이버",
        "레디스",
        "커피",
        "버스",
        "고양이",
        "test",
    ] {
        let answer = answer(&notes, query);
        let readings = answer.readings;
        assert_eq!((answer.hits, readings), (vec![], vec![]), "{query}");
    }
}

#[test]
fn a_short_word_that_sounds_like_another_may_have_a_mistake_or_go_on() {
    let texts = [
        "서비스를 나눈다",
        "It shows each",
        "the path",
        "a password",
        "트래픽 정책",
    ];
    let notes = texts.map(|text| entry("글", &[("", text)]));
    let notes: Vec<Entry> = notes.into();
    for (query, found) in [
        ("서스를 나눈다", 0),
        ("쇼즈 each", 1),
        ("패스", 2),
        ("패스워", 3),
        ("트러픽의 정책", 4),
    ] {
        let hits = answer(&notes, query).hits;
        assert_eq!(hits.first().map(|hit| hit.entry), Some(found), "{query}");
    }
    let lag = [entry("글", &[("", "lag. 그래서 로그를")])];
    let readings = answer(&lag, "래그").readings;
    assert_eq!(readings.len(), 1, "{readings:?}");
}

#[test]
fn a_word_of_the_table_is_no_other_latin_one_with_a_mistake() {
    let other = [entry("하나", &[("", "registry, register")])];
    assert_eq!(answer(&other, "redis").hits.len(), 0);
    let notes = [entry("글", &[("", "상태를 본다. stats")])];
    let readings = answer(&notes, "state").readings;
    assert_eq!(readings.len(), 1);
    assert_eq!(readings[0].meant, "상태");
}

#[test]
fn abbreviations_are_found_by_the_names_of_their_letters() {
    let notes = [entry("이유", &[("", "mTLS over HTTPS, and DNS. eu")])];
    for (query, meant) in [
        ("엠티엘에스", "mTLS"),
        ("에이치티티피에스를", "HTTPS"),
        ("디엔에스", "DNS"),
    ] {
        let answer = answer(&notes, query);
        assert_eq!(answer.hits.len(), 1, "{query}");
        assert_eq!(answer.readings[0].meant, meant);
    }
    assert_eq!(answer(&notes, "이유").readings, []);
}

/// What an input method shows while a word is typed key by key, from its second syllable on.
fn states(word: &str) -> Vec<String> {
    let keys = super::keyboard::to_keys(word);
    let ends = 1..=keys.len();
    let states = ends.filter_map(|end| super::keyboard::to_hangul(&keys[..end]));
    let is_second =
        |state: &String| state.chars().filter(|c| ('가'..='힣').contains(c)).count() > 1;
    states.filter(is_second).collect()
}

#[test]
fn a_loanword_is_found_while_it_is_typed() {
    let english = "gateway, load balancer, namespace, endpoint, circuit breaker, deployment, \
        certificate, handshake, downstream";
    let notes = [
        entry("words", &[("", english)]),
        entry("others", &[("", "nothing of these")]),
    ];
    for word in [
        "게이트웨이",
        "로드밸런서",
        "네임스페이스",
        "엔드포인트",
        "서킷브레이커",
        "디플로이먼트",
        "핸드셰이크",
        "다운스트림",
    ] {
        for state in states(word) {
            let answer = answer(&notes, &state);
            let hits: Vec<u32> = answer.hits.iter().map(|hit| hit.entry).collect();
            assert_eq!(hits, [0], "{state} of {word}");
        }
    }
    for keys in ["rpdlxmd", "rpdlxm", "fhemqo", "spdlatmv"] {
        assert_eq!(answer(&notes, keys).hits.len(), 1, "{keys}");
    }
    // Before another word it is not being typed.
    assert_eq!(answer(&notes, "네임스페 없음").hits, []);
}

#[test]
fn readings_are_as_the_texts_write_them() {
    let notes = [entry(
        "Overload",
        &[(
            "",
            "X-Envoy-Overloaded 응답. 고장이 난 되지. initialFetchTimeout을 본다.",
        )],
    )];
    for (query, typed, meant) in [
        ("xenvoyoverlaoded", "xenvoyoverlaoded", "X-Envoy-Overloaded"),
        (
            "initialfetchtimeuot",
            "initialfetchtimeuot",
            "initialFetchTimeout",
        ),
        ("고쟝이", "고쟝", "고장"),
        ("돼지", "돼지", "되지"),
    ] {
        let answer = answer(&notes, query);
        let reading = &answer.readings[0];
        assert_eq!((&*reading.typed, &*reading.meant), (typed, meant));
        assert_eq!(answer.hits.len(), 1, "{query}");
    }
}

#[test]
fn what_is_spelled_as_it_was_typed_comes_first() {
    let notes = [
        entry("외 그런가", &[("", "외 그런가 외 그런가")]),
        entry("이유", &[("", "왜 그런가")]),
    ];
    for (query, first) in [("왜", 1), ("외", 0), ("왜 그런가", 1)] {
        let answer = answer(&notes, query);
        assert_eq!(answer.hits[0].entry, first, "{query}");
        assert_eq!(answer.readings, [], "{query}");
    }
}

#[test]
fn words_of_the_table_are_found_with_a_mistake() {
    finds("응답", &["업스트링 실패", "업트스림 실패", "업트림 실패"]);
    let notes = notes();
    for query in ["업스트링", "업스트링에서"] {
        let answer = answer(&notes, query);
        assert_eq!(answer.readings[0].meant, "upstream");
    }
}

#[test]
fn endings_of_verbs_are_no_part_of_a_word() {
    for (query, marked) in [
        ("검증하려면", "검증"),
        ("종료했습니다", "종료"),
        ("읽었더니", "읽는"),
        ("닫습니다", "닫는"),
        ("다뤘어요", "다룬"),
    ] {
        let notes = notes();
        let answer = answer(&notes, query);
        assert_eq!(answer.readings, []);
        let passages = answer.hits.iter().flat_map(|hit| &hit.passages);
        let marks = passages.flat_map(|one| {
            one.excerpt
                .marks
                .iter()
                .map(|mark| &one.excerpt.text[mark.clone()])
        });
        let first = marks.into_iter().next().unwrap_or_default();
        assert_eq!(first, marked, "{query}");
    }
}

#[test]
fn pairs_of_syllables_that_are_apart_are_no_word() {
    let entries = [
        entry("하나", &[("", "자전 속도와 소전거를 쓴다. 연결을 닫는다.")]),
        entry("둘", &[("", "사전거는 다른 글에 있다.")]),
    ];
    let alone = answer(&entries, "자전거");
    assert_eq!(alone.readings[0].meant, "사전거");
    assert_eq!(alone.hits.len(), 1);
    assert_eq!(alone.hits[0].entry, 1);
    let with_another = answer(&entries[..1], "연결 자전거");
    assert_eq!(with_another.dropped, ["자전거"]);
    assert_eq!(with_another.hits[0].missing, [""; 0]);
}

#[test]
fn a_word_of_several_is_found_in_its_parts() {
    let notes = notes();
    let answer = answer(&notes, "요청전파지연");
    let excerpt = &answer.hits[0].passages[0].excerpt;
    let marks = excerpt.marks.iter().cloned();
    let marked: Vec<&str> = marks.map(|mark| &excerpt.text[mark]).collect();
    assert_eq!(marked, ["요청", "전파 지연"]);
    assert_eq!(answer.readings, []);
}

#[test]
fn words_of_the_table_are_found_as_the_text_has_them() {
    let texts = [
        "여기서 커넥션 풀이 느려진다.",
        "서킷 브레이커를 둔다.",
        "여기서 connection pool을 쓴다.",
    ];
    let entries = texts.map(|text| entry("글", &[("", text)]));
    for (queries, expected) in [
        (
            ["커넥션 풀", "커넥션 풀을", "커넥션풀", "커넥션풀을"],
            BTreeSet::from([0, 2]),
        ),
        (
            [
                "서킷 브레이커",
                "서킷 브레이커의",
                "서킷브레이커",
                "서킷브레이커가",
            ],
            BTreeSet::from([1]),
        ),
    ] {
        for query in queries {
            let answer = answer(&entries, query);
            let found: BTreeSet<u32> = answer.hits.iter().map(|hit| hit.entry).collect();
            assert_eq!(found, expected, "{query}: {answer:?}");
            assert_eq!(answer.dropped, [""; 0], "{query}");
        }
    }
}

#[test]
fn words_in_a_row_that_no_text_has_as_one_are_looked_for_alone() {
    let entries = [entry("글", &[("", "풀은 넷이다. 커넥션을 센다.")])];
    let answer = answer(&entries, "커넥션 풀");
    assert_eq!(answer.hits.len(), 1, "{answer:?}");
    assert_eq!(answer.dropped, [""; 0]);
}

#[test]
fn a_syllable_may_be_a_word_of_a_compound() {
    let entries = [
        entry("글", &[("", "자료는 마스터 키를 쓴다.")]),
        entry("글", &[("", "마스터가 키운다. 키를 돌린다.")]),
        entry("글", &[("", "한 시간 뒤에 멈춘다.")]),
    ];
    for (query, expected) in [("마스터키", 0), ("마스터키로", 0), ("한시간", 2)] {
        let answer = answer(&entries, query);
        let hits: Vec<u32> = answer.hits.iter().map(|hit| hit.entry).collect();
        assert_eq!(hits.first(), Some(&expected), "{query}: {answer:?}");
        assert_eq!(answer.dropped, [""; 0], "{query}");
    }
}

#[test]
fn a_compound_of_a_loanword_is_found_in_its_parts() {
    let entries = [
        entry(
            "글",
            &[(
                "",
                "timeout을 늘린다. 다른 설정은 두고, sidecar의 proxy를 본다.",
            )],
        ),
        entry(
            "글",
            &[(
                "",
                "설정 하나와 server, 리스너를 본다. upstream cluster가 있다.",
            )],
        ),
    ];
    for (query, expected, parts) in [
        ("타임아웃설정", 0, &["타임아웃"][..]),
        ("설정타임아웃을", 0, &["타임아웃을"]),
        // No text has them in a row.
        ("사이드카프록시", 0, &["사이드카", "프록시"]),
        ("업스트림클러스터", 1, &["업스트림클러스터"]),
        // As it is typed.
        ("타임아웃ㅅ", 0, &["타임아웃ㅅ"]),
        ("타임아웃ㅋ", 0, &["타임아웃ㅋ"]),
        ("타임아웃서", 0, &["타임아웃"]),
        ("타임아웃설", 0, &["타임아웃"]),
        ("타임아웃설ㅈ", 0, &["타임아웃"]),
        ("타임아웃설저", 0, &["타임아웃"]),
        ("타임아웃설정ㅇ", 0, &["타임아웃"]),
    ] {
        let answer = answer(&entries, query);
        let read: Vec<&str> = answer.readings.iter().map(|one| &*one.typed).collect();
        assert_eq!(
            answer.hits.first().map(|hit| hit.entry),
            Some(expected),
            "{query}: {answer:?}"
        );
        assert_eq!(read, parts, "{query}");
    }
    let answer = answer(&entries, "타임아웃계획");
    assert_eq!(answer.hits[0].entry, 0, "{answer:?}");
    assert_eq!(answer.dropped, ["계획"]);
    let log = [entry("log", &[("", "로그를 남긴다.")])];
    assert_eq!(super::tests::answer(&log, "블로그와").hits, []);
}

#[test]
fn a_loanword_of_several_is_found_in_these_where_no_text_has_them_in_a_row() {
    let text = "mesh의 service는 서로를 안다. 다른 글은 없다.";
    let entries = [entry("글", &[("", text)])];
    for (query, words) in [
        ("서비스메시", &["서비스", "메시"][..]),
        ("서비스 메시란", &["서비스", "메시란"]),
        ("서비스메쉬", &["서비스", "메쉬"]),
        ("servicemesh", &["servicemesh"]),
    ] {
        let answer = answer(&entries, query);
        let read: Vec<&str> = answer.readings.iter().map(|one| &*one.typed).collect();
        assert_eq!(read, words, "{query}");
        assert_eq!(answer.hits.len(), 1, "{query}: {answer:?}");
        assert_eq!(answer.hits[0].missing, [""; 0], "{query}");
    }
}

#[test]
fn a_word_is_said_to_be_read_as_another_where_that_finds_more_and_once() {
    let entries = [
        entry("카나리 배포", &[("", "카나리를 보낸다.")]),
        entry("Canary", &[("", "canary를 보낸다.")]),
    ];
    assert_eq!(answer(&entries[..1], "카나리").readings, []);
    let answer = answer(&entries, "카나리 배포 카나리");
    let of_it = answer.readings.iter().filter(|one| one.typed == "카나리");
    assert_eq!(of_it.count(), 1, "{answer:?}");
}

#[test]
fn english_is_found_in_hangul() {
    finds("Egress", &["게이트웨이", "이그레스 게이트웨이", "라우팅"]);
    finds("서킷", &["아웃라이어", "커넥션 풀", "리트라이"]);
    finds("응답", &["업스트림 실패"]);
    let notes = notes();
    let reading = answer(&notes, "게이트웨이").readings;
    assert_eq!(
        reading,
        [Reading {
            typed: "게이트웨이".to_owned(),
            meant: "gateway".to_owned()
        }]
    );
}

#[test]
fn the_other_keyboard_layout_is_understood() {
    finds("Egress", &["rpdlxmdnpdl", "ㅎㅁㅅㄷㅈ묘"]);
    finds("인증서", &["dlswmdtj"]);
    let notes = notes();
    for query in [
        "gateway",
        "identity",
        "retry",
        "워크로드",
        "드레이니",
        "ㅇㅈㅅ",
    ] {
        let readings = answer(&notes, query).readings;
        let is_layout = |one: &Reading| one.typed == query && one.meant != "workload";
        assert!(!readings.iter().any(is_layout), "{query}: {readings:?}");
    }
}

#[test]
fn all_words_are_better_than_some_and_a_phrase_than_words_apart() {
    let entries = [
        entry(
            "가",
            &[(
                "",
                "연결 풀 하나를 오래 쓰고 뒤에 나오는 한도를 본다. 이 문장은 길다.",
            )],
        ),
        entry(
            "나",
            &[("", "연결 한도를 본다. 풀 하나를 오래 쓰고. 이 문장은 길다.")],
        ),
        entry(
            "다",
            &[("", "연결 하나를 오래 쓴다. 이 문장은 길다. 그리고 더 길다.")],
        ),
    ];
    let answer = answer(&entries, "연결 한도");
    let order: Vec<u32> = answer.hits.iter().map(|hit| hit.entry).collect();
    assert_eq!(order, [1, 0, 2]);
    assert_eq!(answer.hits[2].missing, ["한도"]);
    assert_eq!(answer.dropped, [""; 0]);
}

#[test]
fn a_title_is_better_than_a_heading_than_text_and_deprecated_is_last() {
    let text = "timeout을 정하는 방법.";
    let old = Entry {
        deprecated: true,
        ..entry("timeout", &[("timeout", text)])
    };
    let entries = [
        entry("가", &[("", text)]),
        old,
        entry("나", &[("timeout", text)]),
        entry("timeout", &[("", text)]),
    ];
    let answer = answer(&entries, "timeout");
    let place = |entry| answer.hits.iter().position(|hit| hit.entry == entry);
    assert_eq!(place(3), Some(0));
    assert!(place(2) < place(0), "a heading");
    assert!(place(1) > place(3), "deprecated");
}

#[test]
fn a_title_with_a_gloss_is_what_either_says() {
    let notes = [
        entry(
            "테스트",
            &[
                ("컴포저블", "컴포저블 테스트하기, composables"),
                ("Composables", ""),
            ],
        ),
        entry("컴포저블(Composables)", &[("", "컴포저블의 예제.")]),
    ];
    for query in ["컴포저블", "composables"] {
        assert_eq!(answer(&notes, query).hits[0].entry, 1, "{query}");
    }
}

#[test]
fn excerpts_mark_what_matched() {
    let notes = notes();
    for (query, marked) in [
        ("ｏｕｔｌｉｅｒ Detection", &["outlier", "detection"][..]),
        // With its particle where it has one, without it where it has not.
        ("인증서를", &["인증서를"]),
        ("순서의", &["순서"]),
    ] {
        let answer = answer(&notes, query);
        let excerpt = &answer.hits[0].passages[0].excerpt;
        let marks = excerpt.marks.iter().cloned();
        let found: Vec<&str> = marks.map(|mark| &excerpt.text[mark]).collect();
        assert_eq!(found, marked);
        assert_eq!(answer.hits[0].missing, [""; 0]);
    }
}

#[test]
fn words_that_nothing_holds_are_dropped() {
    let notes = notes();
    let answer = answer(&notes, "upstream zzzzqqq");
    assert_eq!(answer.dropped, ["zzzzqqq"]);
    assert!(!answer.hits.is_empty());
}

#[test]
fn a_word_of_the_site_finds_what_its_other_is_in_the_other_script() {
    let notes = [entry("Egress gateway", &[("", "It lets requests out.")])];
    let built = whole(notes.iter().map(terms_of));
    let index = built.open().unwrap();
    for other in ["게이트웨이", "gateway"] {
        let own = [("한라산".to_owned(), vec![other.to_owned()])];
        let search = Search {
            index: &index,
            texts: &notes[..],
            loanwords: &Loanwords::new(&own),
        };
        assert_eq!(
            search.answer("한라산을", 5, |_| true).hits.len(),
            1,
            "{other}"
        );
    }
}

#[test]
fn a_number_with_a_dot_is_no_other_with_the_same_digits() {
    let often = "18-5 and 18-5. ".repeat(9);
    let notes = [
        entry("Listings", &[("", often.as_str())]),
        entry(
            "Releases",
            &[("", "Since 1.85 it prints more, and more than that.")],
        ),
    ];
    assert_eq!(answer(&notes, "1.85").hits[0].entry, 1);
}

#[test]
fn words_of_a_long_query_are_not_said_to_be_nowhere() {
    let notes = notes();
    let mut many: Vec<String> = (0..24).map(|number| format!("zz{number}qq")).collect();
    many.push("listener 리스너".to_owned());
    let found = answer(&notes, &many.join(" "));
    assert_eq!(found.beyond, ["listener", "리스너"]);
    assert_eq!(found.dropped.len(), 24);
    let often = "upstream ".repeat(30);
    let found = answer(&notes, &often);
    assert_eq!((found.beyond, found.dropped), (vec![], vec![]));
}

#[test]
fn a_short_english_word_in_hangul_is_found_by_its_sound_and_a_korean_one_is_not_taken_for_it() {
    let words =
        "tuple loop vector capture future drop sender task test essay onerror function hash";
    let notes = [entry("Notes", &[("", words)])];
    for (typed, meant) in [
        ("튜플", "tuple"),
        ("루프를", "loop"),
        ("벡터", "vector"),
        ("캡처", "capture"),
        ("퓨처", "future"),
        ("드롭", "drop"),
        ("센더", "sender"),
        // A word that sounds right is no other of the table with a mistake.
        ("태스크", "task"),
        ("해쉬를", "hash"),
    ] {
        let readings = answer(&notes, typed).readings;
        let read: Vec<&str> = readings.iter().map(|one| one.meant.as_str()).collect();
        assert_eq!(read, [meant], "{typed}");
    }
    for typed in ["예제에", "언어로", "전제", "만드는"] {
        assert_eq!(answer(&notes, typed).readings, [], "{typed}");
    }
}

#[test]
fn an_english_word_is_no_korean_one_with_an_ending() {
    let texts = [
        "파일에 쓴다. 것이지만 다르다.",
        "아침에 보고 달라지는 것이다. 메모리를 본다.",
    ];
    let notes = texts.map(|text| entry("글", &[("", text)]));
    for typed in ["pile", "gathers", "dollars"] {
        assert_eq!(answer(&notes, typed).hits, [], "{typed}");
    }
    assert_eq!(answer(&notes, "memory").hits[0].entry, 1);
}

#[test]
fn a_compound_stays_found_while_its_next_syllable_begins() {
    let notes = [entry("글", &[("", "배포를 한다. 가이드를 읽는다.")])];
    for typed in ["배포가이", "배포가읻", "배포가이드"] {
        assert_eq!(answer(&notes, typed).hits.len(), 1, "{typed}");
    }
}

#[test]
fn a_syllable_that_is_repeated_is_looked_for_as_it_is() {
    let notes = [entry("글", &[("", "가가호호 다닌다. 대가가 크다.")])];
    let found = answer(&notes, &"가".repeat(200));
    assert_eq!(found.readings, []);
}

#[test]
fn an_english_word_is_found_as_texts_have_it_in_hangul() {
    let words = "stampede 스탬피드 cardinality 카디널리티 planner 플래너 bulkhead 벌크헤드 jitter 지터 fencing 펜싱 \
        tuple 튜플 coordinator 코디네이터 compaction 컴팩션 vacuum 배큠 \
        watermark 워터마크 idempotent 아이덤포턴트 lease 리스 \
        barrier 배리어 lattice 래티스 crawler 크롤러 scraper 스크레이퍼 dispatcher 디스패처 capacitor 커패시터 \
        envelope 엔벌로프 skeleton 스켈레톤 blueprint 블루프린트";
    let words: Vec<&str> = words.split_whitespace().collect();
    for pair in words.chunks(2) {
        let text = format!("{}를 다룬다. 이 글은 다른 말을 하지 않는다.", pair[1]);
        let other = format!("옛{}라는 이름은 다른 것이다.", pair[1]);
        let notes = [&text, &other].map(|text| entry("글", &[("", text)]));
        let found = answer(&notes, pair[0]);
        let hits: Vec<u32> = found.hits.iter().map(|hit| hit.entry).collect();
        assert_eq!(hits, [0], "{pair:?}");
        let reading = (
            found.readings[0].typed.as_str(),
            found.readings[0].meant.as_str(),
        );
        assert_eq!(reading, (pair[0], pair[1]));
    }
}

#[test]
fn an_english_word_is_found_in_both_spellings_where_few_write_it_in_english() {
    let notes = [
        entry("Jitter", &[("", "The jitter of a clock.")]),
        entry("지터", &[("", "지터는 시계가 흔들리는 정도이다.")]),
        entry(
            "허락",
            &[("", "연락을 하라는 허락을 받았다. 딱딱한 자물쇠.")],
        ),
        entry("락", &[("", "락을 잡는다.")]),
    ];
    for (typed, entries) in [("jitter", &[0, 1][..]), ("lock", &[3])] {
        let found = answer(&notes, typed).hits;
        let found: Vec<u32> = found.iter().map(|hit| hit.entry).collect();
        assert_eq!(found, entries, "{typed}");
    }
    // A spelling ends, however often its last vowel may be said.
    let notes = [entry(
        "글",
        &[("", "에이이이이 이에에이 어어어 우우우 아아이이")],
    )];
    for typed in ["ea", "aaaaaaaaaa", "eiou", "queue", "ieee", "auou"] {
        assert_eq!(answer(&notes, typed).hits.len(), 0, "{typed}");
    }
    // What is in a text by chance is no word for another.
    let notes = [entry(
        "글",
        &[("", "서로 참은 타워는 없다. 연락을 하라는 허락을 받았다.")],
    )];
    for typed in ["sorrow", "charm", "tower", "ballet"] {
        assert_eq!(answer(&notes, typed).readings, [], "{typed}");
    }
}

proptest! {
    #[test]
    fn any_query_has_an_answer(query in "\\PC{0,40}|[가-힣ㄱ-ㅣa-zA-Z0-9.\\-_/' ]{0,60}") {
        let notes = notes();
        for hit in answer(&notes, &query).hits {
            for passage in hit.passages {
                let marks = passage.excerpt.marks;
                prop_assert!(marks.iter().all(|mark| passage.excerpt.text.get(mark.clone()).is_some()));
            }
        }
    }

    #[test]
    fn any_text_can_be_searched(text in "\\PC{0,80}", query in "\\PC{0,8}") {
        answer(&[entry(&text, &[(&text, &text)])], &query);
    }
}

#[test]
fn words_in_a_row_that_are_listed_as_one_are_one() {
    let notes = [
        entry("회로 차단", &[("", "한도를 넘은 요청을 끊는다.")]),
        entry("차단 목록", &[("", "주소를 막는다. 회로는 없다.")]),
        entry("서킷 브레이커", &[("", "연결의 한도.")]),
    ];
    let own = [("서킷 브레이커".to_owned(), vec!["회로 차단".to_owned()])];
    let built = whole(notes.iter().map(terms_of));
    let index = built.open().unwrap();
    let search = Search {
        index: &index,
        texts: &notes[..],
        loanwords: &Loanwords::new(&own),
    };
    let first = |query: &str| {
        let answer = search.answer(query, 5, |_| true);
        let titles = answer.hits.iter().take(2);
        let titles: BTreeSet<u32> = titles.map(|hit| hit.entry).collect();
        assert_eq!(titles, BTreeSet::from([0, 2]), "{query}: {answer:?}");
        answer.readings
    };
    for query in ["서킷 브레이커", "서킷브레이커", "서킷 브레이커를"] {
        let readings = first(query);
        assert_eq!(readings.len(), 1, "{query}");
        assert_eq!(readings[0].typed, query);
        assert!(readings[0].meant.contains("회로 차단"), "{readings:?}");
    }
    for query in ["회로 차단", "회로차단", "회로차단의"] {
        assert!(first(query)[0].meant.contains("서킷 브레이커"), "{query}");
    }
}
