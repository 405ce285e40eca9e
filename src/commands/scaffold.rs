//! The texts of a new site, in each language. Data only.

use anyhow::{Context as _, Result};

use crate::model::settings::Language;
use crate::output::assets::SITE_STYLE;

use super::origin::Origin;

/// What git ignores in a site whose output is built.
pub(super) const GITIGNORE: &str = "/public/\n.docsite/\n";
const WORKFLOW: &str = include_str!("scaffold/workflow.yml");
const PAGES: &str = include_str!("scaffold/pages.yml");
/// What Cloudflare Pages reads.
pub(super) const FOR_CLOUDFLARE: [(&str, &str); 1] =
    [("_headers", include_str!("scaffold/_headers"))];
const MANIFEST: &str = include_str!("scaffold/hello.yaml");

/// This repository's own, which serves any site.
const CADDYFILE: &str = include_str!("../../Caddyfile");

/// The YAML of a workflow that builds and checks the site.
pub(super) fn workflow(origin: &Origin, output: &str) -> Result<String> {
    Ok(installing(WORKFLOW, origin)?.replace("@OUTPUT@", &quoted(output)?))
}

/// The YAML of a workflow that publishes the site on GitHub Pages.
pub(super) fn pages(origin: &Origin) -> Result<String> {
    installing(PAGES, origin)
}

/// A workflow that installs docsite from there.
fn installing(workflow: &str, origin: &Origin) -> Result<String> {
    let revision = origin.revision.as_deref().unwrap_or_default();
    Ok(workflow
        .replace("@URL@", &quoted(&origin.url)?)
        .replace("@REV@", &quoted(revision)?))
}

/// As in JSON, which is valid YAML.
fn quoted(text: &str) -> Result<String> {
    serde_json::to_string(text).context("a workflow")
}

/// A Caddyfile that serves `public`, or `.`.
pub(super) fn caddyfile(output: &str) -> String {
    CADDYFILE.replace(
        "{$DOCSITE_ROOT:public}",
        &format!("{{$DOCSITE_ROOT:{output}}}"),
    )
}

/// The beginning of a `docsite.toml`, before its topics.
pub(super) fn settings_head(language: Language) -> &'static str {
    match language {
        Language::Korean => include_str!("scaffold/ko/head.toml"),
        Language::English => include_str!("scaffold/en/head.toml"),
    }
}

/// Every file of a new site, by its path.
pub(super) fn files(language: Language) -> Vec<(&'static str, &'static str)> {
    let common = [
        (".gitignore", GITIGNORE),
        ("assets/viz.css", SITE_STYLE),
        ("attachment/start/hello.yaml", MANIFEST),
    ];
    let own = match language {
        Language::Korean => [
            ("docsite.toml", include_str!("scaffold/ko/docsite.toml")),
            ("flow.json", include_str!("scaffold/ko/flow.json")),
            (
                "markdown/start__guide-first-steps.md",
                include_str!("scaffold/ko/start.md"),
            ),
            (
                "markdown/arch__note-how-it-works.md",
                include_str!("scaffold/ko/arch.md"),
            ),
            (
                "markdown/ops__runbook-publish.md",
                include_str!("scaffold/ko/ops.md"),
            ),
        ],
        Language::English => [
            ("docsite.toml", include_str!("scaffold/en/docsite.toml")),
            ("flow.json", include_str!("scaffold/en/flow.json")),
            (
                "markdown/start__guide-first-steps.md",
                include_str!("scaffold/en/start.md"),
            ),
            (
                "markdown/arch__note-how-it-works.md",
                include_str!("scaffold/en/arch.md"),
            ),
            (
                "markdown/ops__runbook-publish.md",
                include_str!("scaffold/en/ops.md"),
            ),
        ],
    };
    common.into_iter().chain(own).collect()
}
