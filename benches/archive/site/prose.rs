//! Sentences in Korean with English terms, and in English.
//!
//! Not here: meaning. The words are real and the grammar is right, particles included, so that
//! lengths, letters and marks are those of real notes.

use super::random::Random;

/// Prefixes of topics, and their names.
pub const TOPICS: [(&str, &str); 24] = [
    ("gw", "Gateway / 트래픽 in·out"),
    ("gt", "Graceful Termination"),
    ("xds", "Envoy / xDS internals"),
    ("sec", "Security"),
    ("arch", "Architecture / Ops"),
    ("obs", "관측"),
    ("net", "네트워크"),
    ("dns", "이름 풀이"),
    ("ci", "배포"),
    ("db", "저장소"),
    ("mq", "메시지 큐"),
    ("cache", "캐시"),
    ("auth", "인증"),
    ("cost", "비용"),
    ("perf", "성능"),
    ("kube", "Kubernetes"),
    ("linux", "Linux"),
    ("grpc", "gRPC"),
    ("http", "HTTP"),
    ("tls", "TLS"),
    ("edge", "Edge"),
    ("data", "데이터"),
    ("sre", "SRE"),
    ("lab", "실험"),
];

/// Middles of names.
pub const MIDDLES: [&str; 24] = [
    "listener-drain",
    "egress-scope",
    "mtls-identity",
    "push-order",
    "cluster-anatomy",
    "연결-드레이닝",
    "retry-budget",
    "locality-failover",
    "cert-rotation",
    "sidecar-memory",
    "캐시-무효화",
    "rate-limit",
    "blue-green",
    "canary-weights",
    "pool-overflow",
    "dns-ttl",
    "지연-분석",
    "trace-sampling",
    "keepalive",
    "headless-service",
    "quorum-loss",
    "복구-절차",
    "node-drain",
    "warm-standby",
];

/// Things, of which every Korean sentence has two or three.
const NOUNS: [&str; 64] = [
    "Envoy",
    "istiod",
    "sidecar",
    "listener",
    "cluster",
    "endpoint",
    "route",
    "gateway",
    "VirtualService",
    "DestinationRule",
    "ServiceEntry",
    "control plane",
    "data plane",
    "proxy",
    "namespace",
    "workload",
    "certificate",
    "timeout",
    "retry",
    "circuit breaker",
    "연결",
    "요청",
    "응답",
    "설정",
    "트래픽",
    "인증서",
    "서비스",
    "클러스터",
    "정책",
    "배포",
    "노드",
    "큐",
    "캐시",
    "지표",
    "로그",
    "경로",
    "규칙",
    "호스트",
    "포트",
    "세션",
    "버전",
    "리소스",
    "컨트롤러",
    "스레드",
    "메모리",
    "지연",
    "처리량",
    "장애",
    "복구",
    "절차",
    "스냅샷",
    "파티션",
    "복제본",
    "리더",
    "잠금",
    "토큰",
    "서명",
    "이름",
    "주소",
    "패킷",
    "커널",
    "소켓",
    "버퍼",
    "이벤트",
];
const VERBS: [&str; 32] = [
    "결정한다",
    "다시 계산한다",
    "그대로 둔다",
    "먼저 닫는다",
    "기다린다",
    "나누어 보낸다",
    "거절한다",
    "기록한다",
    "덮어쓴다",
    "따로 관리한다",
    "확인한다",
    "한 번만 시도한다",
    "늦게 반영한다",
    "줄인다",
    "늘린다",
    "숨긴다",
    "되돌린다",
    "공유한다",
    "다른 곳으로 옮긴다",
    "비교한다",
    "모아서 처리한다",
    "버린다",
    "이어받는다",
    "감싼다",
    "대체한다",
    "번역한다",
    "재사용한다",
    "차례로 종료한다",
    "주기적으로 점검한다",
    "우선한다",
    "격리한다",
    "추적한다",
];
const WHEN: [&str; 24] = [
    "기본 설정에서는",
    "배포가 진행되는 동안",
    "부하가 높아지면",
    "연결이 끊긴 뒤에도",
    "이 단계에서",
    "운영 환경에서는",
    "장애가 나면",
    "버전이 다를 때",
    "처음 시작할 때",
    "종료 신호를 받으면",
    "대부분의 경우",
    "이와 달리",
    "측정해 보면",
    "노드가 바뀌면",
    "재시작 없이",
    "같은 이유로",
    "인증이 끝나면",
    "몇 초 안에",
    "한쪽이 먼저 응답하면",
    "문서에 적힌 것과 달리",
    "반대로",
    "그래서",
    "규모가 커지면",
    "경계를 넘으면",
];
const SUBJECTS: [&str; 32] = [
    "The control plane",
    "Each proxy",
    "A listener",
    "The gateway",
    "This cluster",
    "The retry policy",
    "Every workload",
    "The certificate",
    "A stale endpoint",
    "The scheduler",
    "One replica",
    "The leader",
    "The connection pool",
    "A long request",
    "The kernel",
    "Our runbook",
    "The health check",
    "A client",
    "The queue",
    "The index",
    "A snapshot",
    "The resolver",
    "The load balancer",
    "Traffic from outside",
    "The budget",
    "A failed push",
    "The parser",
    "The cache",
    "A second writer",
    "The operator",
    "This setting",
    "The sidecar",
];
const ACTIONS: [&str; 32] = [
    "keeps",
    "drops",
    "waits for",
    "is sent before",
    "rewrites",
    "never reads",
    "depends on",
    "falls back to",
    "counts",
    "delays",
    "replaces",
    "closes",
    "hides",
    "resolves",
    "follows",
    "retries",
    "rejects",
    "shares",
    "outlives",
    "is limited by",
    "reports",
    "loses",
    "copies",
    "verifies",
    "ignores",
    "merges",
    "splits",
    "locks",
    "streams",
    "compares",
    "invalidates",
    "inherits",
];
const OBJECTS: [&str; 32] = [
    "the old connections",
    "its own configuration",
    "the next response",
    "a shared buffer",
    "every route",
    "the first healthy endpoint",
    "the oldest entry",
    "requests without a deadline",
    "the drain period",
    "the name of the service",
    "a certificate that has expired",
    "the local zone",
    "half of the traffic",
    "the remaining retries",
    "what the client asked for",
    "the previous version",
    "a lock on the table",
    "the timeout of the outer call",
    "the metrics of the last minute",
    "a copy of the policy",
    "the order of the filters",
    "the address of the node",
    "an empty answer",
    "the number of open sockets",
    "a partial write",
    "the header that names the tenant",
    "the queue behind it",
    "the limit of the namespace",
    "the result of the probe",
    "a token for the next call",
    "the state of the peer",
    "the smallest weight",
];
const CLAUSES: [&str; 24] = [
    "when the node restarts",
    "during a rollout",
    "under load",
    "before the first byte is written",
    "unless it is told otherwise",
    "in every zone",
    "after the grace period",
    "even if the peer is gone",
    "for a few seconds",
    "as the access log shows",
    "without a restart",
    "once the lease expires",
    "on a busy machine",
    "in the default profile",
    "where both sides agree",
    "until the pool is empty",
    "because nobody owns it",
    "from the second attempt on",
    "with one exception",
    "while the probe fails",
    "at the edge of the mesh",
    "so the graph stays flat",
    "since the last release",
    "although the documentation says less",
];
/// Ends of Hangul without a final consonant are every 28th syllable.
const FINALS: u32 = 28;
const FIRST_SYLLABLE: u32 = 0xac00;

