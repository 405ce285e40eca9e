//! The findings that remarks about a document's text become: their rules, messages and help.
//!
//! Not here: what is remarked on (`markdown::facts`), and findings that need other documents (`check`).

use crate::diagnostic::Diagnostic;
use crate::markdown::outline::What;
use crate::rule::Rule;

/// The finding about a file, without its position. None for what the site trusts, and for what is
/// only a finding for some sites (`alt`).
pub(super) fn finding(what: &What, path: String, trusted_html: bool) -> Option<Diagnostic> {
    let of = |rule, message| Diagnostic::new(rule, path, message);
    match what {
        What::RawHtml(_) | What::UnknownElement(_) | What::DeepHtml if trusted_html => None,
        What::NoAlt(_) => None,
        What::DeepHtml => {
            let message = "raw HTML is nested too deep, and is shown as text";
            Some(of(Rule::RawHtml, message.to_owned()))
        }
        What::RawHtml(what) => {
            let problem = of(Rule::RawHtml, format!("raw HTML: {what} is removed"));
            Some(problem.help("`html = \"trusted\"` in docsite.toml keeps everything"))
        }
        What::UnknownElement(what) => {
            let problem = of(Rule::RawHtml, format!("raw HTML: {what} is removed"));
            let instead = what.replacen('<', "&lt;", 1);
            Some(problem.help(format!("put it in backticks, or write `{instead}`")))
        }
        What::Foreign(kind) => {
            let message = format!("{}, which is not read here", kind.what());
            Some(of(Rule::ForeignSyntax, message).help(kind.instead()))
        }
        What::DuplicateId(id) => {
            let message = format!("id `{id}` is used elsewhere in this page");
            let help = "give it another id: a heading keeps its own, else the first keeps it";
            Some(of(Rule::DuplicateId, message).help(help))
        }
        What::UndefinedFootnote(name) => {
            let problem = of(
                Rule::UndefinedFootnote,
                format!("footnote `[^{name}]` has no text"),
            );
            Some(problem.help(format!("write it on a separate line: `[^{name}]: …`")))
        }
        What::UndefinedReference(name) => {
            let problem = of(
                Rule::UndefinedReference,
                format!("reference `[{name}]` is not defined"),
            );
            Some(problem.help(format!("write it on a separate line: `[{name}]: …`")))
        }
        What::SpacedLink(instead) => {
            let message = "is text, not a link: its target has spaces";
            Some(of(Rule::SpacedLink, message.to_owned()).help(format!("write `{instead}`")))
        }
        What::Formula(why) => {
            let message = format!("formula cannot be read: {why}");
            let help = "it is shown as written; `\\$` is a dollar sign, and `math = false` in \
                        docsite.toml reads no formulas";
            Some(of(Rule::Formula, message).help(help))
        }
        What::BadSlot(name, number) => {
            let name = name.escape_debug();
            let message = format!("`{{#{name}}}` cannot be a file name; this diagram is {number}");
            let help = "letters, digits, `-` and `_`, at least one letter";
            Some(of(Rule::DiagramSlot, message).help(help))
        }
        What::SlotTwice(name, number) => {
            let message =
                format!("`{{#{name}}}` is already used by a diagram above; this one is {number}");
            Some(of(Rule::DiagramSlot, message).help("give it a unique name"))
        }
    }
}
