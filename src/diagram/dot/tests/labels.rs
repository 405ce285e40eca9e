//! Labels: escapes, entities, what Mermaid must not read, records, HTML.

use super::lines;

fn label(attributes: &str) -> String {
    let line = lines(&format!("digraph G {{ a [shape=box {attributes}] }}")).swap_remove(0);
    line.trim_start_matches("n0[\"")
        .trim_end_matches("\"]")
        .to_owned()
}

#[test]
fn escapes_and_entities() {
    for (source, expected) in [
        ("x", "x"),
        ("\\N", "a"),
        ("\\G.\\N", "G.a"),
        ("a\\nb", "a<br/>b"),
        ("a\\lb\\r", "a<br/>b"),
        ("a\nb", "a<br/>b"),
        ("a\\n\\nb", "a<br/>#160;<br/>b"),
        ("a\\n\\n", "a"),
        ("\\\\n", "#92;n"),
        ("q\\\"q", "q#quot;q"),
        ("a\\qb", "aqb"),
        ("", " "),
        (" ", " "),
        ("&amp;&lt;b&gt;", "#amp;#lt;b#gt;"),
        ("&#44032;&#xAC00;", "가가"),
        ("&rarr; &nope; &", "→ #amp;nope; #amp;"),
        ("\\E\\T\\H\\L", " "),
    ] {
        assert_eq!(label(&format!("label=\"{source}\"")), expected, "{source}");
    }
    assert_eq!(label("label=a xlabel=\"b\\N\""), "a<br/>ba");
}

#[test]
fn a_name_is_read_as_a_label() {
    let source =
        r#"digraph { "a\nb\l" -> "q\N\"" [label="\E"] c [label="\N: c"] "d\n" [label="\N!"] }"#;
    assert_eq!(
        lines(source),
        [
            "n0(\"a<br/>b\")",
            "n1(\"q#quot;\")",
            "n2(\"c#58; c\")",
            "n3(\"d!\")",
            "n0 -->|\"a<br/>b-#gt;q#quot;\"| n1",
        ]
    );
}

#[test]
fn what_mermaid_could_read_is_an_entity() {
    for (source, expected) in [
        ("<b>x</b>", "#lt;b#gt;x#lt;/b#gt;"),
        ("#35;", "#35;35;"),
        ("`x`", "#96;x#96;"),
        ("**x**", "#42;#42;x#42;#42;"),
        ("__x__", "#95;#95;x#95;#95;"),
        ("snake_case_x", "snake_case_x"),
        ("~~x~~", "#126;#126;x#126;#126;"),
        ("1. x", "1#46; x"),
        ("12) x", "12#41; x"),
        ("v1.2", "v1.2"),
        ("1.2 s", "1.2 s"),
        ("1.", "1#46;"),
        ("- x", "#45; x"),
        ("+ x", "#43; x"),
        ("a - b", "a - b"),
        ("a\\n- b", "a<br/>#45; b"),
        ("===", "#61;=="),
        ("|---|", "|#45;--|"),
        ("    x", "#160;#160;#160;#160;x"),
        ("[x](y)", "#91;x#93;(y)"),
        ("http://x", "http#58;//x"),
        ("www.x.y", "www#46;x.y"),
        ("a@b.c", "a#64;b.c"),
        ("fa:fa-car", "fa#58;fa-car"),
        ("$$x$$", "#36;#36;x#36;#36;"),
        ("%%{init}%%", "#37;#37;{init}#37;#37;"),
        ("ﬂ°°60¶ß", "#64258;°°60#182;ß"),
        ("style a:#fff;", "style a#58;#35;fff;"),
        ("end", "end"),
        ("a\u{7}b\tc\u{0}", "ab c"),
        ("{(|)}", "{(|)}"),
        ("한글 'x'", "한글 'x'"),
    ] {
        assert_eq!(label(&format!("label=\"{source}\"")), expected, "{source}");
    }
}

#[test]
fn records() {
    for (source, expected) in [
        ("a|b|c", "a │ b │ c"),
        ("<p> a | <q>b", "a │ b"),
        ("{a|b}", "a<hr/>b"),
        ("{a|{b|c}}", "a<hr/>b │ c"),
        ("{<p> a | b | {c|d}}", "a<hr/>b<hr/>c │ d"),
        (
            "ab|{c|dd|{e|f}}|g\\nhh",
            "ab │ ___c____ │ _g_<br/>____ │ ── │ hh<br/>____ │ __dd___ │ ____<br/>____ │ ── │ ____<br/>____ │ e │ f │ ____",
        ),
        ("\\{x\\} \\| \\<y\\>", "{x} | #lt;y#gt;"),
        ("a\\ \\ b", "a\u{a0}\u{a0}b"),
        ("  a   b  ", "a b"),
        (
            "{Class|+ f\\l+ g\\l|m()\\l}",
            "Class<hr/>#43; f<br/>#43; g<hr/>m()",
        ),
        ("\\N|x", "a │ x"),
        ("|a|", "#160;│ a │"),
        ("", " "),
        ("{\n a |\n b\n}", "a<hr/>b"),
        ("{{{a}}}", "a"),
    ] {
        let expected = expected.replace('_', "\u{a0}");
        assert_eq!(
            label(&format!("shape=record label=\"{source}\"")),
            expected,
            "{source}"
        );
    }
}

