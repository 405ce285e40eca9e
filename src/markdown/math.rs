//! Formulas: TeX between dollar signs in, `MathML` out, as the page is built. No script and no font is
//! needed for it; it can be selected, and is read aloud.
//!
//! Colours and shifts, which come as `style` attributes, are left out: a strict policy of a page's
//! content blocks them, and a formula has the colour of its text, light or dark. Not here:
//! what the parser takes for one (`events`), and the boxes of wide ones (the style sheet).

use std::ops::Range;
use std::thread;

use super::tex;
use pulldown_latex::config::DisplayMode;
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

/// A longer formula is shown as written, in bytes.
const LONGEST: usize = 4_000;
/// A longer formula may be wider than a phone, in bytes.
const SHORT: usize = 40;
/// The longest space or size in a formula, in its unit.
const WIDEST: f64 = 100.0;
/// The most commands that are read on the stack of the caller: the library descends for each that
/// is the argument of another.
const MOST_ON_STACK: usize = 60;
/// Enough for as many commands as the longest formula has.
const STACK: usize = 64 << 20;
/// What would make a formula longer than it is written.
const DEFINING: [&str; 8] = [
    "def",
    "gdef",
    "edef",
    "xdef",
    "let",
    "futurelet",
    "newcommand",
    "renewcommand",
];

/// A formula as `MathML`. `is_block`: whether it stands in a line of its own.
///
/// # Errors
/// Why it cannot be read, in a few words.
pub fn mathml(tex: &str, is_block: bool) -> Result<String, String> {
    if tex.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    if let Some(command) = defined(tex) {
        return Err(format!("it defines: `\\{command}`"));
    }
    let tex = &*tex::known(tex);
    let math = if tex.matches('\\').count() <= MOST_ON_STACK {
        converted(tex, is_block)?
    } else {
        let read = || converted(tex, is_block);
        thread::scope(|scope| {
            let deep = thread::Builder::new().stack_size(STACK);
            let deep = deep.spawn_scoped(scope, read).ok()?;
            deep.join().ok()
        })
        .unwrap_or_else(|| Err("it is too deep".to_owned()))?
    };
    let is_long = tex.len() > SHORT;
    // A box that scrolls is reached by the keyboard.
    Ok(match (is_block, is_long) {
        (true, true) => format!("<span class=\"math\" tabindex=\"0\">{math}</span>"),
        (true, false) => format!("<span class=\"math\">{math}</span>"),
        (false, true) => format!("<span class=\"math in\" tabindex=\"0\">{math}</span>"),
        (false, false) => math,
    })
}

/// Whether what is between dollar signs is a formula; `span` is its place in the text, with them.
/// `$HOME/bin:$PATH` is none: one does not begin behind a letter or a digit, nor end before one or a
/// bracket. Neither is `$#` or `$.items[*].name$`, nor what has no letter and no digit, nor what has a
/// backtick (there code begins or ends), nor prose between two prices.
pub fn is_formula(text: &str, span: &Range<usize>, tex: &str) -> bool {
    if tex.contains('`') || !tex.contains(|c: char| c.is_alphanumeric()) || is_prose(tex) {
        return false;
    }
    let is_block = text
        .get(span.clone())
        .is_some_and(|it| it.starts_with("$$"));
    let before = text.get(..span.start);
    if is_block {
        // `$$` is a shell's number of its own process.
        let line = before.and_then(|text| text.rsplit('\n').next());
        let is_in_words = line.is_some_and(|line| line.contains(char::is_alphanumeric));
        return !is_in_words || !tex.split_whitespace().all(|word| words_in(word) > 2);
    }
    let before = before.and_then(|text| text.chars().next_back());
    let after = text.get(span.end..).and_then(|text| text.chars().next());
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !(before.is_some_and(is_name)
        || after.is_some_and(|c| is_name(c) || matches!(c, '{' | '('))
        || tex.starts_with(['#', '@', '?', '!', '*', '.']))
}

/// Whether words are between dollar signs with nothing of a formula, which would lose the spaces between
/// them: `5 and 10`, `5이고 저 가격은 10`. A number and its unit are none.
fn is_prose(tex: &str) -> bool {
    // A dollar sign that was found to begin no formula has a backslash now.
    let tex = &tex.replace("\\$", "$");
    let words: Vec<&str> = tex.split_whitespace().collect();
    let [first, .., last] = *words else {
        return false;
    };
    let is_price = first.starts_with(|c: char| c.is_ascii_digit());
    let is_last = |word: &str| std::ptr::eq(word, last);
    let is_unit = |word: &str| is_price && words.len() == 2 && is_last(word) && word.is_ascii();
    let is_between = |word: &str| is_price && !is_last(word);
    let said = words.iter().filter(|word| {
        let least = if is_between(word) { 2 } else { 3 };
        words_in(word) >= least && !is_unit(word)
    });
    let said = said.count();
    // A dash, a slash or an asterisk is in a long text too.
    said > 0 && !tex.contains(is_of_formula) && (said > 2 || !has_operator(tex))
}

