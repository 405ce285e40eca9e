//! Tests of hashes in texts.

use super::super::hash::kept;

#[test]
fn a_hash_in_a_text_is_an_entity() {
    for (line, expected) in [
        ("A->>B: 요청 #1 처리", "A->>B: 요청 #35;1 처리"),
        ("A->>B: C#, F# #", "A->>B: C#35;, F#35; #35;"),
        (
            "A->>B: a #9829; #quot;b#quot;",
            "A->>B: a #9829; #quot;b#quot;",
        ),
        ("A->>B: a #1; b", "A->>B: a #35;1#59; b"),
        ("A->>B: a #;b", "A->>B: a #35;#59;b"),
        (
            "A->>B: #1 a; #35; b; #x",
            "A->>B: #35;1 a#59; #35; b#59; #35;x",
        ),
        ("A->>B: a; B->>A: b", "A->>B: a; B->>A: b"),
        (
            "A->>B: List&lt;T&gt; #1 &amp; b",
            "A->>B: List#lt;T#gt; #35;1 #amp; b",
        ),
        ("A->>B: &#65; &#60; & b; &c", "A->>B: A #60; & b; &c"),
        ("# a #1", "# a #1"),
        ("%% a #1", "%% a #1"),
        ("rect #fff", "rect #fff"),
    ] {
        let source = format!("sequenceDiagram\n {line}\n");
        assert_eq!(kept(&source), format!("sequenceDiagram\n {expected}\n"));
    }
}

#[test]
fn settings_and_colours_stay() {
    for source in [
        "---\nconfig:\n  a: '#fff'\n---\nsequenceDiagram\n A->>B: x\n",
        "%%{init: {\n 'a': '#fff'\n}}%%\nsequenceDiagram\n A->>B: x\n",
        "%%{init: {'a': '#fff'}}%%\nsequenceDiagram\n A->>B: x\n",
        "flowchart LR\n a[#1]\n style a fill:#fff\n",
        "requirementDiagram\n style a fill:#fff\n",
        "",
    ] {
        assert_eq!(kept(source), source);
    }
}

#[test]
fn the_kind_is_found_behind_settings() {
    let before = "---\ntitle: a #1\n---\n%% b #2\n\n%%{init: {}}%%\n";
    let source = format!("{before}timeline\n title c #3\n");
    assert_eq!(kept(&source), format!("{before}timeline\n title c #35;3\n"));
}
