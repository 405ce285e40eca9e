//! Whether a source asks for a layout that docsite does not have.
//!
//! Not here: the layouts themselves (the renderer's), and all other settings.

use crate::diagram::drawing::Remark;

/// What the author should know who asks for ELK.
pub(super) fn remark(source: &str) -> Option<Remark> {
    let message = "the ELK layout is not available: the usual layout was used";
    elk(source).map(|line| Remark {
        line,
        message: message.to_owned(),
    })
}

/// The line of the source, from 1, that asks for ELK: in the front matter, in a directive, or as
/// the kind of the diagram.
fn elk(source: &str) -> Option<usize> {
    let (mut in_front_matter, mut in_directive, mut has_kind) = (false, false, false);
    for (line, number) in source.lines().map(str::trim).zip(1..) {
        if line == "---" && !has_kind {
            in_front_matter = !in_front_matter;
            continue;
        }
        in_directive |= line.contains("%%{");
        let is_setting = in_front_matter || in_directive;
        let is_kind = !has_kind && !is_setting && !line.is_empty() && !line.starts_with("%%");
        has_kind |= is_kind;
        if (is_setting && sets_elk(line)) || (is_kind && line.starts_with("flowchart-elk")) {
            return Some(number);
        }
        in_directive &= !line.contains("}%%");
    }
    None
}

/// Whether a line of settings has ELK, or a variety of it (`elk.stress`), as its layout: in YAML or
/// in JSON.
fn sets_elk(line: &str) -> bool {
    let bare: String = line
        .chars()
        .filter(|c| !matches!(c, ' ' | '\t' | '"' | '\''))
        .collect();
    let keys = ["layout:elk", "defaultRenderer:elk"];
    keys.iter().any(|key| {
        let mut places = bare.match_indices(key);
        places.any(|(at, _)| {
            let starts = bare[..at].is_empty() || bare[..at].ends_with(['{', ',']);
            let after = bare[at + key.len()..].chars().next();
            starts && after.is_none_or(|c| !c.is_alphanumeric())
        })
    })
}
