//! Which documents are published: one rule for every command, from the settings, the document and
//! its page. Pure.
//!
//! Not here: what happens to a page that is published, or no longer is (`plan`).

use crate::model::document::Document;
use crate::output::page_state::{Found, PageState};

use super::request::{Request, Scope};

/// Whether a document is on the site after a build, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has a page, or gets one.
    Published,
    /// `draft: true`: never published, whatever the rule.
    Draft,
    /// It has no page, and none can be made from it.
    Unsound,
    /// It has no page, and neither the rule nor the request requires one.
    NoPage,
    /// It is unpublished by name.
    Withdrawn,
}

/// Decides about one document. `publishes_all`: whether those without a page get one. `sound`:
/// whether a page can be made from it. A document that cannot be read as it should keeps the page
/// that it has: an error in it takes nothing off the site.
pub fn standing(
    request: &Request,
    publishes_all: bool,
    document: &Document,
    found: &Found,
    sound: bool,
) -> Standing {
    let has_page = found.state != PageState::Absent;
    let is_named = |names: &[_]| names.contains(&document.name);
    if let Scope::Without(names) = &request.scope
        && is_named(names)
        && (!has_page || is_removable(found))
    {
        return Standing::Withdrawn;
    }
    if !sound {
        return if has_page {
            Standing::Published
        } else {
            Standing::Unsound
        };
    }
    if document.front.draft {
        return Standing::Draft;
    }
    let is_asked = match &request.scope {
        Scope::Pages(names) => is_named(names) || publishes_all,
        Scope::All | Scope::Without(_) => publishes_all,
        Scope::Derived => false,
    };
    if has_page || is_asked {
        Standing::Published
    } else {
        Standing::NoPage
    }
}

/// Whether a page may be removed: only if docsite wrote it.
pub fn is_removable(found: &Found) -> bool {
    matches!(found.state, PageState::Generated(_) | PageState::Damaged)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::markdown::events::Dialect;
    use crate::model::document;
    use crate::model::settings::Publish;
    use crate::name::Basename;

    fn stands(rule: Publish, scope: Scope, text: &str) -> Standing {
        let name = Basename::parse("gw__note-a").expect("valid");
        let document = document::read(name, text.as_bytes(), Dialect::Site { math: true }).document;
        let absent = Found::absent(Path::new("."), "gw__note-a.html");
        let request = Request::new(scope);
        let publishes_all = request.publishes_all(rule, true);
        standing(&request, publishes_all, &document, &absent, true)
    }

    #[test]
    fn a_document_without_a_page_is_published_by_the_rule_or_by_name() {
        use Publish::{All, Pages};
        let named = || vec![Basename::parse("gw__note-a").expect("valid")];
        let others = || vec![Basename::parse("gw__note-b").expect("valid")];
        for (rule, scope, expected) in [
            (All, Scope::All, Standing::Published),
            (Pages, Scope::All, Standing::NoPage),
            (All, Scope::Pages(others()), Standing::Published),
            (Pages, Scope::Pages(others()), Standing::NoPage),
            (Pages, Scope::Pages(named()), Standing::Published),
            (All, Scope::Derived, Standing::NoPage),
            (Pages, Scope::Without(named()), Standing::Withdrawn),
        ] {
            assert_eq!(stands(rule, scope.clone(), "# A\n"), expected, "{scope:?}");
            let draft = stands(rule, scope, "---\ndraft: true\n---\n# A\n");
            assert_ne!(draft, Standing::Published);
        }
    }
}
