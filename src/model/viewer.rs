//! Where an attachment is read: its page in `view/`, which is beside `attachment/` so that nothing is
//! written into the author's folder.
//!
//! Not here: what such a page shows (`output::viewer`).

use crate::name::href;

/// The folder of these pages, in the output.
pub const FOLDER: &str = "view/";
pub const ATTACHMENTS: &str = "attachment/";
const LISTING: &str = "index.html";

/// The page of an attachment or, by its path with a final `/`, of a folder; none for other paths, and
/// for a file whose page would take the place of its folder's.
pub fn page(path: &str) -> Option<String> {
    let below = path.strip_prefix(ATTACHMENTS)?;
    if below.is_empty() || below.ends_with('/') {
        return Some(format!("{FOLDER}{below}{LISTING}"));
    }
    let page = format!("{below}.html");
    let name = page.rsplit('/').next().unwrap_or(&page);
    (!name.eq_ignore_ascii_case(LISTING)).then(|| format!("{FOLDER}{page}"))
}

/// The address at which a file of the site is read.
pub fn address(path: &str) -> String {
    page(path).map_or_else(|| href(path), |page| href(&page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attachment_has_one_page() {
        for (path, expected) in [
            ("attachment/a b.yaml", "view/a%20b.yaml.html"),
            ("attachment/", "view/index.html"),
            ("attachment/x/", "view/x/index.html"),
            ("attachment/x/index", "attachment/x/index"),
            ("attachment/index.html", "view/index.html.html"),
            ("assets/a.svg", "assets/a.svg"),
        ] {
            assert_eq!(address(path), expected);
        }
    }
}
