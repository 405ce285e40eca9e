//! `docsite check`: reports everything that is wrong with a site, or with a change. Writes nothing
//! but caches, and a baseline on request.
//!
//! Not here: the findings (`check`), and how they are shown (`report`).

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::check::baseline::Baseline;
use crate::check::change::{self, Side};
use crate::check::changed::Change;
use crate::check::files;
use crate::check::fixes::{self, Fix, Sources};
use crate::check::judge::judge;
use crate::check::pages::{self, PageProblem};
use crate::check::{self, ignores};
use crate::diagnostic::{Finding, Problems};
use crate::disk::{self, Named, Scratch};
use crate::git::{Checkout, Tree};
use crate::memo::Looked;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::Corpus;
use crate::model::document;
use crate::name::Basename;
use crate::outcome::check::{Accepted, Checked};
use crate::output::page_state::{Found, PageState};
use crate::pipeline;
use crate::pipeline::action::{Action, PagePlan, Why};
use crate::pipeline::compare::Compared;
use crate::pipeline::problems::stray_finding;
use crate::pipeline::request::Request;
use crate::pipeline::resolve::Resolved;
use crate::pipeline::site::{Refused, Site};
use crate::progress::{Progress, Stage};
use crate::store::{Space, Store};

use super::external;

#[derive(Debug, Clone, Default)]
pub struct Check {
    /// Findings in this file are accepted.
    pub baseline: Option<PathBuf>,
    /// Write the findings to this file, as a baseline.
    pub write_baseline: Option<PathBuf>,
    /// Report only what changed since this git revision.
    pub base: Option<String>,
    /// Compare what the next commit would contain with the last commit.
    pub staged: bool,
    /// Fail on warnings too.
    pub strict: bool,
    /// Also check addresses on other hosts.
    pub external: bool,
}

/// The result of a check, and access to the files that its findings are about.
#[derive(Debug)]
pub struct Done {
    pub checked: Checked,
    /// Where a baseline was written.
    pub written: Option<PathBuf>,
    root: PathBuf,
    /// Keeps the files of the index until the findings are printed.
    _index: Option<Scratch>,
}

impl Done {
    /// The text of a file of the site, for excerpts of its lines.
    pub fn text(&self, path: &str) -> Option<String> {
        let bytes = disk::read(&self.root.join(path)).ok()??;
        document::decode(path, &bytes).ok()
    }
}

/// What sites are examined with.
struct With<'a> {
    store: &'a Store,
    checkout: &'a Result<Checkout>,
    progress: &'a Progress,
    /// The output is left out of account.
    cloned: bool,
}

struct Examined {
    catalogue: Option<Catalogue>,
    findings: Vec<Finding>,
}

/// Checks a site.
///
/// # Errors
///
/// If the site, git or a baseline cannot be read.
pub fn run(folder: Option<&Path>, asked: &Check, progress: &Progress) -> Result<Done> {
    let baseline = asked.baseline.as_deref().map(read_baseline).transpose()?;
    let is_baseline = |bytes: &[u8]| Baseline::parse(bytes).map(drop);
    let to_write = asked.write_baseline.as_deref();
    let to_write = to_write
        .map(|path| Named::open(path, is_baseline))
        .transpose()?;
    let root = Site::find(folder)?;
    let checkout = Checkout::of(&root);
    let store = Store::open(&root);
    let compares = asked.staged || asked.base.is_some();
    let cloned = compares && !has_tracked_pages(&root, &checkout);
    let with = With {
        store: &store,
        checkout: &checkout,
        progress,
        cloned,
    };
    let (head, files, index) = head(asked, &root, &with)?;
    // What is about to be committed is not all that builds of this site need.
    let looked = match head.catalogue {
        Some(_) if !asked.staged => Looked::Whole,
        _ => Looked::Part,
    };
    store.save(Space::External, looked);
    let change = changed(asked, &with, &head)?;
    for space in [Space::Documents, Space::Diagrams, Space::Layout] {
        store.save(space, looked);
    }
    let before = change.as_ref().map(|(_, _, before)| &before.corpus);
    let fixes = certain(head.catalogue.as_ref(), before, &files);
    let (change, mut findings) = match change {
        Some((change, findings, _)) => (Some(change), findings),
        None => (None, head.findings),
    };
    if let Some(file) = to_write {
        let text = Baseline::of(&findings).text()?;
        file.write(text.as_bytes())?;
        findings.clear();
    }
    let (findings, accepted) = without_accepted(findings, baseline.as_ref());
    let (findings, change) = grouped(findings, change);
    let catalogue = head.catalogue.iter();
    let corpus = catalogue.flat_map(|catalogue| catalogue.corpus.iter());
    Ok(Done {
        checked: Checked {
            findings,
            fixes,
            documents: corpus.map(|(_, document)| document.name.source()).collect(),
            baseline: accepted,
            change,
            strict: asked.strict,
            prefix: checkout.map(|checkout| checkout.prefix).unwrap_or_default(),
        },
        written: asked.write_baseline.clone(),
        root: files,
        _index: index,
    })
}

