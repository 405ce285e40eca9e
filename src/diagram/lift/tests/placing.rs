//! Which slot a picture belongs to.

use crate::diagram::lift::PlacedBy::{Caption, Named, Order, Source, Words};
use crate::diagram::lift::align::{measured, said as parts};
use crate::diagram::lift::{Drawn, PlacedBy, Slot, place};

const SOURCES: [&str; 6] = [
    "flowchart LR
  손님([외부 클라이언트]) -->|443| 문[리스너<br/>TLS를 끝낸다]
  문 --> 고름{필터 체인<br/>SNI가 맞나}
  고름 -->|맞다| 길[라우트<br/>bookinfo.example.com]
  고름 -->|틀리다| 끊음[연결을 끊는다]
  길 --> 무리[클러스터<br/>outbound|9080||productpage]
  무리 --> 끝[(엔드포인트 10.244.1.17)]
",
    "sequenceDiagram
  participant C as 클라이언트
  participant I as 인그레스 게이트웨이
  participant S as 주문 서비스
  participant E as 이그레스 게이트웨이
  participant P as 결제 API
  C->>I: 주문을 보낸다
  I->>S: mTLS로 넘긴다
  loop 재시도 3회까지
    S->>E: 승인을 청한다
    E->>P: 밖으로 나간다
    P--xE: 답이 없다
    E-->>S: 504, 시간 초과
  end
",
    "stateDiagram-v2
  [*] --> 초기화중
  초기화중 --> 실행중: 첫 설정을 받았다
  실행중 --> 드레이닝: SIGTERM
  드레이닝 --> 강제종료: drain_time_s가 지났다
  드레이닝 --> 정상종료: 남은 연결이 없다
  강제종료 --> 종료됨
  정상종료 --> 종료됨
",
    "flowchart TD
  subgraph sys[네임스페이스 istio-system]
    istiod
    in[istio-ingressgateway]
    out[istio-egressgateway]
  end
  subgraph app[네임스페이스 운영]
    a[주문 파드] --- ap[사이드카]
    b[결제 파드] --- bp[사이드카]
  end
  istiod -.->|xDS 배포| ap & bp & in & out
  prom[(프로메테우스)] -->|15090| ap
",
    "classDiagram
  class 가상서비스 {
    +String[] hosts
    +HTTPRoute[] http
  }
  class 목적지규칙 {
    +String host
    +Subset[] 서브셋
  }
  가상서비스 --> 목적지규칙 : 골라 쓴다
",
    "erDiagram
  장부 ||--o{ 줄 : 담는다
  줄 {
    string 이름 PK
    int 값
  }
",
];

/// What somebody drew from the first three sources and the fourth: fewer words, other particles,
/// new words.
const DRAWN: [&str; 4] = [
    "Envoy 안에서 요청이 가는 길 외부 클라이언트 443 리스너 필터 체인은 SNI를 본다 라우트 클러스터 엔드포인트",
    "결제 API 부르기 클라이언트 인그레스 게이트웨이 주문 서비스 이그레스 게이트웨이 재시도는 3회 504 시간 초과",
    "드레이닝 상태 초기화중 실행중 드레이닝 SIGTERM 강제종료 정상종료 종료됨 손으로 그림",
    "네임스페이스 배치도 istiod istio-system ingressgateway egressgateway 주문 파드 사이드카 프로메테우스가 모은다",
];

fn said(words: &str) -> Drawn {
    Drawn {
        words: words.to_owned(),
        ..Drawn::default()
    }
}

fn captioned(caption: &str) -> Drawn {
    Drawn {
        caption: Some(caption.to_owned()),
        ..Drawn::default()
    }
}

fn named(slot: &str) -> Drawn {
    Drawn {
        slot: Some(slot.to_owned()),
        ..Drawn::default()
    }
}

fn kept(source: &str) -> Drawn {
    Drawn {
        source: Some(source.to_owned()),
        ..Drawn::default()
    }
}

fn slot<'a>(name: &'a str, source: &'a str) -> Slot<'a> {
    Slot {
        name,
        source,
        ..Slot::default()
    }
}

fn taken<'a>(name: &'a str, source: &'a str) -> Slot<'a> {
    Slot {
        taken: true,
        ..slot(name, source)
    }
}

fn under<'a>(caption: &'a str, source: &'a str) -> Slot<'a> {
    Slot {
        caption: Some(caption),
        ..slot("", source)
    }
}

fn found(pictures: &[Drawn], slots: &[Slot<'_>]) -> Vec<Option<(usize, PlacedBy)>> {
    let placements = place(pictures, slots);
    assert_eq!(placements.len(), pictures.len());
    placements
}

fn sources(numbers: &[usize]) -> Vec<Slot<'static>> {
    numbers
        .iter()
        .map(|number| slot("", SOURCES[*number]))
        .collect()
}

#[test]
fn a_name_decides_the_slot_in_any_order() {
    let slots = [slot("1", "a"), slot("2", "b"), taken("3", "c")];
    for (names, expected) in [
        (&["2", "1"][..], &[Some((1, Named)), Some((0, Named))][..]),
        // The second of two with one name names its slot too.
        (&["1", "1"], &[Some((0, Named)), None]),
        (&["3"], &[None]),
        // A former name is not evidence.
        (&["9", "2"], &[Some((0, Order)), Some((1, Named))]),
        (&["", "2"], &[Some((0, Order)), Some((1, Named))]),
    ] {
        let pictures: Vec<Drawn> = names.iter().map(|name| named(name)).collect();
        assert_eq!(found(&pictures, &slots), expected, "{names:?}");
    }
}

#[test]
fn a_kept_source_decides_the_slot() {
    let slots = [
        slot("1", "graph LR\n  A --> B"),
        slot("2", "pie"),
        slot("3", "graph LR\nA-->B\n"),
    ];
    assert_eq!(
        found(
            &[
                kept("pie\n"),
                kept("graph  LR\r\nA --> B"),
                kept("graph LR A-->B")
            ],
            &slots
        ),
        [Some((1, Source)), Some((0, Source)), Some((2, Source))]
    );
    assert_eq!(
        found(&[kept("pie")], &[taken("1", "pie"), slot("2", "graph")]),
        [None]
    );
    assert_eq!(found(&[kept(" ")], &[slot("1", " ")]), [Some((0, Order))]);
}

#[test]
fn clear_captions_may_cross() {
    let slots = [
        under("요청의 길", "a"),
        under("“상태” — 전이", "b"),
        under("그 밖", "c"),
    ];
    assert_eq!(
        found(
            &[captioned("\"상태\" - 전이"), captioned("요청의  길")],
            &slots
        ),
        [Some((1, Caption)), Some((0, Caption))]
    );
    let same = [under("그림", "a"), under("그림", "b")];
    assert_eq!(
        found(&[captioned("그림"), captioned("그림")], &same),
        [Some((0, Caption)), Some((1, Caption))]
    );
    // A caption of two slots does not identify one picture.
    assert_eq!(found(&[captioned("그림")], &same), [None]);
}

#[test]
fn as_many_pictures_as_slots_go_by_order() {
    let plain = Drawn::default();
    assert_eq!(
        found(std::slice::from_ref(&plain), &[slot("1", "a")]),
        [Some((0, Order))]
    );
    let slots = [slot("1", "a"), taken("2", "b"), slot("3", "c")];
    assert_eq!(
        found(&[plain.clone(), plain.clone()], &slots),
        [Some((0, Order)), Some((2, Order))]
    );
    assert_eq!(found(std::slice::from_ref(&plain), &slots), [None]);
    assert_eq!(found(&[plain], &[]), [None]);
    assert_eq!(found(&[], &slots), []);
    let drawn = [said(DRAWN[0]), said("낯선 말")];
    assert_eq!(
        found(&drawn, &sources(&[0, 1])),
        [Some((0, Words)), Some((1, Order))]
    );
}

#[test]
fn pictures_go_where_their_words_are() {
    for (drawn, slots, expected) in [
        (&[0, 2][..], &[0, 1, 2][..], &[Some(0), Some(2)][..]),
        (&[1, 2], &[0, 1, 2], &[Some(1), Some(2)]),
        (&[0, 1], &[0, 1, 2], &[Some(0), Some(1)]),
        (&[2], &[0, 1, 2, 3, 4, 5], &[Some(2)]),
        (&[0, 1, 2, 3], &[1, 3], &[None, Some(0), None, Some(1)]),
        (
            &[0, 1, 3],
            &[0, 1, 2, 3, 4, 5],
            &[Some(0), Some(1), Some(3)],
        ),
        // Pictures that are not drawn.
        (&[0, 1], &[4], &[None, None]),
        (&[2], &[4, 5], &[None]),
    ] {
        let pictures: Vec<Drawn> = drawn.iter().map(|number| said(DRAWN[*number])).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|slot| slot.map(|slot| (slot, Words)))
            .collect();
        assert_eq!(
            found(&pictures, &sources(slots)),
            expected,
            "{drawn:?} {slots:?}"
        );
    }
}

