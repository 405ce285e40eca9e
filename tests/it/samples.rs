//! Archives written for the tests: some dozens of Korean notes with attachments, a reading path and
//! the pages that an older script left; and an English manual. The same bytes each time.
//!
//! Not here: a document for every construct (`tests/sites/everything`), and real archives
//! (`tests/corpora`).

use std::fmt::Write as _;

use crate::harness::SiteTest;

/// Documents of `notes`.
pub const NOTES: usize = 36;
/// Documents of `manual`.
pub const CHAPTERS: usize = 24;
/// Notes whose pages hold a picture that somebody drew.
pub const DRAWN: [&str; 4] = [
    "arch__src-workload-lifecycle",
    "gw__guide-egress-https",
    "gw__src-egress-routes",
    "xds__src-cluster-fields",
];
/// Notes without a page.
pub const UNPUBLISHED: [&str; 2] = ["gw__src-http-against-https", "xds__note-routing-order"];
/// The note with a link to no document and one to no heading.
pub const BROKEN: &str = "gw__src-egress-operations";

/// Name, title, and what it is about in a few words.
const TOPICS: [(&str, &[(&str, &str)]); 5] = [
    (
        "arch",
        &[
            (
                "note-control-plane-load",
                "컨트롤 플레인 부하를 정하는 네 가지",
            ),
            (
                "note-install-layout",
                "컨트롤 플레인과 데이터 플레인의 설치를 나누기",
            ),
            (
                "runbook-control-plane-down",
                "컨트롤 플레인 중단에 대응하기",
            ),
            ("runbook-reinstall", "차트로 다시 설치하기"),
            ("src-workload-lifecycle", "워크로드의 한살이"),
        ],
    ),
    (
        "gt",
        &[
            ("MOC-termination", "무중단 종료 문서 모음"),
            ("src-big-picture", "W1. 큰 그림"),
            ("src-health-states", "W2. 상태 검사의 상태 기계"),
            ("src-listener-drain", "리스너 드레인의 순서"),
            ("src-load-balancer", "부하 분산기 설정 읽기"),
            ("src-test-plan", "W5. 시험 시나리오"),
        ],
    ),
    (
        "gw",
        &[
            ("guide-egress-https", "이그레스 게이트웨이로 HTTPS 내보내기"),
            ("guide-two-gateways", "게이트웨이 둘로 나누기"),
            ("note-circuit-breaker", "회로차단기가 여는 조건"),
            ("note-identity", "mTLS 없이 신원을 전하는 방법"),
            ("note-east-west-sni", "동서 게이트웨이와 SNI"),
            ("note-scope", "Sidecar 자원으로 범위 좁히기"),
            ("report-2026-05-02_dns", "DNS 해석 실측 리포트"),
            ("report-2026-05-03_ingress", "인그레스 실측 리포트"),
            ("src-egress-operations", "이그레스 게이트웨이 운영"),
            ("src-egress-routes", "이그레스 경로 해부"),
            ("src-http-against-https", "HTTP와 HTTPS의 차이"),
        ],
    ),
    (
        "sec",
        &[
            ("note-spiffe-identity", "mTLS 신원은 SPIFFE 이름이다"),
            ("note-three-resources", "보안 자원 셋의 관계"),
            ("src-authorization-model", "AuthorizationPolicy 읽는 법"),
            ("guide-mtls-rollout", "mTLS를 단계별로 켜기"),
        ],
    ),
    (
        "xds",
        &[
            ("note-admin-api", "관리 인터페이스로 진단하기"),
            ("note-data-plane-state", "데이터 플레인 동기화 상태"),
            ("note-filter-chains", "필터 체인 확장"),
            ("note-routing-order", "라우팅 순서 따라가기"),
            ("note-static-and-dynamic", "정적 설정과 동적 설정"),
            ("note-한글-이름", "파일 이름이 한글인 노트"),
            ("src-cluster-fields", "클러스터의 필드"),
            ("src-response-flags", "응답 플래그 사전"),
            ("src-layers", "xDS 계층과 진단"),
            ("src-capture", "사이드카 트래픽 캡처"),
        ],
    ),
];