/// A Korean sentence.
pub fn korean(random: &mut Random) -> String {
    let when = random.pick(&WHEN);
    let subject = term(random);
    let object = term(random);
    let verb = random.pick(&VERBS);
    let subject_end = if ends_closed(subject) { "은" } else { "는" };
    let object_end = if ends_closed(object) { "을" } else { "를" };
    let number = random.below(900) + 100;
    match random.below(6) {
        0 => format!("{when} **{subject}**{subject_end} {object}{object_end} {verb}."),
        1 => {
            format!("`{subject}`{subject_end} {when} {number}ms 안에 {object}{object_end} {verb}.")
        }
        2 => {
            let other = term(random);
            let with = if ends_closed(other) { "과" } else { "와" };
            format!("{when} {subject}{subject_end} {other}{with} {object}{object_end} {verb}.")
        }
        3 => {
            format!("{subject}{subject_end} {object}{object_end} {verb}. 값은 {number}으로 두었다.")
        }
        _ => format!("{when} {subject}{subject_end} {object}{object_end} {verb}."),
    }
}

/// An English sentence.
pub fn english(random: &mut Random) -> String {
    let subject = random.pick(&SUBJECTS);
    let action = random.pick(&ACTIONS);
    let object = random.pick(&OBJECTS);
    let clause = random.pick(&CLAUSES);
    let number = random.below(900) + 100;
    match random.below(5) {
        0 => format!("{subject} {action} *{object}* {clause}."),
        1 => format!("{subject} {action} {object} {clause}, and `limit={number}` stays."),
        2 => format!(
            "After {number} ms {}{} {action} {object}.",
            subject[..1].to_lowercase(),
            &subject[1..]
        ),
        _ => format!("{subject} {action} {object} {clause}."),
    }
}

/// Sentences of one language.
pub fn paragraph(random: &mut Random, is_korean: bool, sentences: usize) -> String {
    let sentence = |random: &mut Random| {
        if is_korean {
            korean(random)
        } else {
            english(random)
        }
    };
    let sentences: Vec<String> = (0..sentences).map(|_| sentence(random)).collect();
    sentences.join(" ")
}

/// Words of a title or a cell of a table.
pub fn phrase(random: &mut Random, is_korean: bool) -> String {
    if is_korean {
        let of = term(random);
        format!("{of}의 {}", term(random))
    } else {
        let subject = random.pick(&SUBJECTS);
        format!("{subject} {}", random.pick(&CLAUSES))
    }
}

pub fn term(random: &mut Random) -> &'static str {
    random.pick(&NOUNS)
}

/// Whether the last syllable ends in a consonant, which decides the particle after it. Terms in
/// English are taken to end in one, as most of those above are read.
fn ends_closed(word: &str) -> bool {
    let last = word.chars().next_back().map_or(0, u32::from);
    last.checked_sub(FIRST_SYLLABLE)
        .is_none_or(|syllable| !syllable.is_multiple_of(FINALS))
}
