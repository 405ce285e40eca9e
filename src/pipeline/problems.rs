//! What a build reports: of content, of what was asked for and is not done, of files that it keeps.
//!
//! Not here: findings about content (`check`), and printing.

use crate::check::files::OutputFile;
use crate::check::judge::judge;
use crate::check::pages::{self, PageProblem, StrayPage};
use crate::check::{files, flow};
use crate::diagnostic::{BuildError, Diagnostic, Finding, Problems};
use crate::name::Basename;
use crate::rule::Cause;

use super::action::{Action, FilePlan, Why};
use super::plan::Planned;
use super::request::Scope;
use super::resolve::Resolved;
use super::site::Site;

/// What is wrong with the content, with files that are in the way, and with what was asked for.
pub fn of_plan(planned: &Planned, site: &Site) -> Problems {
    let resolved = &planned.resolved;
    let mut problems = resolved.problems.clone();
    problems.errors.extend(planned.errors.iter().cloned());
    problems.add(refusals(planned, site));
    if resolved.request.scope == Scope::All {
        let drafts = flow::drafts(&resolved.catalogue);
        problems.diagnostics.extend(drafts);
    }
    problems
}

/// What a command with this request reports, sorted by place. `kept`: files that it did not replace.
pub fn judged(resolved: &Resolved, problems: Problems, kept: &[OutputFile]) -> Vec<Finding> {
    let catalogue = &resolved.catalogue;
    let mut findings = judge(catalogue, problems);
    findings.retain(|finding| resolved.request.scope.concerns(finding));
    // Whatever was asked for, the catalogue was to follow.
    findings.extend(judge(catalogue, files::find(kept)));
    findings.sort();
    findings.dedup();
    findings
}

/// Documents requested by name that are not rendered, and pages without a published document.
fn refusals(planned: &Planned, site: &Site) -> Problems {
    let scope = &planned.resolved.request.scope;
    let mut problems = Problems::default();
    for page in &planned.pages {
        let name = &planned.resolved.catalogue.corpus.get(page.id).name;
        let shown = site.shown(&page.path);
        match (&page.action, scope) {
            (Action::Keep(Why::Left(_)), _) => {
                let found = pages::finding(name, &shown, &PageProblem::DraftByHand);
                problems.diagnostics.push(found);
            }
            (Action::Keep(Why::Unsound), _) => {}
            (Action::Keep(why), Scope::Pages(_)) => problems.errors.push(kept(name, why)),
            (Action::Keep(why), Scope::Without(names)) if names.contains(name) => {
                problems.errors.push(not_removed(shown, why));
            }
            (Action::Skip(Why::Draft) | Action::Remove(_, Why::Draft), Scope::Pages(_)) => {
                problems.errors.push(draft_refused(name));
            }
            _ => {}
        }
    }
    let strays = planned.strays.iter();
    let strays = strays.filter(|stray| matches!(stray.action, Action::Keep(_)));
    let of_strays = strays.map(|stray| stray_finding(site, stray));
    problems.diagnostics.extend(of_strays);
    problems
}

/// The finding about a page without a document, by what a rebuild would do.
pub fn stray_finding(site: &Site, stray: &FilePlan) -> Diagnostic {
    let shown = site.shown(&stray.path);
    match &stray.action {
        Action::Keep(why @ Why::Elsewhere(_)) => {
            pages::stray(&shown, &StrayPage::Unread(why.to_string()))
        }
        Action::Remove(..) => pages::stray(&shown, &StrayPage::Generated),
        _ => pages::stray(&shown, &StrayPage::ByHand),
    }
}

fn kept(name: &Basename, why: &Why) -> BuildError {
    let problem = BuildError::new(Cause::KeptPage, name.page(), format!("kept: {why}"));
    match why {
        Why::HandMade { .. } => problem.help(format!(
            "to replace it (its old bytes are set aside): docsite render {name} --discard-hand-edits {name}"
        )),
        Why::Unknown => problem.help(format!("docsite render {name} --adopt")),
        _ => problem,
    }
}

fn not_removed(shown: String, why: &Why) -> BuildError {
    BuildError::new(Cause::KeptPage, shown, format!("kept: {why}"))
        .help("delete it yourself: docsite removes only pages that it made")
}

fn draft_refused(name: &Basename) -> BuildError {
    BuildError::new(
        Cause::Draft,
        name.source(),
        "is a draft, and is not published",
    )
    .help("to publish it, set `draft` to false in its front matter")
}
