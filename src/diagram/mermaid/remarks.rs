//! What a source asks for and its picture does not have: a layout, images and icons from elsewhere.
//!
//! Not here: the layouts themselves (the renderer's), and all other settings.

use super::source::{Is, lines};
use crate::diagram::drawing::{Lack, Remark};
use crate::diagram::svg::notes::shortened;

/// In letters: an image may be written out in its address.
const LONGEST_NAME: usize = 60;

/// What the author should know, in the order of the source.
pub(super) fn remarks(source: &str) -> Vec<Remark> {
    let layout = elk(source).map(|line| Remark {
        line,
        lack: Lack::Layout,
        message: "the ELK layout is not available: the usual layout was used".to_owned(),
    });
    let images = images(source).into_iter().map(|(line, name)| {
        let name = shortened(name.trim().trim_matches('"'), LONGEST_NAME);
        Remark {
            line,
            lack: Lack::Image,
            message: format!("the picture does not show “{name}”: it is drawn without other files"),
        }
    });
    let mut remarks: Vec<Remark> = layout.into_iter().chain(images).collect();
    remarks.sort_by_key(|remark| remark.line);
    remarks
}

/// The lines and names of images and icons of nodes, `a@{ img: "…" }`, and of services,
/// `service a(pack:icon)`: a picture is drawn without other files.
fn images(source: &str) -> Vec<(usize, &str)> {
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
    in_nodes.chain(in_services).collect()
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
