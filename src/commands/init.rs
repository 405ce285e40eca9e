//! `docsite init`: makes a new site that can be built immediately, or adopts a flat archive
//! unchanged.
//!
//! An existing file is never written. Not here: the texts (`scaffold`), and where a workflow gets
//! docsite from (`origin`).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::disk::{self, Kind, Placed};
use crate::git;
use crate::import::{Imported, NewSite};
use crate::model::document::{self, decode};
use crate::model::settings::{FILE, Label, Language, Settings, built_in_types};
use crate::name::Basename;
use crate::outcome::init::{Adoption, Made};
use crate::output::assets::SITE_STYLE;
use crate::output::site_style;
use crate::pipeline;
use crate::pipeline::action::{Action, Why};
use crate::pipeline::paths::SITE_STYLE as SITE_STYLE_FILE;
use crate::pipeline::request::{Request, Scope};
use crate::pipeline::site::Site;
use crate::progress::Progress;

use super::import::{Import, PlannedImport, planned, proposed};
use super::origin::Origin;
use super::scaffold;

/// Documents that existed before `init`.
#[derive(Debug, Default)]
struct Census {
    names: Vec<Basename>,
    korean: bool,
    /// Whether a page of one of them is beside `markdown/`.
    flat: bool,
}

const CADDYFILE: &str = "Caddyfile";
/// The workflow that checks and builds a site.
const WORKFLOW: &str = ".github/workflows/docsite.yml";
/// The workflow that publishes it on GitHub Pages.
const PAGES: &str = ".github/workflows/pages.yml";

/// Where a site is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    Caddy,
    GitHub,
    Cloudflare,
}

/// Makes a site. `from` is the git address that its workflows install docsite from. An existing site
/// gets only what these hosts need or, if there are none, the workflow that checks it.
///
/// # Errors
///
/// If there is a site already and nothing else is wanted, the address is invalid or missing, or
/// something cannot be written.
pub fn run(folder: Option<&Path>, from: Option<&str>, hosts: &[Host]) -> Result<Made> {
    let origin = from.map(Origin::parse).transpose();
    let origin = origin.map_err(|why| anyhow!("--docsite-from: {why}"))?;
    let origin = origin.or_else(Origin::of_this_program);
    if hosts.contains(&Host::GitHub) && origin.is_none() {
        bail!(
            "--deploy github needs --docsite-from URL[#REV]: the workflow installs docsite from there"
        );
    }
    let root = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
    match disk::kind(&root).with_context(|| root.display().to_string())? {
        Kind::Absent => disk::make_folder(&root)?,
        Kind::Folder | Kind::Link => {}
        Kind::File | Kind::Other => bail!("{} is not a directory", root.display()),
    }
    let is_site = disk::kind(&root.join(FILE))? != Kind::Absent;
    let mut made = Made {
        root,
        written: Vec::new(),
        kept: Vec::new(),
        adoption: None,
        documents: 0,
        has_workflow: false,
        repository: None,
        bare: Vec::new(),
        proposal: None,
    };
    if is_site {
        if from.is_none() && hosts.is_empty() {
            bail!("{} is a site already: it has a {FILE}", made.root.display());
        }
        let output = Site::open(Some(&made.root))?.settings.output;
        made.has_workflow = true;
        if let Some(origin) = origin.as_ref().filter(|_| hosts.is_empty()) {
            put_workflow(&mut made, origin, &output)?;
        }
        put_for_hosts(&mut made, hosts, origin.as_ref(), &output)?;
        return Ok(made);
    }
    made.proposal = proposal(&made.root)?;
    if made.proposal.is_some() {
        return Ok(made);
    }
    let output = lay(&mut made, origin.as_ref())?;
    put_for_hosts(&mut made, hosts, origin.as_ref(), output)?;
    Ok(made)
}

