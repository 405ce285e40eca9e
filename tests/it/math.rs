//! Formulas in documents: `MathML` on the page, words everywhere else; what is no formula stays text.
//!
//! Not here: single formulas (`markdown::math`).

use crate::harness::SiteTest;

const FORMULAS: &str = "# 복잡도 $O(n)$\n\n지연은 $W = \\frac{1}{\\mu - \\lambda}$ 이다.\n\n\
    $$\n\\sum_{i=0}^{n} i^2\n$$\n\n## 식 $x_i$\n\n| 항 | 값 |\n|---|---|\n| $a^2$ | `$b^2$` |\n\n\
    ```\n$c^2$\n```\n\n[링크 $d^2$](gw__note-b.html#식-x_i)\n";

fn site(settings: &str, text: &str) -> SiteTest {
    SiteTest::new()
        .file("docsite.toml", settings)
        .doc("gw__note-a", text)
        .doc(
            "gw__note-b",
            "# B\n\n## 식 $x_i$\n\n글\n\n[a](gw__note-a.html)\n",
        )
}

#[test]
fn formulas_are_mathml_wherever_text_may_be() {
    let site = site("", FORMULAS);
    site.rebuild().ok();
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("h1 math"), 1);
    assert_eq!(page.count("p > math mfrac"), 1);
    assert_eq!(page.count("p > .math > math[display=block] munderover"), 1);
    assert_eq!(page.count("h2#식-x_i > math msub"), 1);
    assert_eq!(page.count("td > math msup"), 1);
    assert_eq!(page.count("article a > math"), 1);
    assert_eq!(page.text("td code"), "$b^2$");
    assert!(page.text("pre").contains("$c^2$"));
    assert_eq!(page.count("article [style], article script"), 0);
    assert!(page.texts("nav.toc").contains(&"식 xᵢ".to_owned()));
    assert!(page.text("title").starts_with("복잡도 O(n)"));
    let description = &page.attrs("meta[name=description]", "content")[0];
    assert_eq!(description, "지연은 W = 1/(μ − λ) 이다.");
    let found = site.run(&["search", "복잡도"]).ok();
    assert!(found.out.contains("O(n)"), "{}", found.out);
    assert_eq!(crate::scanner::problems(&site.output()), [""; 0]);
}

#[test]
fn prices_variables_and_escapes_stay_text() {
    for text in [
        "값은 $5와 $10 사이",
        "It costs $5, or $10 a year",
        "$PATH와 $HOME",
        "PATH=$HOME/bin:$PATH",
        "${HOME}/bin:${PATH}",
        "US$5/US$10",
        "\\$x\\$",
        "a $ b $ c",
        "$100",
    ] {
        let site = site("", &format!("# A\n\n{text}\n"));
        site.rebuild().ok();
        let page = site.page("public/gw__note-a.html");
        assert_eq!(page.count("math"), 0, "{text}");
        assert_eq!(page.text(".body > p"), text.replace('\\', ""));
    }
}

#[test]
fn a_formula_that_cannot_be_read_is_shown_as_written_and_reported() {
    let site = site(
        "language = \"en\"\n",
        "# A\n\n값 $\\nosuch{x}$ 뒤\n\n$$\\def\\a{\\a}\\a$$\n",
    );
    let run = site.rebuild().ends(0);
    for line in [
        "markdown/gw__note-a.md:3:3: warning[formula]: formula cannot be read: unknown command: `\\nosuch`",
        "markdown/gw__note-a.md:5:1: warning[formula]: formula cannot be read: it defines: `\\def`",
    ] {
        assert!(run.err.contains(line), "{}", run.err);
    }
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("math"), 0);
    assert!(page.text(".body").contains("값 $\\nosuch{x}$ 뒤"));
}

