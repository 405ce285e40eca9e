//! Reads the flow and the templates of a site. What cannot be read stops a build.

use anyhow::Result;

use crate::diagnostic::{BuildError, Diagnostic};
use crate::disk::{self, Kind};
use crate::model::document;
use crate::model::flow::{self, RawFlow};
use crate::output::theme::SiteTemplate;
use crate::pipeline::site::{Refused, Site};
use crate::rule::Cause;

use super::contents::is_hidden;

/// The site's templates, after checking that they and the flow can be read.
///
/// # Errors
/// What would stop a build before its first write.
pub fn readable_templates(site: &Site) -> Result<Vec<SiteTemplate>> {
    read_flow(site, &mut Vec::new())?;
    templates(site)
}

/// A flow that cannot be read stops the build: otherwise the reading path would disappear from the
/// site.
pub(super) fn read_flow(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Result<RawFlow> {
    match disk::read(&site.root.join(flow::FILE)) {
        Ok(None) => Ok(RawFlow::default()),
        Ok(Some(bytes)) => {
            let (flow, problems) = flow::reading::parse(&bytes).map_err(Refused)?;
            diagnostics.extend(problems);
            Ok(flow)
        }
        Err(error) => {
            let why = error.root_cause().to_string();
            Err(Refused::one(BuildError::new(Cause::Unreadable, flow::FILE, why)).into())
        }
    }
}

/// The site's templates. One that cannot be read stops the build: otherwise the built-in one would
/// be used on every page.
pub(super) fn templates(site: &Site) -> Result<Vec<SiteTemplate>> {
    let folder = site.root.join("templates");
    let mut templates = Vec::new();
    let mut problems = Vec::new();
    for entry in disk::walk(&folder, usize::MAX, |path| !is_hidden(path))? {
        if entry.kind == Kind::Folder || !entry.readable || !entry.path.ends_with(".html") {
            continue;
        }
        let path = format!("templates/{}", entry.path);
        match disk::read(&folder.join(&entry.path)) {
            Ok(Some(bytes)) => match document::decode(&path, &bytes) {
                Ok(text) => templates.push(SiteTemplate {
                    name: entry.path,
                    text,
                }),
                Err(problem) => problems.push(problem),
            },
            Ok(None) => {}
            Err(error) => {
                let why = error.root_cause().to_string();
                problems.push(BuildError::new(Cause::Unreadable, path, why));
            }
        }
    }
    if problems.is_empty() {
        Ok(templates)
    } else {
        Err(Refused(problems).into())
    }
}
