//! The templates: the built-in ones, and the site's own, which replace them.
//!
//! A site's `templates/page.html` replaces the built-in one, and may `{% extends
//! "builtin/page.html" %}` it. Not here: the views that templates get (`view`).

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::diagnostic::{BuildError, Position};
use crate::fingerprint::{Fingerprint, Parts};
use crate::markdown::breaks::broken;
use crate::name::query_value;
use crate::rule::Cause;

/// The prefix of the built-in templates' names.
const BUILT_IN: &str = "builtin/";
/// The template of a document's page, and what it puts the body with.
const PAGE: &str = include_str!("../../templates/page.html");
const BODY: &str = "{{ body | safe }}";
const TEMPLATES: [(&str, &str); 10] = [
    ("base.html", include_str!("../../templates/base.html")),
    ("files.html", include_str!("../../templates/files.html")),
    ("folder.html", include_str!("../../templates/folder.html")),
    ("index.html", include_str!("../../templates/index.html")),
    ("marks.html", include_str!("../../templates/marks.html")),
    ("missing.html", include_str!("../../templates/missing.html")),
    ("moved.html", include_str!("../../templates/moved.html")),
    ("page.html", PAGE),
    ("topic.html", include_str!("../../templates/topic.html")),
    ("view.html", include_str!("../../templates/view.html")),
];

/// A template of the site: its path below `templates/`, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteTemplate {
    /// For example `page.html`.
    pub name: String,
    pub text: String,
}

#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// The names of the site's templates.
    own: Vec<String>,
    fingerprint: Fingerprint,
}

impl Theme {
    /// Loads the built-in templates and the site's.
    ///
    /// # Errors
    ///
    /// What is wrong with a template, with its position.
    pub fn new(site: &[SiteTemplate]) -> Result<Self, BuildError> {
        let mut tera = Tera::new();
        tera.set_fallback_prefixes([BUILT_IN])
            .map_err(|error| problem(&error))?;
        // As the value of a query: `index.html#topics?tag={{ tag | encoded }}`.
        tera.register_filter("encoded", |text: &str, _: Kwargs, _: &State<'_>| {
            query_value(text)
        });
        // A title in which long words may break between their parts.
        tera.register_filter("broken", |text: &str, _: Kwargs, _: &State<'_>| {
            Value::safe_string(&broken(text))
        });
        let mut parts = Parts::default();
        let mut all: Vec<(String, &str)> = TEMPLATES
            .iter()
            .map(|(name, text)| (format!("{BUILT_IN}{name}"), *text))
            .collect();
        all.extend(site.iter().map(|t| (t.name.clone(), t.text.as_str())));
        for (name, text) in &all {
            parts = parts.with(name).with(text);
        }
        tera.add_raw_templates(all)
            .map_err(|error| problem(&error))?;
        Ok(Self {
            tera,
            own: site.iter().map(|template| template.name.clone()).collect(),
            fingerprint: parts.finish(),
        })
    }

    /// Whether the site has a template of one of these names.
    pub fn replaces(&self, names: &[&str]) -> bool {
        let mut own = self.own.iter();
        own.any(|own| names.contains(&own.as_str()))
    }

    /// What every page of a document has right after its body. Only known where the built-in template
    /// makes them: it puts the body there once, and nothing else on the page depends on the body.
    pub fn after_body(&self) -> Option<&'static str> {
        if self.replaces(&["page.html", "base.html", "marks.html"]) {
            return None;
        }
        let (_, rest) = PAGE.split_once(BODY)?;
        // Up to the next tag, which may take the spaces before it.
        let text = rest.split("{%").next()?.trim_end();
        (!text.is_empty() && !text.contains('{')).then_some(text)
    }

    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Renders a view, with the words of the interface as `t`, and the body of a document.
    ///
    /// # Errors
    ///
    /// What went wrong in a template, with its position.
    pub fn render(
        &self,
        template: &str,
        view: &impl Serialize,
        words: &Value,
        body: Option<&str>,
    ) -> Result<String, BuildError> {
        let mut context = Context::from_serialize(view).map_err(|error| problem(&error))?;
        // The value is shared, not copied, with every page.
        context.insert_value("t", words.clone());
        if let Some(body) = body {
            context.insert("body", body);
        }
        self.tera
            .render(template, &context)
            .map_err(|error| problem(&error))
    }
}

fn problem(error: &tera::Error) -> BuildError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            BuildError::new(Cause::Template, path(report.filename()), report.message()).at(
                Position {
                    line: span.start_line.max(1),
                    column: span.start_col + 1,
                },
            )
        }
        other => placed_in_text(&other.to_string()),
    }
}

/// Errors of several templates come as one text, each with ` --> page.html:2:16`; only the first is
/// reported.
fn placed_in_text(text: &str) -> BuildError {
    let message = text.lines().next().unwrap_or(text);
    let message = message.trim_start_matches("error: ");
    let place = text.split_once("--> ").and_then(|(_, rest)| {
        let mut parts = rest.lines().next()?.trim().rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        Some((parts.next()?, Position { line, column }))
    });
    match place {
        Some((name, at)) => BuildError::new(Cause::Template, path(name), message).at(at),
        None => BuildError::new(Cause::Template, "templates", message),
    }
}

/// The file with this template's name.
fn path(name: &str) -> String {
    match name.strip_prefix(BUILT_IN) {
        Some(name) => format!("{name} (built in)"),
        None => format!("templates/{name}"),
    }
}