/// The fixes of links that are certain; `before` are the documents to compare with.
fn certain(catalogue: Option<&Catalogue>, before: Option<&Corpus>, root: &Path) -> Vec<Fix> {
    let Some(catalogue) = catalogue else {
        return Vec::new();
    };
    let text = |path: &str| {
        let bytes = disk::read(&root.join(path)).ok().flatten()?;
        String::from_utf8(bytes).ok()
    };
    let former = |name: &Basename| {
        let before = before?;
        Some(before.get(before.find(name.as_str())?))
    };
    fixes::find(&Sources {
        catalogue,
        text: &text,
        former: &former,
    })
}

/// The findings that a baseline does not accept, and what it does accept.
fn without_accepted(
    findings: Vec<Finding>,
    baseline: Option<&Baseline>,
) -> (Vec<Finding>, Option<Accepted>) {
    let Some(baseline) = baseline else {
        return (findings, None);
    };
    let found = baseline.accept(findings);
    let accepted = Accepted {
        accepted: found.accepted,
        fixed: found.fixed,
    };
    (found.new, Some(accepted))
}

/// The findings with those of pages made one where they say the same, and the change that counts
/// them so.
fn grouped(findings: Vec<Finding>, mut change: Option<Change>) -> (Vec<Finding>, Option<Change>) {
    let all = findings.len();
    let findings = pages::grouped(findings);
    if let Some(change) = &mut change {
        let merged = all - findings.len();
        change.findings.new = change.findings.new.saturating_sub(merged);
    }
    (findings, change)
}

/// The site to check: as it is on disk, or as the next commit would contain it.
fn head(
    asked: &Check,
    root: &Path,
    with: &With<'_>,
) -> Result<(Examined, PathBuf, Option<Scratch>)> {
    let ask = asked.external;
    if asked.staged {
        let checkout = with.checkout.as_ref().map_err(shown)?;
        let copy = copied(checkout, Tree::Index)?;
        let copied_root = copy.path().join(&checkout.prefix);
        let head = examine(&copied_root, with, None, ask)?;
        return Ok((head, copied_root, Some(copy)));
    }
    let head = examine(root, with, with.checkout.as_ref().ok(), ask)?;
    Ok((head, root.to_owned(), None))
}

fn shown(error: &anyhow::Error) -> anyhow::Error {
    anyhow::anyhow!("{error:#}")
}

fn read_baseline(path: &Path) -> Result<Baseline> {
    let bytes = disk::read_named(path)?;
    Baseline::parse(&bytes).map_err(|error| anyhow::anyhow!("{} {error}", path.display()))
}

/// The files of a tree in a temporary folder.
fn copied(checkout: &Checkout, tree: Tree<'_>) -> Result<Scratch> {
    let folder = Scratch::new()?;
    checkout.copy(tree, folder.path())?;
    Ok(folder)
}

/// Whether git tracks the pages; if not, a comparison ignores them on both sides.
fn has_tracked_pages(root: &Path, checkout: &Result<Checkout>) -> bool {
    let (Ok(checkout), Ok(site)) = (checkout, Site::open(Some(root))) else {
        return false;
    };
    let is_page = |path: &String| {
        let page = path.strip_prefix(&site.shown("")).unwrap_or(path);
        let stem = page.strip_suffix(".html");
        page == "index.html" || stem.is_some_and(|stem| Basename::parse(stem).is_ok())
    };
    let files = checkout.tracked(&site.settings.output);
    files.is_ok_and(|files| files.iter().any(is_page))
}

