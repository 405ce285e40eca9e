//! The text of a page as blocks.

use crate::diagram::lift::read_page;

fn texts(html: &str, keep_links: bool) -> Vec<String> {
    let blocks = read_page(html, keep_links, &|_, _| false).blocks;
    blocks.into_iter().map(|block| block.text).collect()
}

#[test]
fn each_thing_that_reads_like_a_paragraph_is_a_block() {
    for (html, expected) in [
        (
            "<h2>개요</h2><p>첫\n  문장</p>둘째<p>셋째",
            &["개요", "첫 문장", "둘째", "셋째"][..],
        ),
        (
            "<ul><li>하나<ul><li>안쪽</ul>뒤<li><p>둘</p>",
            &["하나", "안쪽", "뒤", "둘"],
        ),
        ("<dl><dt>말<dd>뜻</dl>", &["말", "뜻"]),
        ("<blockquote>인용<p>둘", &["인용", "둘"]),
        (
            "<details><summary>요약</summary>속</details>",
            &["요약", "속"],
        ),
        ("<p>a<br>b&nbsp;&amp; c", &["a b & c"]),
        (
            "<figure><img alt=x src=y><figcaption>설명</figcaption></figure>",
            &["![x]", "설명"],
        ),
        ("<p> </p><div></div>", &[]),
        ("<p>하나 <!-- 둘 --> 셋", &["하나 셋"]),
        ("<p>a<b>b</b>c <i>d</i>", &["abc d"]),
        (
            "<iframe src=x></iframe><canvas></canvas>",
            &["![iframe]![canvas]"],
        ),
    ] {
        assert_eq!(texts(html, false), expected, "{html}");
    }
}

#[test]
fn a_row_is_one_line() {
    let html = "<table><caption>표</caption><tr><th>이름<th>값<tr><td><p>가</p><ul><li>나<li>다</ul><td></table>\
                <table><tr><td><td></table>";
    assert_eq!(texts(html, false), ["표", "이름 | 값", "가 나 다 |"]);
}

#[test]
fn code_keeps_its_indentation_and_has_a_block_a_line() {
    let html = "<pre><code>kind: Pod\n\n  name: <span>a</span>  \n\tb | c\n|\n</code></pre><p>뒤";
    assert_eq!(
        texts(html, true),
        ["kind: Pod", "  name: a", "\tb | c", "|", "뒤"]
    );
}

#[test]
fn marks_are_text_where_they_are_kept() {
    for (html, expected) in [
        ("<h3>a <code>b</code></h3><p>c", &["### a `b`", "c"][..]),
        (
            "<p>이 <a href=\"x.html#y\">링크 </a>는",
            &["이 [링크](x.html#y) 는"],
        ),
        ("<p><a name=x>표식</a>", &["표식"]),
        (
            "<p><img alt='그림  하나' src='a b.png'>",
            &["![그림 하나](a b.png)"],
        ),
        (
            "<p><strong>굵게</strong> <em>기울여</em> <del>지움</del>",
            &["**굵게** *기울여* ~~지움~~"],
        ),
        ("<li><input type=checkbox checked disabled> 함", &["[x] 함"]),
        (
            "<video src=v.mp4></video><object data=o></object>",
            &["![video](v.mp4)![object](o)"],
        ),
    ] {
        assert_eq!(texts(html, true), expected, "{html}");
    }
    assert_eq!(texts("<h3>a <a href=x>b</a>", false), ["a b"]);
}

#[test]
fn what_is_not_text_of_the_document_is_left_out() {
    let html = "<body><article class='x body'><nav>목차</nav><h2>제목<a class=anchor href=#a>#</a></h2>\
                <script>a</script><style>b</style><template><p>c</p></template><header>d</header>\
                <footer>e</footer><p>본문<span class='vh k'>숨김</span><a class=back-ref>↩</a>\
                <button class=copy>복사</button></p></article><main>밖</main></body>";
    assert_eq!(texts(html, true), ["## 제목", "본문"]);
}

#[test]
fn the_content_is_the_article_or_main_or_the_body() {
    for (html, expected) in [
        ("<main><article>a</article>b</main>c", &["a", "b"][..]),
        ("<main>b<article class=body>a</article></main>c", &["a"]),
        ("a<div>b</div>", &["a", "b"]),
        ("", &[]),
    ] {
        assert_eq!(texts(html, false), expected, "{html}");
    }
}

#[test]
fn a_block_knows_its_line() {
    let html = "<main>\n<h1>제목</h1>\n<!-- 두\n줄 -->\n<p\n class=x>문단\n계속</p>\n\n느슨한\n<pre>가\n\n나</pre></main>";
    let blocks = read_page(html, false, &|_, _| false).blocks;
    let lines: Vec<_> = blocks
        .iter()
        .map(|block| (block.text.as_str(), block.line))
        .collect();
    assert_eq!(
        lines,
        [
            ("제목", 2),
            ("문단 계속", 6),
            ("느슨한", 9),
            ("가", 10),
            ("나", 12),
        ]
    );
}