#[test]
fn matches_do_not_cross() {
    // Both are similar, but only one keeps the order: the one with more words in common.
    let found = found(&[said(DRAWN[2]), said(DRAWN[0])], &sources(&[0, 1, 2]));
    assert_eq!(found.iter().flatten().count(), 1);
}

#[test]
fn a_picture_without_text_stays_without_a_slot_when_numbers_differ() {
    let pictures = [said(DRAWN[0]), Drawn::default()];
    assert_eq!(
        found(&pictures, &sources(&[0, 1, 2])),
        [Some((0, Words)), None]
    );
}

#[test]
fn what_fits_two_slots_equally_goes_to_neither() {
    assert_eq!(found(&[said(DRAWN[0])], &sources(&[0, 0])), [None]);
    assert_eq!(
        found(&[said(DRAWN[0]), said(DRAWN[0])], &sources(&[0])),
        [None, None]
    );
}

#[test]
fn grounds_work_together() {
    let mut slots = sources(&[0, 1, 2, 3]);
    slots[3].name = "배치";
    slots[1].taken = true;
    let pictures = [
        named("배치"),
        said(DRAWN[2]),
        said(DRAWN[0]),
        kept(SOURCES[0]),
    ];
    assert_eq!(
        found(&pictures, &slots),
        [Some((3, Named)), Some((2, Words)), None, Some((0, Source))]
    );
}

/// Shows why the threshold has its value: pictures of other sources of one field are below it,
/// pictures drawn from a source above.
#[test]
fn the_threshold_separates_own_from_foreign() {
    for (slot, source) in SOURCES.iter().enumerate() {
        for (picture, drawn) in DRAWN.iter().enumerate() {
            let like = measured(&parts(&[drawn]), &parts(&[source]));
            let is_own = picture == slot;
            assert!(
                is_own == (like > 0.35) && (is_own || like < 0.15),
                "{picture} {slot}: {like}"
            );
        }
    }
}

#[test]
fn words_are_alike_whatever_their_particles_and_names() {
    for (one, other) in [
        ("메모리가 이 경로로", "메모리는 그 경로"),
        ("podName -> \"Pod의 IP\"", "pod name ip"),
        ("A[\"포트 9080<br/>outbound\"]", "outbound 포트는 9080"),
    ] {
        let like = measured(&parts(&[one]), &parts(&[other]));
        assert!(like > 0.5, "{one} {other}: {like}");
    }
}