/// Plans a new site of the notes of a folder, which may be the site's own.
///
/// # Errors
///
/// If there is a site already, or the folder cannot be imported.
pub fn import(
    root: Option<&Path>,
    asked: &Import,
    (from, hosts): (Option<&str>, &[Host]),
    progress: &Progress,
) -> Result<PlannedImport> {
    let root = root.unwrap_or(Path::new("."));
    let folder = asked.folder.display();
    if disk::kind(&root.join(FILE))? != Kind::Absent || !census(root)?.names.is_empty() {
        bail!(
            "{} is a site already; into a site: `docsite import {folder}`",
            root.display()
        );
    }
    let origin = from.map(Origin::parse).transpose();
    let origin = origin.map_err(|why| anyhow!("--docsite-from: {why}"))?;
    let origin = origin.or_else(Origin::of_this_program);
    let output = "public";
    let mut files = vec![
        (".gitignore".to_owned(), scaffold::GITIGNORE.to_owned()),
        (SITE_STYLE_FILE.to_owned(), SITE_STYLE.to_owned()),
        (CADDYFILE.to_owned(), scaffold::caddyfile(output)),
    ];
    if let Some(origin) = &origin {
        files.push((WORKFLOW.to_owned(), scaffold::workflow(origin, output)?));
    }
    for host in hosts {
        match (host, &origin) {
            (Host::GitHub, Some(origin)) => {
                files.push((PAGES.to_owned(), scaffold::pages(origin)?));
            }
            (Host::GitHub, None) => bail!("--deploy github needs --docsite-from URL[#REV]"),
            (Host::Cloudflare, _) => {
                let texts = scaffold::FOR_CLOUDFLARE.into_iter();
                files.extend(texts.map(|(path, text)| (path.to_owned(), text.to_owned())));
            }
            (Host::Caddy, _) => {}
        }
    }
    let new = NewSite {
        head: scaffold::settings_head,
        files,
    };
    planned(new_site(root, progress), asked, Some(new))
}

/// A site that is not there yet.
fn new_site(root: &Path, progress: &Progress) -> Site {
    Site {
        root: root.to_owned(),
        settings: Settings::default_for(Language::English),
        configured: false,
        head: None,
        progress: progress.clone(),
        is_edited: false,
    }
}

/// What an import would make of the Markdown files of a folder; `None` if they are only those of any
/// repository, or there are documents already.
fn proposal(root: &Path) -> Result<Option<Imported>> {
    if !census(root)?.names.is_empty() {
        return Ok(None);
    }
    let asked = Import {
        folder: root.to_owned(),
        map: None,
        write_map: None,
    };
    let new = NewSite {
        head: scaffold::settings_head,
        files: Vec::new(),
    };
    let site = new_site(root, &Progress::default());
    // A folder that cannot be imported can be a site.
    let imported = proposed(&site, &asked, Some(new))
        .ok()
        .map(|(imported, _)| imported);
    Ok(imported.filter(|imported| {
        let mut documents = imported.documents.iter();
        documents.any(|document| !is_of_any_repository(&document.from))
    }))
}

/// Whether a file is one that any repository has, which is no reason to import anything.
fn is_of_any_repository(path: &str) -> bool {
    const NAMES: [&str; 7] = [
        "readme",
        "license",
        "changelog",
        "contributing",
        "security",
        "code_of_conduct",
        "notice",
    ];
    let stem = path.strip_suffix(".md").unwrap_or(path).to_lowercase();
    let first = stem.split('.').next().unwrap_or_default();
    NAMES.contains(&first)
}

/// Writes the files that a site without settings needs; returns its output.
fn lay(made: &mut Made, origin: Option<&Origin>) -> Result<&'static str> {
    let census = census(&made.root)?;
    made.documents = census.names.len();
    let output = if census.flat { "." } else { "public" };
    let language = language(&census);
    if let Some(style) = disk::read(&made.root.join("assets/viz.css")).ok().flatten() {
        made.bare = site_style::bare(&String::from_utf8_lossy(&style));
    }
    if census.names.is_empty() {
        lay_out(made, language)?;
    } else {
        let settings = found_settings(&census, language);
        put(made, FILE, &settings)?;
        if !census.flat {
            put(made, ".gitignore", scaffold::GITIGNORE)?;
        }
    }
    put(made, CADDYFILE, &scaffold::caddyfile(output))?;
    if let Some(origin) = origin {
        put_workflow(made, origin, output)?;
    }
    if census.flat {
        made.adoption = Some(adoption(&made.root)?);
    }
    Ok(output)
}

/// Writes what these hosts need.
fn put_for_hosts(
    made: &mut Made,
    hosts: &[Host],
    origin: Option<&Origin>,
    output: &str,
) -> Result<()> {
    for host in hosts {
        match (host, origin) {
            // A new site has it already.
            (Host::Caddy, _) if made.written.iter().any(|path| path == CADDYFILE) => {}
            (Host::Caddy, _) => put(made, CADDYFILE, &scaffold::caddyfile(output))?,
            (Host::GitHub, Some(origin)) => put(made, PAGES, &scaffold::pages(origin)?)?,
            (Host::GitHub, None) => {}
            (Host::Cloudflare, _) => {
                for (path, text) in scaffold::FOR_CLOUDFLARE {
                    put(made, path, text)?;
                }
            }
        }
    }
    Ok(())
}

