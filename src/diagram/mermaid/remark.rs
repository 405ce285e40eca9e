//! What a source asks for and its picture does not have: a layout, images and icons from elsewhere.
//!
//! Not here: the layouts themselves (the renderer's), and all other settings.

use super::source::{Is, lines};
use crate::diagram::drawing::{Lack, Remark};

/// The first thing that the author should know.
pub(super) fn remark(source: &str) -> Option<Remark> {
    elk(source)
        .map(|line| Remark {
            line,
            lack: Lack::Layout,
            message: "the ELK layout is not available: the usual layout was used".to_owned(),
        })
        .or_else(|| image(source))
}

/// An image or icon of a node, `a@{ img: "…" }`, or of a service, `service a(pack:icon)`: a picture
/// is drawn without other files.
fn image(source: &str) -> Option<Remark> {
    let in_nodes = source.match_indices("@{").filter_map(|(at, _)| {
        let inside = source.get(at + 2..)?;
        let inside = inside.get(..inside.find('}')?)?;
        let mut start = at + 2;
        inside.split([',', '\n']).find_map(|entry| {
            let place = start;
            start += entry.len() + 1;
            let (key, value) = entry.split_once(':')?;
            let key = key.trim().trim_matches('"');
            matches!(key, "img" | "icon").then_some((place, value))
        })
    });
    let line = |at: usize| {
        source
            .get(..at)
            .map_or(1, |before| before.matches('\n').count() + 1)
    };
    let in_nodes = in_nodes.map(|(at, name)| (line(at), name));
    let in_services = source.lines().zip(1..).filter_map(|(text, number)| {
        let text = text.trim_start();
        let is_part = text.starts_with("service ") || text.starts_with("group ");
        let (_, icon) = text.split_once('(').filter(|_| is_part)?;
        let (icon, _) = icon
            .split_once(')')
            .filter(|(icon, _)| icon.contains(':'))?;
        Some((number, icon))
    });
    let (line, name) = in_nodes.chain(in_services).min_by_key(|(line, _)| *line)?;
    let name = name.trim().trim_matches('"');
    Some(Remark {
        line,
        lack: Lack::Image,
        message: format!("the picture does not show “{name}”: it is drawn without other files"),
    })
}

/// The line of the source, from 1, that asks for ELK: in the front matter, in a directive, or as
/// the kind of the diagram.
fn elk(source: &str) -> Option<usize> {
    let asks = |(is, line): (Is, &str)| match is {
        Is::Setting => sets_elk(line),
        Is::Kind => line.trim_start().starts_with("flowchart-elk"),
        _ => false,
    };
    lines(source).position(asks).map(|at| at + 1)
}

/// Whether a line of settings has ELK, or a variety of it (`elk.stress`), as its layout: in YAML or
/// in JSON.
fn sets_elk(line: &str) -> bool {
    let bare: String = line
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\''))
        .collect();
    bare.split(['{', ',']).any(|entry| {
        let (key, value) = entry.split_once(':').unwrap_or_default();
        let name = value.split(|c: char| !c.is_alphanumeric()).next();
        matches!(key, "layout" | "defaultRenderer") && name == Some("elk")
    })
}
