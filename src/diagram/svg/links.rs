//! Which targets `href` may have, read as a browser's URL parser reads them.
//!
//! Not here: whether an id that is referred to exists (`references.rs`).

/// A link's target, if it is allowed: http(s), mail, or a path without scheme.
pub(crate) fn target(value: &str) -> Option<String> {
    let trimmed = value.trim_matches(|c: char| c <= ' ');
    let plain: String = trimmed
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    if plain.chars().any(char::is_control) {
        return None;
    }
    match scheme(&plain) {
        None => Some(plain),
        Some(scheme) => ["http", "https", "mailto"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
            .then_some(plain),
    }
}

/// Whether a target is, or may be, on another host.
pub(super) fn is_outside(target: &str) -> bool {
    let lower = target.to_ascii_lowercase().replace('\\', "/");
    let mut starts = ["http:", "https:", "//"].iter();
    starts.any(|start| lower.starts_with(start))
}

fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    named.then_some(scheme)
}

/// The id in a reference within the picture.
pub(crate) fn fragment(value: &str) -> Option<&str> {
    let id = value.trim_matches(|c: char| c <= ' ').strip_prefix('#')?;
    is_id(id).then_some(id)
}

/// A raster image given as a `data:` URL.
pub(super) fn pixels(value: &str) -> Option<String> {
    const KINDS: &[&str] = &["png", "jpeg", "jpg", "gif", "webp"];
    let plain: String = value.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let (head, data) = plain.split_once(',')?;
    let head = head.to_ascii_lowercase();
    let kind = head.strip_prefix("data:image/")?.strip_suffix(";base64")?;
    let clean = data
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    (KINDS.contains(&kind) && clean && !data.is_empty())
        .then(|| format!("data:image/{kind};base64,{data}"))
}

/// Whether a text can be an id that references reach.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 256 && !id.chars().any(|c| c.is_whitespace() || c.is_control())
}