/// Notes with their attachments and reading path, and no page.
pub fn notes() -> SiteTest {
    let all = named_notes();
    assert_eq!(all.len(), NOTES);
    let mut site = SiteTest::new()
        .file("flow.json", flow(&all))
        .file("assets/viz.css", "main { max-width: 60rem }\n")
        .file(
            "attachment/egress/README.md",
            "# 스냅샷\n\n`gateway.yaml`의 출처.\n",
        )
        .file("attachment/egress/gateway.yaml", "kind: Gateway\n")
        .file("attachment/termination/drain.sh", "#!/bin/sh\nsleep 15\n");
    for number in 0..all.len() {
        site = site.doc(&all[number].0, note(number, &all));
    }
    site
}

/// The same beside the pages that an older script made of them, some with a picture drawn in.
pub fn older_archive() -> SiteTest {
    let mut site = notes()
        .file("index.html", "<!DOCTYPE html><title>old index</title>\n")
        .file("files.html", "<!DOCTYPE html><title>old files</title>\n");
    for (number, (name, title)) in named_notes().iter().enumerate() {
        if !UNPUBLISHED.contains(&name.as_str()) {
            site = site.file(&format!("{name}.html"), older_page(number, name, title));
        }
    }
    site
}

fn named_notes() -> Vec<(String, &'static str)> {
    let named = |topic: &'static str| {
        move |(name, title): &(&str, &'static str)| (format!("{topic}__{name}"), *title)
    };
    TOPICS
        .iter()
        .flat_map(|(topic, notes)| notes.iter().map(named(topic)))
        .collect()
}

fn flow(all: &[(String, &str)]) -> String {
    let stages = [
        ("0 설치", "arch"),
        ("1 원리", "xds"),
        ("2 트래픽", "gw"),
        ("3 보안", "sec"),
    ];
    let stages = stages.map(|(title, topic)| {
        let names = all.iter().map(|(name, _)| name);
        let docs: Vec<_> = names
            .filter(|name| name.starts_with(topic))
            .map(|name| format!("{name:?}"))
            .collect();
        format!(
            "{{\"title\": {title:?}, \"why\": \"앞의 단계 다음에 읽는다.\", \"docs\": [{}], \
             \"links\": [{{\"label\": \"Istio 공식 문서\", \"url\": \"https://istio.io/latest/docs/\"}}]}}",
            docs.join(", ")
        )
    });
    format!(
        "{{\"title\": \"이해의 흐름\", \"stages\": [{}]}}\n",
        stages.join(",\n")
    )
}

/// The number decides what a note links to and which constructs it has.
fn note(number: usize, all: &[(String, &str)]) -> String {
    let (name, title) = &all[number];
    let other = |step: usize| &all[(number + step) % all.len()];
    let mut text = String::new();
    if number.is_multiple_of(5) {
        let _ = writeln!(text, "---\ntags: [정리, t{number}]\n---");
    }
    let _ = writeln!(
        text,
        "# {title}\n\n{title}, 그 둘째 정리({number}).\n\n## 개요\n"
    );
    let _ = writeln!(
        text,
        "이 문서는 **{title}(요약)**을 다룬다. **\"핵심\"**은 *아래 순서*이고, ~~옛 방법(구판)~~은 \
         **`kubectl`**로 대신한다. 자세한 것은 [{}]({}.html)와 [다음 단계]({}.html#개요)를 보라.\n",
        other(7).1,
        other(7).0,
        other(11).0
    );
    text += &section(number, name);
    if number % 4 == 1 {
        text += "## 흐름\n\n```mermaid\nflowchart LR\n  A[리스너] --> B[라우트]\n  B --> C{클러스터}\n```\n\n";
    }
    if name == BROKEN {
        text += "깨진 링크: [없는 문서](gw__note-none.html)와 [없는 절](gw__src-egress-routes.html#없는-절).\n\n";
    }
    let _ = writeln!(
        text,
        "## 참고\n\n- [{}]({}.html)\n- [공식 문서](https://istio.io/)",
        other(3).1,
        other(3).0
    );
    text
}

