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
    let (folders, name) = below.split_at(below.rfind('/').map_or(0, |at| at + 1));
    let folders: String = folders.split_inclusive('/').map(folder).collect();
    let page = match name {
        "" => LISTING.to_owned(),
        name => format!("{name}.html"),
    };
    let is_free = name.is_empty() || !page.eq_ignore_ascii_case(LISTING);
    is_free.then(|| format!("{FOLDER}{folders}{page}"))
}

/// A folder with its slash, under a name that no page of a file has.
fn folder(folder: &str) -> String {
    let name = folder.trim_end_matches('/');
    let plain = name.trim_end_matches('-').to_ascii_lowercase();
    let more = if plain.ends_with(".html") { "-" } else { "" };
    format!("{name}{more}/")
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
            ("attachment/x.html", "view/x.html.html"),
            ("attachment/x.html/", "view/x.html-/index.html"),
            ("attachment/x.html-/a/b", "view/x.html--/a/b.html"),
            ("attachment/X.HTML/b", "view/X.HTML-/b.html"),
            ("attachment/x.htm-/b", "view/x.htm-/b.html"),
            ("assets/a.svg", "assets/a.svg"),
        ] {
            assert_eq!(address(path), expected);
        }
    }
}
