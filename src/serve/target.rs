//! The path of a request, as a file of the output.
//!
//! Not here: whether there is such a file (`files`).

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::pipeline::reach::is_shown;
use crate::portable::unportable;

/// What an address needs escaped in a segment of its path.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path below the output, which names nothing hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// With `/`, and none at its ends; empty for the output itself.
    pub(super) path: String,
    /// Whether it was written as a folder.
    pub(super) is_folder: bool,
}

impl Target {
    /// None for a path that leads out of the output, or to what nobody may see. Repeated slashes count
    /// as one, as Caddy takes them.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let decoded = percent_decode_str(path).decode_utf8().ok()?;
        let rest = decoded.strip_prefix('/')?;
        let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        let is_visible = |part: &&str| {
            // Windows opens another file by it: a stream, a device, the name without its last dot.
            let is_other = cfg!(windows) && unportable(part).is_some();
            is_shown(part) && !is_other
        };
        parts.iter().all(is_visible).then(|| Self {
            path: parts.join("/"),
            is_folder: rest.is_empty() || rest.ends_with('/'),
        })
    }

    /// Whether it is a folder whose files are listed, or in one.
    pub(super) fn is_listed(&self) -> bool {
        let top = self.path.split('/').next();
        top.is_some_and(|top| ["attachment", "markdown"].contains(&top))
    }

    /// The address of it as a folder.
    pub(super) fn as_folder(&self) -> String {
        escaped(&self.path) + "/"
    }
}

/// The address of a path of the output, from its root.
pub(super) fn escaped(path: &str) -> String {
    let parts = path.split('/');
    parts.fold(String::new(), |address, part| {
        address + "/" + &utf8_percent_encode(part, ESCAPED).to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str) -> Option<String> {
        Some(Target::parse(path)?.path)
    }

    #[test]
    fn no_path_leads_out_or_to_what_is_hidden() {
        for hidden in [
            "/../a",
            "/%2e%2e/a",
            "/..%2fa",
            "/x/../a",
            "/.env",
            "/%2eenv",
            "/a/.git/b",
            "/./a",
            "/..\\a",
            "/a%00",
            "/a%0a",
            "/%ff",
            "a",
            "",
            "*",
            "/a~",
            "/a.swp",
            "/....//a",
        ] {
            assert_eq!(path(hidden), None, "{hidden}");
        }
        for (asked, found) in [
            ("/", ""),
            ("/a.html", "a.html"),
            ("//a///b/", "a/b"),
            ("/%ED%95%9C.html", "한.html"),
            ("/%252e%252e/a", "%2e%2e/a"),
        ] {
            assert_eq!(path(asked).as_deref(), Some(found), "{asked}");
        }
        // A letter of a name, where no folder ends with it.
        let odd = path("/a%5c..%5cb");
        assert_eq!(odd.as_deref(), (!cfg!(windows)).then_some("a\\..\\b"));
    }

    #[test]
    fn addresses_of_folders_have_only_escaped_bytes() {
        let target = Target::parse("//attachment/%0d%0aX: 1").map(|target| target.as_folder());
        assert_eq!(target, None);
        let target = Target::parse("//evil.example/한 글").map(|target| target.as_folder());
        assert_eq!(
            target.as_deref(),
            Some("/evil.example/%ED%95%9C%20%EA%B8%80/")
        );
    }
}
