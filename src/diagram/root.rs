//! Attributes of a picture file's root element.
//!
//! Not here: reading the picture (`svg`), which skips attributes that are not a picture's.

use std::cell::RefCell;

use lol_html::{HtmlRewriter, Settings, element};

/// An attribute of the first `<svg>` of a file; `None` if it is missing, or the file is not an SVG.
pub fn root_attribute(file: &[u8], name: &str) -> Option<String> {
    let found = RefCell::new(None);
    let settings = Settings::new().append_element_content_handler(element!("svg", |root| {
        let mut found = found.borrow_mut();
        if found.is_none() {
            *found = Some(root.get_attribute(name));
        }
        Ok(())
    }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(file).ok()?;
    rewriter.end().ok()?;
    found.into_inner().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_root_counts() {
        let file = b"<?xml version='1.0'?><!-- <svg a='0'> --><svg a='1'><svg a='2'/></svg>";
        assert_eq!(root_attribute(file, "a").as_deref(), Some("1"));
        assert_eq!(root_attribute(b"<svg><svg a='2'/></svg>", "a"), None);
        assert_eq!(root_attribute(b"a='1'", "a"), None);
    }
}