/// How many letters a word of a sentence has, without the signs around it and the number before it.
/// Each letter of Hangul is worth a word; a function's name is none.
fn words_in(word: &str) -> usize {
    const FUNCTIONS: [&str; 12] = [
        "mod", "sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min", "gcd", "choose",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    if word.contains(|c| matches!(c, '가'..='힣')) {
        return 3;
    }
    let is_word = word.chars().all(char::is_alphabetic) && !FUNCTIONS.contains(&word);
    if is_word { word.chars().count() } else { 0 }
}

/// Whether a sign is of formulas, and of no sentence.
fn is_of_formula(c: char) -> bool {
    const SIGNS: &str = "\\^_={}<>+|&×÷±·¬√∂∑∏∫";
    SIGNS.contains(c) || matches!(c, '\u{2190}'..='\u{22ff}')
}

/// Whether there is a sign that may be an operator: it is no hyphen of a word, as in `5/month`.
fn has_operator(tex: &str) -> bool {
    let pairs = tex.chars().zip(tex.chars().skip(1));
    let mut pairs =
        pairs.map(|(sign, next)| matches!(sign, '-' | '/' | '*') && !next.is_alphabetic());
    pairs.any(|is_operator| is_operator)
}

/// Whether a text has a command: `\frac`.
pub fn has_command(tex: &str) -> bool {
    commands(tex).next().is_some()
}

/// A formula as it is written.
pub fn written(tex: &str, is_block: bool) -> String {
    let mark = if is_block { "$$" } else { "$" };
    format!("{mark}{tex}{mark}")
}

/// The first command that defines another one.
fn defined(tex: &str) -> Option<&'static str> {
    commands(tex).find_map(|command| {
        let command = command.replace("provide", "new");
        DEFINING.into_iter().find(|known| command[1..] == **known)
    })
}

fn converted(tex: &str, is_block: bool) -> Result<String, String> {
    let storage = Storage::new();
    let events: Result<Vec<_>, _> = Parser::new(tex, &storage).collect();
    let events = events.map_err(|error| why(tex, &error.to_string()))?;
    if events.iter().any(is_unescaped) {
        return Err("it has `<` or `&` in a name".to_owned());
    }
    let config = RenderConfig {
        display_mode: if is_block {
            DisplayMode::Block
        } else {
            DisplayMode::Inline
        },
        ..RenderConfig::default()
    };
    let events = events.into_iter().map(Ok::<_, pulldown_latex::ParserError>);
    let mut math = String::new();
    push_mathml(&mut math, events, config).map_err(|error| first_line(&error.to_string()))?;
    cleaned(&math).ok_or_else(|| "it has a tag in a name".to_owned())
}

/// Names of functions are written as they are.
fn is_unescaped(event: &Event<'_>) -> bool {
    let Event::Content(Content::Function(name) | Content::Number(name)) = event else {
        return false;
    };
    name.contains(['<', '>', '&'])
}

/// What is wrong, with the command that the library does not know, which it does not name.
fn why(tex: &str, message: &str) -> String {
    const UNKNOWN: &str = "unknown primitive command";
    let message = first_line(message).replace("unkown", "unknown");
    if !message.starts_with(UNKNOWN) {
        return message;
    }
    let is_unknown = |command: &String| {
        let storage = Storage::new();
        let mut events = Parser::new(command, &storage);
        events.any(|event| event.is_err_and(|error| first_line(&error.to_string()) == message))
    };
    match commands(tex).find(is_unknown) {
        Some(command) => format!("unknown command: `{command}`"),
        None => message,
    }
}

/// The commands with names of letters, each with its `\`.
fn commands(tex: &str) -> impl Iterator<Item = String> {
    tex.split('\\').skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic());
        let name = &rest[..end.unwrap_or(rest.len())];
        (!name.is_empty()).then(|| format!("\\{name}"))
    })
}

/// The library draws where in the formula it stopped, in lines of their own.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.strip_prefix("parsing error: ").unwrap_or(line);
    line.trim().to_owned()
}