#[test]
fn records_follow_the_direction_of_the_graph() {
    for (rankdir, expected) in [
        ("TB", "a │ b"),
        ("BT", "a │ b"),
        ("LR", "a<hr/>b"),
        ("RL", "a<hr/>b"),
    ] {
        let line = lines(&format!(
            "graph {{ a [shape=record label=\"a|b\"] rankdir={rankdir} }}"
        ))
        .swap_remove(0);
        assert_eq!(line, format!("n0[\"{expected}\"]"), "{rankdir}");
    }
}

#[test]
fn html_labels_keep_their_text_and_lines() {
    for (source, expected) in [
        ("x", "x"),
        ("<b>a</b> <i>b</i>c", "a bc"),
        ("a<br/>b<BR ALIGN=\"left\"/>c", "a<br/>b<br/>c"),
        ("a<br/><br/>b", "a<br/>#160;<br/>b"),
        ("  a\n   b  ", "a b"),
        (
            "&lt;T&gt; &amp;&nbsp;&eacute;&#44032;&rarr;",
            "#lt;T#gt; #amp;\u{a0}é가→",
        ),
        ("\\N **x**", "#92;N #42;#42;x#42;#42;"),
        ("", " "),
        ("<img src=\"x.png\"/>", " "),
        (
            "<TABLE><TR><TD COLSPAN=\"2\">s1</TD></TR><TR><TD>ptr</TD><TD PORT=\"p\"></TD></TR></TABLE>",
            "s1<br/>ptr │",
        ),
        (
            "<font color=\"red\"><table>\n <tr> <td><b>한</b></td> <vr/> <td>글</td></tr> <hr/> <tr><td>x</td></tr></table></font>",
            "한 │ 글<br/>x",
        ),
        (
            "<table><tr><td>a<br/>b</td><td>c</td></tr><tr><td>d</td></tr></table>",
            "a │ c<br/>b │ __<hr/>d",
        ),
        (
            "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>",
            "a │ b │ c",
        ),
        ("<table></table>", " "),
        ("</td> a </table> b <td>c", "a b c"),
    ] {
        let expected = expected.replace('_', "\u{a0}");
        assert_eq!(label(&format!("label=<{source}>")), expected, "{source}");
        let record = label(&format!("shape=record label=<{source}>"));
        assert_eq!(record, expected, "{source}");
    }
}

#[test]
fn html_labels_of_edges_clusters_and_graphs() {
    let source = "digraph { label=<t<br/>u> subgraph cluster_a { label=<<b>c</b><br/>d> a } a -> b [label=<e<br/>f>] }";
    let flowchart = super::drawn(source);
    assert!(
        flowchart.starts_with("---\ntitle: \"t\\nu\"\n---\n"),
        "{flowchart}"
    );
    let lines: Vec<&str> = flowchart.lines().map(str::trim).collect();
    assert!(lines.contains(&"subgraph c0[\"c<br/>d\"]"), "{flowchart}");
    assert!(lines.contains(&"n0 -->|\"e<br/>f\"| n1"), "{flowchart}");
}

/// A `plaintext` node gets the border that Graphviz would give its table.
#[test]
fn a_table_has_a_border() {
    let of = |label: &str| lines(&format!("graph {{ a [shape=plaintext label={label}] }}"));
    assert_eq!(of("<<TABLE><TR><TD>x</TD></TR></TABLE>>"), ["n0[\"x\"]"]);
    assert_eq!(of("<x>").len(), 2);
    assert_eq!(of("\"<table>\"").len(), 2);
}

#[test]
fn hostile_html_labels_end() {
    let deep = |open: &str, close: &str, times: usize| {
        let (open, close) = (open.repeat(times), close.repeat(times));
        super::to_mermaid(&format!("graph {{ a [label=<{open}x{close}>] }}"))
    };
    let flowchart = deep("<b>", "</b>", 1_000).unwrap();
    assert!(flowchart.contains("\"x\""), "{flowchart}");
    let flowchart = deep("<table><tr><td>", "</td></tr></table>", 200).unwrap();
    assert!(flowchart.contains("\"x\""), "{flowchart}");
    let problem = deep("<i>", "</i>", 5_000).unwrap_err();
    assert_eq!(problem.message, "a label is longer than 8 KiB");
    let cells = "<td>a<br/>b<br/>c<br/>d</td>".repeat(280);
    deep(
        &format!("<table><tr>{cells}</tr><tr><td>"),
        "</td></tr></table>",
        1,
    )
    .unwrap();
}
