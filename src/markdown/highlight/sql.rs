//! SQL in any dialect: words, strings, numbers, comments, calls.
//!
//! It deliberately does not know statements, nor what is reserved where: a word of the list is
//! always a keyword. Dollar quoting (`$$ … $$`) is treated as code, which is what a function's body
//! mostly is.

use super::scan::{Scanner, is_word};
use super::token::{Class, Token};

const KEYWORDS: &str = " add all alter analyze and any as asc begin between by cascade case check \
    collate column commit conflict constraint create cross current database declare default delete \
    desc distinct do drop each else end escape except exists explain extension fetch first following \
    for foreign from full function grant group having if ilike in index inner insert intersect \
    interval into is join key last lateral left like limit materialized merge natural next not \
    nothing nulls of offset on only or order outer over partition policy preceding primary procedure \
    range recursive references rename replace restrict return returning returns revoke right role \
    rollback row rows savepoint schema select sequence set some start table tablespace temporary then \
    to transaction trigger truncate unbounded union unique update use user using vacuum values view \
    when where window with ";
const TYPES: &str = " array bigint bigserial binary bit blob boolean bool bytea char character cidr \
    date datetime decimal double enum float inet int integer json jsonb money numeric precision real \
    serial smallint string text time timestamp timestamptz tinyint uuid varbinary varchar varying ";
const CONSTANTS: &str = " true false null unknown current_date current_time current_timestamp ";

pub(super) fn lex(code: &str) -> Vec<Token> {
    let mut scan = Scanner::new(code);
    while let Some(c) = scan.peek() {
        let start = scan.at();
        match c {
            '-' if scan.starts("--") => {
                scan.line();
                scan.mark(start, Class::Comment);
            }
            '/' if scan.starts("/*") => {
                scan.through("*/");
                scan.mark(start, Class::Comment);
            }
            '\'' => {
                string(&mut scan);
                scan.mark(start, Class::String);
            }
            '"' | '`' => scan.quoted(false),
            '$' | ':' | '@' => parameter(&mut scan),
            _ if c.is_ascii_digit() => {
                scan.pass(|c| is_word(c) || c == '.');
                scan.mark(start, Class::Number);
            }
            _ if is_word(c) => word(&mut scan),
            _ => scan.step(),
        }
    }
    scan.finish()
}

/// A string may continue over lines; a quote in it is doubled.
fn string(scan: &mut Scanner<'_>) {
    loop {
        scan.step();
        scan.through("'");
        if !scan.starts("'") {
            return;
        }
    }
}

/// `$1`, `:name`, `@name`; not the colons of `x::text`.
fn parameter(scan: &mut Scanner<'_>) {
    let start = scan.at();
    if scan.starts("::") {
        scan.step();
        scan.step();
        return;
    }
    scan.step();
    if !scan.pass(is_word).is_empty() {
        scan.mark(start, Class::Variable);
    }
}

fn word(scan: &mut Scanner<'_>) {
    let start = scan.at();
    let word = scan.pass(is_word).to_lowercase();
    let is_in = |list: &str| list.contains(&format!(" {word} "));
    if is_in(KEYWORDS) {
        scan.mark(start, Class::Keyword);
    } else if is_in(TYPES) {
        scan.mark(start, Class::Type);
    } else if is_in(CONSTANTS) {
        scan.mark(start, Class::Number);
    } else if scan.starts("(") {
        scan.mark(start, Class::Function);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    #[test]
    fn a_query_is_read() {
        let code =
            "SELECT count(*), 'it''s' AS \"k\" FROM t -- 끝\nWHERE a::text = $1 AND b > 1.5;";
        assert_eq!(
            shown(code, &lex(code)),
            "k:SELECT f:count s:'it''s' k:AS k:FROM c:-- 끝 k:WHERE t:text v:$1 k:AND d:1.5"
        );
    }

    #[test]
    fn what_has_no_end_ends_with_the_text() {
        for code in ["'a", "/* a", "'", "a ''", "\"x\n1", "$", ":", "$$ a"] {
            lex(code);
        }
        assert_eq!(shown("'a\nb'", &lex("'a\nb'")), "s:'a\nb'");
    }
}
