//! Text made safe in HTML, where each of its places requires it otherwise.
//!
//! Not here: what raw HTML may hold (`clean`).

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

/// Escapes text for attributes in quotes, and for text.
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut out, text);
    out
}

/// Escapes an address for `href`, percent-encoding where necessary.
pub fn address(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let _ = escape_href(&mut out, address);
    out
}

/// Escapes for text; quotes are kept.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}

/// Like `text`, appended to `out`.
pub fn push_text(out: &mut String, text: &str) {
    let _ = escape_html_body_text(out, text);
}
