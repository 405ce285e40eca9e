//! Changes what a document's front matter says, and no other byte.
//!
//! The result is read back: the document must then say what was wanted, and otherwise be equal. Not
//! here: files, and where a line is added (`front_matter`).

use crate::diagnostic::BuildError;
use crate::markdown::events::Dialect;
use crate::name::Basename;
use crate::rule::{Cause, Rule};

use super::document::{self, Read};
use super::front_matter::Change;

/// The bytes of the document after these changes; `None` if it says all of it already.
///
/// # Errors
///
/// What is wrong with its front matter, or that its form cannot be edited.
pub fn edit(
    name: &Basename,
    bytes: &[u8],
    changes: &[Change<'_>],
) -> Result<Option<Vec<u8>>, Vec<BuildError>> {
    let read = document::read(name.clone(), bytes, Dialect::Site { math: true });
    if let Some(error) = read.error {
        return Err(vec![error]);
    }
    let problems = read.problems.iter().cloned();
    let broken = problems.filter(|problem| problem.kind == Rule::FrontMatter);
    let broken: Vec<BuildError> = broken.map(BuildError::from).collect();
    if !broken.is_empty() {
        return Err(broken);
    }
    let mut wanted = read.document.front.clone();
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    for change in changes {
        let before = wanted.clone();
        change.expect(&mut wanted);
        if wanted != before {
            text = change.apply(&text);
        }
    }
    if wanted == read.document.front {
        return Ok(None);
    }
    let edited = text.into_bytes();
    if is_as_wanted(&read, bytes, &edited, changes) {
        return Ok(Some(edited));
    }
    let message = "is written in a form that docsite cannot edit";
    let problem = BuildError::new(Cause::Found(Rule::FrontMatter), name.source(), message);
    Err(vec![problem.help("edit its front matter by hand")])
}

/// Whether the edited document says what the other says with the changes, and has the same text.
fn is_as_wanted(before: &Read, bytes: &[u8], edited: &[u8], changes: &[Change<'_>]) -> bool {
    let body = |bytes: &[u8]| {
        let text = document::decode("", bytes).ok()?;
        Some(document::body(&text).to_owned())
    };
    let name = before.document.name.clone();
    let after = document::read(name, edited, Dialect::Site { math: true });
    let mut wanted = before.document.front.clone();
    for change in changes {
        change.expect(&mut wanted);
    }
    let mut front = after.document.front;
    // Keys of other programs are kept as they are written, which is what was edited.
    if front.extra.keys().eq(wanted.extra.keys()) {
        front.extra.clone_from(&wanted.extra);
    }
    after.error.is_none() && front == wanted && body(edited) == body(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAFT: &[Change<'static>] = &[Change::Draft(true)];

    fn name() -> Basename {
        Basename::parse("gw__note-a").expect("valid")
    }

    #[test]
    fn a_draft_stays_as_it_is_and_others_become_one() {
        let made = edit(&name(), b"---\ndraft: true\n---\n# A\n", DRAFT);
        assert_eq!(made, Ok(None));
        let made = edit(&name(), b"---\ntitle: x\n---\n# A\n", DRAFT);
        let expected = b"---\ndraft: true\ntitle: x\n---\n# A\n";
        assert_eq!(made, Ok(Some(expected.to_vec())));
    }

    #[test]
    fn broken_front_matter_is_refused() {
        for text in [
            "---\ntitle: \"open\n---\n# A\n",
            "---\ntitle: x\n\n# A\n",
            "---\rtitle: x\r---\r# A\r",
        ] {
            let problems = edit(&name(), text.as_bytes(), DRAFT).expect_err(text);
            assert_eq!(
                problems[0].kind,
                Cause::Found(Rule::FrontMatter),
                "{text:?}"
            );
        }
        assert!(edit(&name(), b"caf\xe9", DRAFT).is_err());
    }
}
