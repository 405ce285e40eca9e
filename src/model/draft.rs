//! Makes a document a draft: adds `draft: true` to its front matter, and changes no other byte.
//!
//! The result is read back: the document must then be a draft, and otherwise be equal. Not here:
//! files, and where the line is added (`front_matter`).

use crate::diagnostic::BuildError;
use crate::markdown::events::Dialect;
use crate::name::Basename;
use crate::rule::{Cause, Rule};

use super::document::{self, Read};
use super::front_matter::with_draft;

/// The bytes of the document as a draft; `None` if it is one already.
///
/// # Errors
///
/// What is wrong with its front matter, or that its form cannot be edited.
pub fn make(name: &Basename, bytes: &[u8]) -> Result<Option<Vec<u8>>, Vec<BuildError>> {
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
    let text = String::from_utf8_lossy(bytes);
    if read.document.front.draft {
        return Ok(None);
    }
    let edited = with_draft(&text).into_bytes();
    if is_same_but_draft(&read, bytes, &edited) {
        return Ok(Some(edited));
    }
    let message = "is written in a form that docsite cannot edit";
    let problem = BuildError::new(Cause::Found(Rule::FrontMatter), name.source(), message);
    Err(vec![problem.help("write `draft: true` into it by hand")])
}

fn is_same_but_draft(before: &Read, bytes: &[u8], edited: &[u8]) -> bool {
    let body = |bytes: &[u8]| {
        let text = document::decode("", bytes).ok()?;
        Some(document::body(&text).to_owned())
    };
    let mut after = document::read(
        before.document.name.clone(),
        edited,
        Dialect::Site { math: true },
    );
    let is_draft = std::mem::replace(&mut after.document.front.draft, false);
    is_draft
        && after.error.is_none()
        && after.document.front == before.document.front
        && after.document.title == before.document.title
        && body(edited) == body(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name() -> Basename {
        Basename::parse("gw__note-a").expect("valid")
    }

    #[test]
    fn a_draft_stays_as_it_is_and_others_become_one() {
        let made = make(&name(), b"---\ndraft: true\n---\n# A\n");
        assert_eq!(made, Ok(None));
        let made = make(&name(), b"---\ntitle: x\n---\n# A\n");
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
            let problems = make(&name(), text.as_bytes()).expect_err(text);
            assert_eq!(
                problems[0].kind,
                Cause::Found(Rule::FrontMatter),
                "{text:?}"
            );
        }
        assert!(make(&name(), b"caf\xe9").is_err());
    }
}