#[test]
fn a_formula_that_the_parser_took_for_text_is_reported() {
    let text = "# A\n\nunclosed $\\frac{a$ brace, $ \\alpha $ spaced\n\n> $$\\sqrt{x$$\n\n\
                $$\n\\beta\n\nrest\n\n$5 in C:\\temp{1 or $6; `$\\frac{a$`; \\$\\frac{a\\$; $HOME{ and $PATH\n";
    let settings = "language = \"en\"\n";
    let run = site(settings, text).rebuild().ends(0);
    let found: Vec<&str> = run
        .err
        .lines()
        .filter_map(|line| line.split_once("gw__note-a.md:"))
        .map(|(_, line)| line)
        .filter(|line| line.contains("[formula]"))
        .collect();
    assert_eq!(
        found,
        [
            "3:10: warning[formula]: formula cannot be read: its braces do not match",
            "3:27: warning[formula]: formula cannot be read: there is a space behind its first `$`",
            "5:3: warning[formula]: formula cannot be read: its braces do not match",
            "7:1: warning[formula]: formula cannot be read: its `$$` has no second one in the paragraph",
        ],
        "{}",
        run.err
    );
    let parted = "# A\n\n$$\nx = 1\n\\\\\ny = 2\n\nz = 3\n$$\n\ntext, $$ in a line\n";
    let run = site(settings, parted).rebuild().ends(0);
    assert_eq!(run.err.matches("[formula]").count(), 1, "{}", run.err);
    let between =
        "3:1: warning[formula]: formula cannot be read: an empty line is between its two `$$`";
    assert!(run.err.contains(between), "{}", run.err);
    let off = site("language = \"en\"\nmath = false\n", text)
        .rebuild()
        .ends(0);
    assert!(!off.err.contains("[formula]"), "{}", off.err);
}

#[test]
fn a_site_may_read_no_formulas_and_changes_its_mind() {
    let site = site("math = false\n", FORMULAS);
    site.rebuild().ok();
    let off = site.bytes("public/gw__note-a.html");
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.count("math"), 0);
    assert!(page.texts("td").contains(&"$a^2$".to_owned()));
    site.write("docsite.toml", "");
    site.rebuild().ok();
    assert_eq!(site.page("public/gw__note-a.html").count("td > math"), 1);
    site.write("docsite.toml", "math = false\n");
    site.rebuild().ok();
    assert_eq!(site.bytes("public/gw__note-a.html"), off);
    site.write("docsite.toml", "math = 1\n");
    site.rebuild()
        .ends(2)
        .complains("`math` must be `true` or `false`");
}

#[test]
fn markup_between_dollar_signs_of_no_formula_stays() {
    let site = site(
        "language = \"en\"\n",
        "# A\n\n*$HOME/.cargo/bin*를 `$PATH`에 넣고 **$5**, $USER@$(hostname), $x^2$\n",
    );
    site.rebuild().ok();
    let page = site.page("public/gw__note-a.html");
    assert_eq!(page.texts("article em"), ["$HOME/.cargo/bin"]);
    assert_eq!(page.texts("article code"), ["$PATH"]);
    assert_eq!(page.texts("article strong"), ["$5"]);
    assert!(page.text("article p").contains("$USER@$(hostname)"));
    assert_eq!(page.count("article math"), 1);
}

#[test]
fn boxes_lines_and_strokes_of_a_formula_have_their_style() {
    let text = "# A\n\n$$\\boxed{x^2}$$\n\n$\\begin{array}{l|r:c} a & b & c \\\\ \\hdashline d & e & f \
                \\end{array}$ $\\not\\in$\n";
    let site = site("", text);
    site.rebuild().ok();
    let page = site.page("public/gw__note-a.html");
    let boxed = "mtr.menv-hline > .menv-left-solid.menv-right-solid > msup";
    assert_eq!(page.count(boxed), 1);
    let css = site.read("public/assets/docsite.css");
    for class in page.attrs("math [class]", "class") {
        for class in class.split(' ').filter(|class| *class != "menv-arraylike") {
            assert!(css.contains(&format!(".{class}")), "{class}");
        }
    }
}