/// The elements and attributes of a formula. Others can only come out of a name that the library wrote
/// unescaped.
const ELEMENTS: [&str; 24] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];
const ATTRIBUTES: [&str; 22] = [
    "accent",
    "accentunder",
    "class",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rspace",
    "scriptlevel",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// Takes the `style` out of every tag, and escapes what the library writes as it is: the operators `<`
/// and `&`, each of which is all that its element holds. None where there is a tag of another kind, or
/// one that the library left unfinished.
fn cleaned(math: &str) -> Option<String> {
    let math = math.replace(">&<", ">&amp;<");
    let mut out = String::with_capacity(math.len());
    let mut open: Vec<String> = Vec::new();
    for (at, piece) in math.split('<').enumerate() {
        if at == 0 {
            continue;
        }
        if piece.is_empty() {
            out.push_str("&lt;");
            continue;
        }
        let (tag, text) = piece.split_once('>')?;
        let tag = match tag.split_once(" style=\"") {
            Some((before, style)) => before.to_owned() + style.split_once('"')?.1,
            None => tag.to_owned(),
        };
        if !is_known(&tag) || text.contains("=\"") {
            return None;
        }
        out.push('<');
        out.push_str(&finished(&tag, &mut open)?);
        out.push('>');
        out.push_str(text);
    }
    open.is_empty().then_some(out)
}

/// A tag with a space before each attribute. A row with a style of its own is an `mstyle`.
fn finished(tag: &str, open: &mut Vec<String>) -> Option<String> {
    if tag.starts_with('/') {
        return Some(format!("/{}", open.pop()?));
    }
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    let is_styled = name == "mrow" && attributes.contains("displaystyle=");
    let name = if is_styled { "mstyle" } else { name };
    let mut finished = name.to_owned();
    for (at, part) in attributes.split('"').enumerate() {
        if at % 2 == 1 {
            let number = part.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
            if number.parse::<f64>().is_ok_and(|size| size.abs() > WIDEST) {
                return None;
            }
            finished.push_str(&format!("\"{part}\""));
        } else if part.trim() == "/" {
            finished.push_str(" /");
        } else if !part.trim().is_empty() {
            finished.push(' ');
            finished.push_str(part.trim());
        }
    }
    if !tag.ends_with('/') {
        open.push(name.trim_end_matches('/').to_owned());
    }
    Some(finished)
}

/// Whether a tag, without its brackets, is one of a formula.
fn is_known(tag: &str) -> bool {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let tag = tag.strip_suffix('/').unwrap_or(tag).trim_end();
    let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut names = attributes.split('"').step_by(2);
    ELEMENTS.contains(&name)
        && names.all(|name| {
            let name = name.trim();
            let name = name.strip_suffix('=').unwrap_or(name);
            name.is_empty() || ATTRIBUTES.contains(&name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_between_prices_is_no_formula() {
        let is_one = |text: &str| {
            let start = text.find('$').expect("a dollar");
            let end = text.rfind('$').expect("another") + 1;
            let mark = if text[start..].starts_with("$$") {
                2
            } else {
                1
            };
            is_formula(text, &(start..end), &text[start + mark..end - mark])
        };
        for text in [
            "가격은 $5이고 저 가격은 10$입니다",
            "Between $5 and 10$ too",
            "from $5/month to 10$, say",
            "$5 for one - and no more - or 10$",
            "the number $$ pid $$ of it",
            "$2,000 range. Between \\$5 and 10$",
            "$x and y$",
        ] {
            assert!(!is_one(text), "{text}");
        }
        for text in [
            "$5 MHz$",
            "$2n$",
            "$n log n$",
            "$5 mod 3$",
            "$a b c$",
            "$AB CD$",
            "$USD$",
            "$5$와",
            "$1 + 2 if x$",
            "$5 \\text{ and } 10$",
            "$x \\in 가$",
            "$$ abc $$",
            "합은 $$ x = 1 $$",
        ] {
            assert!(is_one(text), "{text}");
        }
    }

    #[test]
    fn formulas_are_mathml() {
        let half = mathml(r"\frac{1}{2}", false).expect("a formula");
        assert!(
            half.contains("<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn>"),
            "{half}"
        );
        let sum = mathml(r"\sum_{i=0}^n i", true).expect("a formula");
        assert!(
            sum.starts_with("<span class=\"math\"><math display=\"block\">"),
            "{sum}"
        );
        let korean = mathml(r"\text{가용성} = \frac{\text{MTBF}}{x}", false).expect("a formula");
        assert!(korean.contains("<mtext>가용성</mtext>"), "{korean}");
        for tex in [
            r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\begin{aligned} a &= b + c \\[1em] &= d + e \end{aligned}",
            r"f(x) = \begin{cases} x^2 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
            r"\mathcal{O}(n \log n) \quad \mathbb{R} \quad \hat{\beta}",
            r"\sum_{\substack{1 \le i \le n \\ i \ne j}} a_i",
            r"\color{red} a \! b < c",
            r"\bm{x} = \bm y \tag{1}",
        ] {
            let math = mathml(tex, true).expect(tex);
            assert!(!math.contains(" style="), "{math}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (tex, why) in [
            (r"a \alpha \nosuch{x} \bm{y}", r"unknown command: `\nosuch`"),
            (r"\frac{1}", "expected"),
            (r"\def\a{\a\a}\a", r"it defines: `\def`"),
            (r"\providecommand{\a}{b}", r"it defines: `\newcommand`"),
        ] {
            let found = mathml(tex, false).expect_err(tex);
            assert!(found.contains(why), "{tex}: {found}");
            assert!(!found.contains('\n'), "{found}");
        }
        assert!(mathml(&"x".repeat(LONGEST + 1), false).is_err());
    }

    #[test]
    fn nothing_active_comes_out() {
        for tex in [
            r"\href{javascript:alert(1)}{x}",
            r"\text{<script>alert(1)</script>}",
            "<script>alert(1)</script>",
            r"\operatorname{<img src=x onerror=alert(1)>}",
            r#"\color{"onload=alert(1) x="} x"#,
            r"\operatorname{</math><script>x</script>}",
            r"\mathrm{<b onclick=x>}",
            r"\begin{array}{<b>}x\end{array}",
            r"\hspace{<b>}",
            r"\htmlData{onclick=x}{y}",
            r"\operatorname{</math><b>x</b>}",
            r"\mathrm{<b onclick=x>}",
            r"\begin{array}{<b>}x\end{array}",
            r"\hspace{<b>}",
            r"\begin{<b>}x\end{<b>}",
            r"\text{&lt;b> & <}",
            r"a < b \& c \lt d",
        ] {
            let math = mathml(tex, false).unwrap_or_default();
            for entity in math.split('&').skip(1) {
                let known = ["lt;", "amp;", "nbsp;", "gt;"];
                assert!(
                    known.iter().any(|known| entity.starts_with(known)),
                    "{math}"
                );
            }
            let tags = math.split('<').skip(1);
            for tag in tags {
                let name = tag.trim_start_matches('/');
                assert!(
                    name.starts_with('m') && !name.contains("href"),
                    "{tex}: {math}"
                );
            }
        }
    }

    #[test]
    fn what_the_library_leaves_unfinished_is_finished_or_refused() {
        for tex in [
            r"\strut",
            r"\mathstrut x",
            r"\kern{99999em}x",
            r"\hspace{-99999em}x",
        ] {
            assert!(mathml(tex, false).is_err(), "{tex}");
        }
        let bar = mathml(r"\left( a \middle| b \right)", false).expect("a formula");
        assert!(
            !bar.contains("\"m") && bar.contains("stretchy=\"true\""),
            "{bar}"
        );
        let half = mathml(r"\dfrac12", false).expect("a formula");
        assert!(half.contains("<mstyle displaystyle=\"true\""), "{half}");
        assert!(half.contains("</mstyle>"), "{half}");
        let long = "a_1+".repeat(20) + "b";
        let long = mathml(&long, false).expect("a formula");
        assert!(
            long.starts_with("<span class=\"math in\" tabindex=\"0\"><math"),
            "{long}"
        );
    }

    #[test]
    fn deep_and_broken_formulas_end() {
        let deep = |open: &str, close: &str| {
            let times = (LONGEST - 1) / (open.len() + close.len());
            open.repeat(times) + "x" + &close.repeat(times)
        };
        for tex in [
            deep("{", "}"),
            deep(r"\sqrt", ""),
            deep(r"\sqrt{", "}"),
            deep("x^{", "}"),
            deep(r"\left(", r"\right)"),
            deep(r"\frac1", ""),
            deep(r"\hat", ""),
            deep("{", ""),
            deep(r"\begin{matrix}", r"\end{matrix}"),
            deep(r"\not", ""),
        ] {
            let math = mathml(&tex, true).unwrap_or_default();
            assert!(math.len() < 500_000, "{}: {}", &tex[..20], math.len());
        }
        for tex in [
            "",
            " ",
            "^",
            "_",
            "&",
            "#1",
            "}",
            "{",
            "\\",
            "%",
            "a^b^c",
            "\\left",
            "\u{0}",
            "가\u{301}",
        ] {
            let _ = mathml(tex, false);
        }
    }
}
