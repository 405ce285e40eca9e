//! Compiles a document's text: one walk over the parser's events gives the body and the outline, so
//! that the numbers of links, diagrams and headings in one are those in the other.
//!
//! Not here: what they hold (`body`, `outline`), and front matter.

use std::cell::RefCell;
use std::ops::Range;

use super::body::Body;
use super::events::Source;
use super::facts::Facts;
use super::labels::Labels;
use super::outline::{Outline, What};
use super::write::Writer;
use crate::place::Locator;

/// Compiles a body. `labels` are the words of the interface that the pieces hold.
pub fn compile(source: &Source<'_>, places: &Locator<'_>, labels: &Labels) -> (Outline, Body) {
    let undefined = RefCell::new(Vec::new());
    let note = |name: &str, span: Range<usize>| {
        let what = What::UndefinedReference(name.to_owned());
        undefined.borrow_mut().push((span.start, what));
    };
    let events: Vec<_> = source.events_and(note).collect();
    let mut facts = Facts::new(source.written(), places, source.has_formulas());
    let mut writer = Writer::new(labels, source.written());
    let mut rest = events.as_slice();
    while let [now @ (event, span), after @ ..] = rest {
        let seen = facts.see(event, span);
        writer.write(now, &seen, facts.outline(), after);
        facts.read(writer.take_read());
        rest = after;
    }
    let (outline, notes) = facts.finish(source.block_ids(), undefined.take());
    (outline, writer.finish(notes))
}

#[cfg(test)]
mod tests {
    use super::super::outline::LinkKind;
    use super::*;

    fn read(body: &str) -> Outline {
        let places = Locator::new(body, 0);
        compile(&Source::new(body), &places, &Labels::default()).0
    }

    #[test]
    fn headings_have_text_html_and_ids() {
        let outline =
            read("# **굵은** `code` <x> [링크](a.html)\n\n## 개요\n\n## 개요\n\n## 나 {#my}\n");
        let first = &outline.headings[0];
        assert_eq!(first.text, "굵은 code 링크");
        assert_eq!(first.html, "<strong>굵은</strong> <code>code</code>  링크");
        let ids: Vec<_> = outline.headings.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, ["굵은-code--링크", "개요", "개요-1", "my"]);
    }

    #[test]
    fn the_summary_is_the_first_paragraph_outside_of_lists_and_quotes() {
        let outline = read("# T\n\n> 인용\n\n- 항목\n\n첫 **문단**의\n두 줄.\n\n다음\n");
        assert_eq!(outline.summary, "첫 문단의 두 줄.");
        let long = read(&"낱말 ".repeat(100));
        assert_eq!(long.summary.chars().count(), 198, "cut at a word");
        assert!(long.summary.ends_with('…'));
    }

    #[test]
    fn a_heading_knows_how_its_text_begins() {
        let outline = read(
            "앞\n\n# 제목\n\n첫 **문단**.\n\n## 목록\n\n- 하나\n- 둘\n\n```\ncode\n```\n\n뒤\n\n## 긴\n\n",
        );
        let excerpts = |outline: &Outline| -> Vec<String> {
            let headings = outline.headings.iter();
            headings.map(|heading| heading.excerpt.clone()).collect()
        };
        assert_eq!(excerpts(&outline), ["첫 문단.", "하나 둘 뒤", ""]);
        let long = read(&format!("# 긴\n\n{}\n\n끝\n", "낱말 ".repeat(100)));
        assert_eq!(long.headings[0].excerpt.chars().count(), 159);
        assert!(long.headings[0].excerpt.ends_with('…'));
    }

    #[test]
    fn links_know_the_words_around_them() {
        let outline = read("앞말 [라벨 **굵게**](b.html#x) 뒷말\n\n- 항목 ![그림](p.png)\n");
        let link = &outline.links[0];
        assert_eq!(link.kind, LinkKind::Link);
        assert_eq!(link.target, "b.html#x");
        assert_eq!(
            (&*link.before, &*link.label, &*link.after),
            ("앞말 ", "라벨 굵게", " 뒷말")
        );
        assert_eq!(outline.links[1].kind, LinkKind::Image);
        assert_eq!(outline.links[1].label, "그림");
    }

    #[test]
    fn links_in_code_are_not_links() {
        let outline = read("```md\n[x](gone.html)\n```\n\n`[y](gone.html)`\n");
        assert_eq!(outline.links, []);
    }

    #[test]
    fn diagrams_are_found_by_their_language() {
        let outline = read("```mermaid\ngraph TD\n```\n\n```yaml\na: 1\n```\n");
        assert_eq!(outline.diagrams.len(), 1);
        assert_eq!(outline.diagrams[0].language, "mermaid");
    }

    #[test]
    fn a_footnote_without_its_text_is_reported_at_its_place() {
        let text = "**\"앞\"**은 [^a] `[^code]` \\[^escaped] [^없음] [^x y]\n\n[^a]: 있다\n";
        let outline = read(text);
        let found: Vec<_> = outline
            .remarks
            .iter()
            .map(|remark| (remark.position.column, &remark.what))
            .collect();
        assert_eq!(found, [(37, &What::UndefinedFootnote("없음".to_owned()))]);
    }
}
