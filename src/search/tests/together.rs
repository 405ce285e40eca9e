//! What is next to each other, what is set aside, and what is marked where a word was typed in part.

use super::{Entry, answer, entry, notes};

/// The numbers of the entries that a query finds, in their order.
fn order(entries: &[Entry], query: &str) -> Vec<u32> {
    let answer = answer(entries, query);
    answer.hits.iter().map(|hit| hit.entry).collect()
}

#[test]
fn a_phrase_is_before_words_apart_however_often_these_are_there() {
    let filler = " of some other matter that has nothing to do with it, and more of that";
    let korean = " 그리고 아무 상관이 없는 다른 이야기를 조금 더 길게 한다";
    for (query, phrase, [first, second]) in [
        (
            "silver anchor",
            "A silver anchor is here.",
            ["silver", "anchor"],
        ),
        (
            "silver anchor",
            "Silver anchors are here.",
            ["anchor", "silver"],
        ),
        (
            "연결 한도",
            "여기서는 연결의 한도를 본다.",
            ["연결을", "한도가"],
        ),
        (
            "연결을 설정하는 방법",
            "연결 설정된 방법이 있다.",
            ["설정을 연결", "방법을"],
        ),
    ] {
        let filler = if query.is_ascii() { filler } else { korean };
        let apart = format!("{first}{filler}. {second}{filler}. ").repeat(9);
        let entries = [
            entry("One", &[("", &apart), (first, &apart), (second, &apart)]),
            entry("Two", &[("", &format!("{phrase} {}", filler.repeat(20)))]),
        ];
        assert_eq!(order(&entries, query)[0], 1, "{query}");
    }
}

#[test]
fn words_of_a_phrase_in_a_title_are_not_below_a_phrase_in_a_text() {
    let entries = [
        entry("하나", &[("", "짧은 글에 연결 한도가 있다.")]),
        entry("한도를 넘는 연결", &[("", "여기서는 연결을 본다.")]),
    ];
    assert_eq!(order(&entries, "연결 한도"), [1, 0]);
}

#[test]
fn a_deprecated_entry_is_below_each_that_has_the_words_in_as_good_a_place() {
    let old = Entry {
        deprecated: true,
        ..entry("gateway", &[("gateway", &"gateway를 세운다. ".repeat(30))])
    };
    let entries = [
        old,
        entry(
            "바깥으로 나가는 gateway를 세우고 지우는 방법",
            &[("", "한 번 세운다.")],
        ),
        entry("다른 글", &[("", "아무 상관이 없는 글에 gateway가 있다.")]),
    ];
    assert_eq!(order(&entries, "gateway"), [1, 0, 2]);
}

#[test]
fn a_word_that_few_write_in_hangul_hides_no_entry_with_the_english_one() {
    let entries = [
        entry(
            "하나",
            &[("", "여기서는 게이트웨이를 세우고 스캐폴딩도 한 번 쓴다.")],
        ),
        entry(
            "둘",
            &[("", "gateway를 세운다. scaffolding은 쓰지 않는다.")],
        ),
        entry("셋", &[("", "아무 상관이 없는 글.")]),
    ];
    for query in [
        "게이트웨이",
        "게이트웨",
        "게이트ㅇ",
        "스캐폴딩",
        "스캐폴딩을",
        "gateway",
    ] {
        assert_eq!(order(&entries, query).len(), 2, "{query}");
    }
    // A word that is no English one is not read as one that only sounds a little like it.
    let entries = [
        entry("하나", &[("", "그래서 실시간으로 돌아오는 불이익.")]),
        entry("둘", &[("", "classA, searchIcon, toRaw, forEach.")]),
    ];
    for query in ["그래서", "실시간", "돌아오", "불이익"] {
        assert_eq!(order(&entries, query), [0], "{query}");
    }
}

#[test]
fn two_english_words_are_found_without_their_blank() {
    let entries = [
        entry("One", &[("", "A load balancer is in front of it.")]),
        entry("Two", &[("", "The balancer takes another load.")]),
    ];
    let answer = answer(&entries, "loadbalancer");
    assert_eq!(answer.hits[0].entry, 0);
    assert_eq!(answer.readings[0].meant, "load balancer");
    assert_eq!(answer.dropped, [""; 0]);
}

#[test]
fn a_word_typed_in_part_is_marked_where_it_is() {
    let notes = notes();
    for (query, marked) in [
        ("드레이니", "드레이닝"),
        ("워클", "워크로"),
        ("인증ㅅ", "인증서"),
        ("ㅇㅈㅅ", "인증서"),
        ("ㅅㅋㅂㄹㅇㅋ", "서킷 브레이커"),
        ("certificates", "certificate"),
    ] {
        let mut notes = notes.clone();
        for note in &mut notes {
            note.sections[0]
                .text
                .push_str(" 드레이닝, 인증서, 서킷 브레이커, 워크로드와 certificate는 끝에 있다.");
        }
        let answer = answer(&notes, query);
        let excerpts = answer.hits[0].passages.iter().map(|one| &one.excerpt);
        let mut marks =
            excerpts.flat_map(|one| one.marks.iter().map(|mark| &one.text[mark.clone()]));
        assert!(
            marks.any(|mark| mark.starts_with(marked)),
            "{query}: {answer:?}"
        );
    }
}