fn changed(
    asked: &Check,
    with: &With<'_>,
    head: &Examined,
) -> Result<Option<(Change, Vec<Finding>, Catalogue)>> {
    let checkout = with.checkout;
    let (since, commit) = match (&asked.base, asked.staged) {
        (Some(revision), _) => {
            let commit = checkout.as_ref().map_err(shown)?.base(revision)?;
            (revision.as_str(), commit)
        }
        (None, true) => match checkout.as_ref().map_err(shown)?.commit("HEAD") {
            Ok(commit) => ("HEAD", commit),
            // Before the first commit everything is new.
            Err(_) => return Ok(None),
        },
        (None, false) => return Ok(None),
    };
    let checkout = checkout.as_ref().map_err(shown)?;
    let copy = copied(checkout, Tree::Commit(&commit))?;
    let folder = copy.path().join(&checkout.prefix);
    let base = examine(&folder, with, None, false)?;
    let (Some(before), Some(after)) = (base.catalogue, &head.catalogue) else {
        return Ok(None);
    };
    let base = Side {
        catalogue: &before,
        findings: &base.findings,
    };
    let now = Side {
        catalogue: after,
        findings: &head.findings,
    };
    let (change, findings) = change::compare(since, base, now);
    Ok(Some((change, findings, before)))
}

/// Everything that is wrong with the site in a folder. Errors in settings and templates are
/// findings too, and then the only ones. `ask`: whether other hosts are asked.
fn examine(
    root: &Path,
    with: &With<'_>,
    checkout: Option<&Checkout>,
    ask: bool,
) -> Result<Examined> {
    let looked = Site::watched(Some(root), with.progress).and_then(|site| {
        let resolved = pipeline::resolve(&site, Request::check(with.cloned), with.store)?;
        let compared = resolved.compare(&site, with.store)?;
        Ok((site, compared))
    });
    let (site, compared) = match looked {
        Ok(looked) => looked,
        Err(error) => match error.downcast::<Refused>() {
            Ok(Refused(errors)) => {
                return Ok(Examined {
                    catalogue: None,
                    findings: errors.into_iter().map(Finding::from).collect(),
                });
            }
            Err(error) => return Err(error),
        },
    };
    let checking = with.progress.begin(Stage::Check, 0);
    let mut found = of_pages(&site, &compared, checkout);
    let of_content = check::find(&compared.resolved.catalogue);
    found.diagnostics.extend(of_content);
    if ask {
        let _asking = with.progress.begin(Stage::Ask, 0);
        let memo = with.store.space(Space::External);
        found
            .diagnostics
            .extend(external::run(memo, &compared.resolved.catalogue));
    }
    let Resolved {
        catalogue,
        mut problems,
        ..
    } = compared.resolved;
    problems.errors.extend(compared.errors);
    problems.add(found);
    let of_comments = ignores::find(&catalogue, &problems.diagnostics);
    problems.diagnostics.extend(of_comments);
    let findings = judge(&catalogue, problems);
    drop(checking);
    Ok(Examined {
        findings,
        catalogue: Some(catalogue),
    })
}

fn of_pages(site: &Site, compared: &Compared, checkout: Option<&Checkout>) -> Problems {
    let mut findings = Vec::new();
    let mut hand_made = Vec::new();
    let found = |page: &PagePlan| &compared.resolved.pages[&page.id];
    let unknown = compared.pages.iter();
    let unknown = unknown.filter(|page| found(page).state == PageState::Unknown);
    let unknown: Vec<String> = unknown.map(|page| site.shown(&page.path)).collect();
    findings.extend(pages::unknown(&unknown));
    for page in &compared.pages {
        let found = found(page);
        let name = &compared.resolved.catalogue.corpus.get(page.id).name;
        let path = site.shown(&page.path);
        findings.extend(problems(page, found).map(|state| pages::finding(name, &path, &state)));
        if let PageState::HandMade(_) = found.state {
            hand_made.push((name, path));
        }
    }
    let paths: Vec<String> = hand_made.iter().map(|(_, path)| path.clone()).collect();
    let ignored = checkout.and_then(|checkout| checkout.ignored(&paths).ok());
    let ignored = ignored.unwrap_or_default();
    let lost = hand_made.iter().filter(|(_, path)| ignored.contains(path));
    findings.extend(lost.map(|(name, path)| pages::finding(name, path, &PageProblem::Ignored)));
    let strays = compared.strays.iter();
    findings.extend(strays.map(|stray| stray_finding(site, stray)));
    let mut problems = Problems::of(findings);
    problems.add(files::find(&compared.files));
    problems
}

fn problems(page: &PagePlan, found: &Found) -> impl Iterator<Item = PageProblem> {
    let state = match &page.action {
        Action::Write(_, why) if found.state != PageState::Absent => {
            Some(PageProblem::Stale(why.to_string()))
        }
        Action::Keep(Why::HandMade { outdated: true }) => Some(PageProblem::Behind),
        Action::Keep(Why::Left(_)) => Some(PageProblem::DraftByHand),
        Action::Remove(..) => Some(PageProblem::Draft),
        _ => None,
    };
    state
        .into_iter()
        .chain(found.undrawn.then_some(PageProblem::Undrawn))
}
