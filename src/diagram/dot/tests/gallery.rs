//! Graphs of the kinds that notes contain.

use super::drawn;

/// A source, how many nodes, links and clusters it draws, and some of the lines.
struct GalleryEntry {
    source: &'static str,
    size: (usize, usize, usize),
    lines: &'static [&'static str],
}

fn check(picture: &GalleryEntry) {
    let flowchart = drawn(picture.source);
    let written: Vec<&str> = flowchart.lines().map(str::trim_start).collect();
    let starts = |prefix: char| {
        let is_it = move |line: &&&str| {
            line.strip_prefix(prefix)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        written.iter().filter(is_it)
    };
    let is_link = |line: &str| {
        [" -", " =", " ~", " <", " o-", " x-"]
            .iter()
            .any(|sign| line.find(sign).is_some_and(|at| at < 6))
    };
    let links = starts('n')
        .chain(starts('c'))
        .filter(|line| is_link(line))
        .count();
    let nodes = starts('n').filter(|line| !is_link(line)).count();
    let clusters = written
        .iter()
        .filter(|line| line.starts_with("subgraph "))
        .count();
    assert_eq!((nodes, links, clusters), picture.size, "{flowchart}");
    for line in picture.lines {
        assert!(written.contains(line), "no {line} in\n{flowchart}");
    }
}

#[test]
fn istio() {
    check(&GalleryEntry {
        source: r##"
// 서비스 메시의 구조
digraph istio {
    rankdir=LR; compound=true; fontname="Pretendard"; label="Istio 서비스 메시";
    node [shape=box, style="rounded,filled", fillcolor="#e8f0fe", color=steelblue];
    subgraph cluster_cp {
        label="Control plane"; style=dashed; color=gray50;
        istiod [label="istiod\n(Pilot, Citadel)"];
    }
    subgraph cluster_dp {
        label="Data plane"; bgcolor=lightyellow;
        subgraph cluster_pod1 { label="Pod A"; app1 [label="앱 A" shape=component]; envoy1 [label="Envoy"]; app1 -> envoy1 [dir=both]; }
        subgraph cluster_pod2 { label="Pod B"; app2 [label="앱 B"]; envoy2 [label="Envoy"]; envoy2 -> app2; }
    }
    envoy1 -> envoy2 [label="mTLS", color=red, penwidth=2];
    istiod -> envoy1 [label="xDS", style=dashed, lhead=cluster_dp];
    istiod -> envoy2 [style=dotted, label="xDS"];
    client [shape=plaintext URL="https://istio.io/latest/docs/"];
    client -> envoy1:in:w [headlabel=443];
}"##,
        size: (6, 6, 4),
        lines: &[
            "title: \"Istio 서비스 메시\"",
            "flowchart LR",
            "n0(\"istiod<br/>(Pilot, Citadel)\")",
            "n1[[\"앱 A\"]]",
            "n1 <--> n2",
            "n2 -->|\"mTLS\"| n4",
            "n0 -.->|\"xDS\"| c1",
            "n5 -->|\"443\"| n2",
            "click n5 href \"https://istio.io/latest/docs/\"",
            "linkStyle 2 stroke:#ff0000,stroke-width:2px",
            "style c0 stroke:#7f7f7f,stroke-dasharray:4 3",
        ],
    });
}

#[test]
fn the_finite_automaton_of_the_gallery() {
    check(&GalleryEntry {
        source: r#"
digraph finite_state_machine {
    fontname="Helvetica,Arial,sans-serif"
    node [fontname="Helvetica,Arial,sans-serif"]
    rankdir=LR;
    node [shape = doublecircle]; 0 3 4 8;
    node [shape = circle];
    0 -> 2 [label = "SS(B)"];   0 -> 1 [label = "SS(S)"];  1 -> 3 [label = "S($end)"];
    2 -> 6 [label = "SS(b)"];   2 -> 5 [label = "SS(a)"];  2 -> 4 [label = "S(A)"];
    5 -> 7 [label = "S(b)"];    5 -> 5 [label = "S(a)"];   6 -> 6 [label = "S(b)"];
    6 -> 5 [label = "S(a)"];    7 -> 8 [label = "S(b)"];   7 -> 5 [label = "S(a)"];
    8 -> 6 [label = "S(b)"];    8 -> 5 [label = "S(a)"];
}"#,
        size: (9, 14, 0),
        lines: &[
            "n3(((\"8\")))",
            "n4((\"2\"))",
            "n5 -->|\"S(#36;end)\"| n1",
            "n7 -->|\"S(a)\"| n7",
        ],
    });
}

#[test]
fn the_clusters_of_the_gallery() {
    check(&GalleryEntry {
        source: r#"
digraph G {
  subgraph cluster_0 {
    style=filled; color=lightgrey;
    node [style=filled,color=white];
    a0 -> a1 -> a2 -> a3;
    label = "process #1";
  }
  subgraph cluster_1 {
    node [style=filled];
    b0 -> b1 -> b2 -> b3;
    label = "process #2"; color=blue
  }
  start -> a0; start -> b0; a1 -> b3; b2 -> a3; a3 -> a0; a3 -> end; b3 -> end;
  start [shape=Mdiamond]; end [shape=Msquare];
}"#,
        size: (10, 13, 2),
        lines: &[
            "subgraph c0[\"process #35;1\"]",
            "n8{\"start\"}",
            "n9[\"end\"]",
            "n3 --> n0",
            "style n0 fill:#ffffff,stroke:#ffffff",
            "style n4 fill:#d3d3d3",
            "style c0 fill:#d3d3d3,stroke:#d3d3d3",
            "style c1 stroke:#0000ff",
        ],
    });
}

#[test]
fn structs() {
    check(&GalleryEntry {
        source: r#"
digraph structs {
    node [shape=record];
    struct1 [label="<f0> left|<f1> mid\ dle|<f2> right"];
    struct2 [label="<f0> one|<f1> two"];
    struct3 [label="hello\nworld |{ b |{c|<here> d|e}| f}| g | h"];
    struct1:f1 -> struct2:f0;
    struct1:f2 -> struct3:here;
}"#,
        size: (3, 2, 0),
        lines: &[
            "n0[\"left │ mid\u{a0}dle │ right\"]",
            "n1[\"one │ two\"]",
            "n0 --> n2",
        ],
    });
}

#[test]
fn classes() {
    check(&GalleryEntry {
        source: r#"
digraph uml {
    node [shape=record fontsize=8]
    edge [dir=back arrowtail=empty]
    Animal [label="{Animal|+ name : string\l+ age : int\l|+ die() : void\l}"]
    Dog [label="{Dog||+ bark() : void\l}"]
    Animal -> Dog
    Animal -> Cat
    edge [arrowtail=diamond taillabel="0..*"]
    Owner -> Dog
}"#,
        size: (4, 6, 0),
        lines: &[
            "n0[\"Animal<hr/>#43; name #58; string<br/>#43; age #58; int<hr/>#43; die() #58; void\"]",
            "n1[\"Dog<hr/>#160;<hr/>#43; bark() #58; void\"]",
            "n1 --> n0",
            "n0 ~~~ n1",
            "n1 -->|\"0..#42;\"| n3",
        ],
    });
}

#[test]
fn dependencies() {
    check(&GalleryEntry {
        source: r#"
digraph dependencies {
    graph [rankdir=BT, splines=ortho, nodesep="0.5"]
    "docsite v0.1.0" -> { "serde v1.0.228" "tera v2.0.0" "merman v0.9.3" }
    "tera v2.0.0" -> "serde v1.0.228"
    "merman v0.9.3" -> "serde v1.0.228" [style=dashed label=optional]
    "serde v1.0.228" -> "serde_derive v1.0.228" [color="0.0 1.0 0.8"]
}"#,
        size: (5, 6, 0),
        lines: &[
            "flowchart BT",
            "n1(\"serde v1.0.228\")",
            "n3 -.->|\"optional\"| n1",
            "linkStyle 5 stroke:#cc0000",
        ],
    });
}

#[test]
fn terraform() {
    check(&GalleryEntry {
        source: r#"
digraph {
	compound = "true"
	newrank = "true"
	subgraph "root" {
		"[root] aws_instance.web (expand)" [label = "aws_instance.web", shape = "box"]
		"[root] provider[\"registry.terraform.io/hashicorp/aws\"]" [label = "provider[\"registry.terraform.io/hashicorp/aws\"]", shape = "diamond"]
		"[root] aws_instance.web (expand)" -> "[root] provider[\"registry.terraform.io/hashicorp/aws\"]"
		"[root] root" -> "[root] aws_instance.web (expand)"
	}
}
"#,
        size: (3, 2, 0),
        lines: &[
            "n0[\"aws_instance.web\"]",
            "n1{\"provider#91;#quot;registry.terraform.io/hashicorp/aws#quot;#93;\"}",
            "n2(\"#91;root#93; root\")",
        ],
    });
}

#[test]
fn network() {
    check(&GalleryEntry {
        source: r#"
graph 네트워크 {
    layout=neato; overlap=false;
    node [shape=cylinder style=filled fillcolor=lightblue]; db1; db2;
    node [shape=hexagon fillcolor=palegreen3]; router;
    node [shape=house style="" ]; 사무실;
    router -- { db1 db2 } [label="10G" penwidth=3];
    router -- 사무실 [style=dotted];
    db1 -- db2 [label="복제" dir=both];
}"#,
        size: (4, 4, 0),
        lines: &[
            "n0[(\"db1\")]",
            "n2{{\"router\"}}",
            "n3[\"사무실\"]@{ shape: notch-pent }",
            "n2 -.- n3",
            "n0 <-->|\"복제\"| n1",
            "style n2 fill:#7ccd7c",
        ],
    });
}

#[test]
fn timeline() {
    check(&GalleryEntry {
        source: "
digraph unix {
  { node [shape=plaintext]; 1970 -> 1980 -> 1990 -> 2000; }
  node [shape=box];
  { rank=same; 1970; unix; }
  { rank=same; 1980; bsd; sysv; }
  { rank = same; 1990; linux; }
  unix -> {bsd sysv}; bsd -> linux; sysv -> linux;
}",
        size: (8, 13, 0),
        lines: &[
            "style n0 fill:none,stroke:none",
            "n4 ~~~ n1",
            "n0 ~~~ n5",
            "n0 ~~~ n6",
            "n5 ~~~ n2",
            "n6 ~~~ n2",
            "n1 ~~~ n7",
        ],
    });
}

#[test]
fn flow_of_a_request() {
    check(&GalleryEntry {
        source: r#"
digraph 요청 {
    node [fontname="Noto Sans KR"];
    시작 [shape=circle label="" width=0.2 style=filled fillcolor=black];
    검증 [shape=diamond label="유효한가?\n(token)"];
    처리 [shape=box style=rounded label="1. 처리"];
    오류 [shape=octagon color=red label="오류 #401"];
    끝 [shape=doublecircle];
    시작 -> 검증 -> 처리 [weight=10];
    처리 -> 끝;
    검증 -> 오류 [label="아니오" fontcolor=red];
    오류 -> 시작 [constraint=false style=dashed label="다시"];
}"#,
        size: (5, 5, 0),
        lines: &[
            "n0((\" \"))",
            "n1{\"유효한가?<br/>(token)\"}",
            "n2(\"1#46; 처리\")",
            "n3{{\"오류 #35;401\"}}",
            "n1 -->|\"아니오\"| n3",
            "n3 -.->|\"다시\"| n0",
            "style n0 fill:#000000",
            "linkStyle 3 color:#ff0000",
        ],
    });
}

#[test]
fn tree() {
    check(&GalleryEntry {
        source: r#"
strict graph tree {
    node [shape=point]; root;
    node [shape=none label="\N.rs"]
    root -- {lexer parser graph_}; root -- lexer;
    subgraph clusterTests { label="tests/\lunit"; labeljust=l; style="rounded,filled"; fillcolor=gray95; parser -- errors; }
}"#,
        size: (5, 4, 1),
        lines: &[
            "n0[\" \"]@{ shape: f-circ }",
            "n1[\"lexer.rs\"]",
            "subgraph c0[\"tests/<br/>unit\"]",
            "n2 --- n4",
            "style c0 fill:#f2f2f2,rx:8px,ry:8px",
        ],
    });
}

#[test]
fn kubernetes() {
    check(&GalleryEntry {
        source: r#"
digraph k8s {
  graph [pad="0.5", nodesep="1"]; node [shape=box3d]; edge [color="gray40"];
  subgraph cluster_ns { label="Namespace: default"; graph[style=dotted];
    subgraph cluster_deploy { label="Deployment"; pod1; pod2; pod3 }
    svc [label="Service\nClusterIP" shape=ellipse];
    { rank=same; cm [shape=note label="ConfigMap"]; secret [shape=note label="Secret"] }
  }
  ingress [shape=cds]; ingress -> svc [label="HTTP/1.1 & gRPC"];
  svc -> {pod1 pod2 pod3} [arrowhead=vee];
  cm -> pod1 [style=dashed]; secret -> pod1 [style=dashed, arrowhead=odot];
}"#,
        size: (7, 6, 2),
        lines: &[
            "subgraph c0[\"Namespace#58; default\"]",
            "n0[\"pod1\"]@{ shape: st-rect }",
            "n4[\"ConfigMap\"]@{ shape: notch-rect }",
            "n6[\"ingress\"]",
            "n6 -->|\"HTTP/1.1 #amp; gRPC\"| n3",
            "n5 -.-o n0",
            "linkStyle 0 stroke:#666666",
            "style c1 stroke-dasharray:1 3",
        ],
    });
}
