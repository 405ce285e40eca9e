//! Media queries: whether they hold for a picture on a screen, and in which colour scheme.
//!
//! Not here: negations, and queries of a size or of anything else that is not known before the
//! visit; they do not hold.

/// A colour scheme that a rule is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Always,
    Never,
    Only(Scheme),
}

/// Evaluates a list of media queries; an empty one always holds.
pub(super) fn of(text: &str) -> Media {
    let text = text.trim().to_ascii_lowercase();
    if text.is_empty() {
        return Media::Always;
    }
    let queries = text.split(',').map(query);
    queries.fold(Media::Never, |list, one| match (list, one) {
        (Media::Never, other) | (other, Media::Never) => other,
        (a, b) if a == b => a,
        _ => Media::Always,
    })
}

/// Evaluates one media query; unknown features do not match, nor does their negation.
fn query(text: &str) -> Media {
    let terms = text.split(" and ").map(|term| {
        let term: String = term.split_whitespace().collect();
        match term.as_str() {
            "all" | "screen" | "onlyall" | "onlyscreen" => Media::Always,
            "(prefers-color-scheme:dark)" => Media::Only(Scheme::Dark),
            "(prefers-color-scheme:light)" => Media::Only(Scheme::Light),
            _ => Media::Never,
        }
    });
    terms.fold(Media::Always, |all, one| match (all, one) {
        (Media::Always, other) | (other, Media::Always) => other,
        (a, b) if a == b => a,
        _ => Media::Never,
    })
}