fn section(number: usize, name: &str) -> String {
    match number % 4 {
        0 => format!(
            "## 설정\n\n```yaml title=\"{name}.yaml\"\nkind: ServiceEntry\nmetadata:\n  name: n{number}\n```\n\n\
             [스냅샷](attachment/egress/gateway.yaml)에서 가져왔다.\n\n"
        ),
        1 => "## 명령\n\n```console\n$ istioctl proxy-status\nNAME   CDS   LDS\n```\n\n> [!NOTE]\n> 결과는 버전에 따라 다르다.\n\n".to_owned(),
        2 => "## 비교\n\n| 항목 | 값 | 설명 |\n|---|---:|---|\n| `timeout` | 15 | 기본값이다 |\n| `retries` | 2 | **두 번(최대)**까지 |\n\n각주가 있다[^1].\n\n[^1]: 각주의 글.\n\n".to_owned(),
        _ => "## 절차\n\n1. 먼저 상태를 본다.\n2. [스크립트](attachment/termination/drain.sh)를 돌린다.\n   - 실패하면 되돌린다.\n\n<details><summary>자세히</summary>\n\n접힌 **글**이다.\n\n</details>\n\n".to_owned(),
    }
}

fn older_page(number: usize, name: &str, title: &str) -> String {
    let drawing = if DRAWN.contains(&name) {
        format!(
            "<svg viewBox=\"0 0 320 80\" role=\"img\" aria-label=\"{title}\"><rect x=\"4\" y=\"4\" \
             width=\"90\" height=\"40\" rx=\"6\" fill=\"#eef\"/><text x=\"12\" y=\"28\">listener</text>\
             <text x=\"142\" y=\"28\">손으로 그린 그림 {number}</text></svg>"
        )
    } else if number.is_multiple_of(9) {
        "<p>손으로 고친 문단: 마크다운에는 없다.</p>".to_owned()
    } else {
        String::new()
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"assets/viz.css\"></head>\n\
         <body><header><a href=\"index.html\">🏠 목록</a></header>\n\
         <main><h1>{title}</h1><p>{title}, 그 둘째 정리({number}).</p>{drawing}</main></body></html>\n"
    )
}

const SUBJECTS: [&str; 6] = [
    "ownership",
    "a listener",
    "the scheduler",
    "a retry",
    "the cache",
    "a certificate",
];

const DOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 90\" width=\"90\" \
    height=\"90\"><circle cx=\"45\" cy=\"45\" r=\"40\"/></svg>\n";

/// An English manual: chapters one after the other, each with a link back and two that lead nowhere
/// in every sixth.
pub fn manual() -> SiteTest {
    let mut site = SiteTest::new()
        .file(
            "docsite.toml",
            "title = \"The manual\"\nlanguage = \"en\"\n",
        )
        .file("attachment/listing.rs", "fn main() {}\n")
        .file("attachment/dot.svg", DOT);
    for number in 0..CHAPTERS {
        site = site.doc(&format!("book__src-chapter-{number:02}"), chapter(number));
    }
    site
}

fn chapter(number: usize) -> String {
    let subject = SUBJECTS[number % SUBJECTS.len()];
    let next = format!("book__src-chapter-{:02}", (number + 1) % CHAPTERS);
    let mut text = format!(
        "# Chapter {number}: {subject}\n\nWhat *{subject}* is, and __why__ it matters ({number}).\n\n\
         ## Defining it\n\nA rule of **{subject}**: snake_case_names stay, 2 * 3 * 4 too. \
         See [the next chapter]({next}.md#defining-it) or ![a picture](attachment/dot.svg \"A dot\").\n\n\
         ```rust\nfn chapter_{number}() -> usize {{\n    {number}\n}}\n```\n\n\
         * [x] done\n* [ ] **\"quoted\"**, then *(in brackets)*\n\n"
    );
    if number.is_multiple_of(3) {
        text += "<div class=\"warning\">\n\nRaw *markup* around Markdown.\n\n</div>\n\n";
    }
    if number.is_multiple_of(6) {
        let _ = writeln!(
            text,
            "[Gone](book__src-gone-{number}.md), [no such part]({next}.html#nowhere), \
             [listing](attachment/listing.rs), [none](attachment/none-{number}.rs)\n"
        );
    }
    let _ = writeln!(
        text,
        "## Recap {number}\n\n| Term | Meaning |\n|:---|:---|\n| {subject} | a *term* |"
    );
    text
}