fn put_workflow(made: &mut Made, origin: &Origin, output: &str) -> Result<()> {
    made.has_workflow = true;
    put(made, WORKFLOW, &scaffold::workflow(origin, output)?)
}

fn census(root: &Path) -> Result<Census> {
    let mut census = Census::default();
    let folder = root.join("markdown");
    for entry in disk::list(&folder)? {
        let name = entry.path.strip_suffix(".md").map(Basename::parse);
        let (Kind::File, Some(Ok(name))) = (entry.kind, name) else {
            continue;
        };
        census.flat |= disk::kind(&root.join(name.page()))? != Kind::Absent;
        if !census.korean
            && let Some(bytes) = disk::read(&folder.join(&entry.path))?
        {
            census.korean = decode(&entry.path, &bytes).is_ok_and(|text| is_korean(&text));
        }
        census.names.push(name);
    }
    Ok(census)
}

/// Whether a large part of a text is Hangul.
fn is_korean(text: &str) -> bool {
    let body = document::body(text);
    let hangul = body.chars().filter(|c| matches!(c, '가'..='힣')).count();
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    hangul * 5 > letters
}

fn language(census: &Census) -> Language {
    if census.korean || (census.names.is_empty() && locale_is_korean()) {
        Language::Korean
    } else {
        Language::English
    }
}

fn locale_is_korean() -> bool {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .is_some_and(|value| value.starts_with("ko"))
}

fn lay_out(made: &mut Made, language: Language) -> Result<()> {
    for (path, text) in scaffold::files(language) {
        put(made, path, text)?;
    }
    Ok(())
}

fn put(made: &mut Made, path: &str, text: &str) -> Result<()> {
    match disk::create(&made.root.join(path), text.as_bytes())? {
        Placed::Done => {
            made.written.push(path.to_owned());
            if path.starts_with(".github/") {
                let here = disk::real(&made.root);
                made.repository = git::top(&made.root).filter(|top| here.as_ref() != Some(top));
            }
        }
        Placed::Changed => made.kept.push(path.to_owned()),
    }
    Ok(())
}

/// `docsite.toml` for existing documents, with the topics and types that their names use.
fn found_settings(census: &Census, language: Language) -> String {
    let mut text = scaffold::settings_head(language).to_owned();
    if census.flat {
        text = text.replace("output = \"public\"", "output = \".\"");
    }
    let topics: BTreeSet<&str> = census.names.iter().map(Basename::topic).collect();
    for topic in topics {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n[[topics]]\nprefix = {topic:?}\nname = {topic:?}\ndescription = \"\"\n"
        );
    }
    let used: BTreeSet<&str> = census.names.iter().map(Basename::kind).collect();
    let built_in = built_in_types(language);
    let (known, others): (Vec<&str>, Vec<&str>) = used
        .into_iter()
        .partition(|kind| built_in.iter().any(|label| label.prefix == *kind));
    if others.is_empty() {
        return text;
    }
    let known = built_in
        .iter()
        .filter(|label| known.contains(&label.prefix.as_str()));
    for label in known {
        write_type(&mut text, label);
    }
    for prefix in others {
        write_type(
            &mut text,
            &Label {
                prefix: prefix.to_owned(),
                name: prefix.to_owned(),
                description: String::new(),
                colour: None,
            },
        );
    }
    text
}

fn write_type(text: &mut String, label: &Label) {
    let (prefix, name) = (&label.prefix, &label.name);
    let _ = write!(text, "\n[[types]]\nprefix = {prefix:?}\nname = {name:?}\n");
}

/// What `rebuild --adopt` would do, by its own plan.
fn adoption(root: &Path) -> Result<Adoption> {
    let site = Site::open(Some(root))?;
    let request = Request {
        adopt: true,
        ..Request::new(Scope::All)
    };
    let planned = pipeline::dry_run(&site, request)?;
    let mut adoption = Adoption::default();
    for page in &planned.pages {
        let name = planned
            .resolved
            .catalogue
            .corpus
            .get(page.id)
            .name
            .to_string();
        match &page.action {
            Action::Write(..) => adoption.rendered.push(name),
            Action::Keep(why) => adoption.kept.push((name, why.to_string())),
            Action::Skip(_) => adoption.passed.push(name),
            _ => {}
        }
    }
    let derived = planned.derived.iter().chain(&planned.files);
    for file in derived {
        if matches!(file.action, Action::Write(_, Why::Adopted)) {
            adoption.derived.push(file.path.clone());
        }
    }
    Ok(adoption)
}
