//! Keeps the layout of the graph for the next run, in `.docsite/cache/`: it is the one part of a
//! build that takes seconds on a large site, and changes only when links do.
//!
//! A cache: without it the layout is worked out again, and comes out the same. Not here: the layout
//! (`layout`).

use crate::disk;
use crate::fingerprint::{Fingerprint, Parts};
use crate::layout::{self, Point};
use crate::model::catalogue::Catalogue;
use crate::output::data::Order;

use super::site::Site;

const NAME: &str = "layout";
/// Smaller graphs are worked out faster than a file is read.
const WORTH_KEEPING: usize = 300;
/// The text that decides where a document is placed: another program's layout is not believed.
const LAYOUT: &str = concat!(
    include_str!("../layout/bodies.rs"),
    include_str!("../layout/forces.rs"),
    include_str!("../layout/graph.rs"),
    include_str!("../layout/mod.rs"),
    include_str!("../layout/overlap.rs"),
    include_str!("../layout/start.rs"),
    include_str!("../layout/tree.rs"),
    include_str!("../layout/vector.rs"),
);
const WIDTH: usize = size_of::<i32>();

/// Where each document is, in the order of the data files. `keep`: whether the site may be
/// written to.
pub(super) fn points(site: &Site, catalogue: &Catalogue, order: &Order, keep: bool) -> Vec<Point> {
    let (names, links) = order.graph(catalogue);
    if names.len() < WORTH_KEEPING {
        return layout::place(&names, &links);
    }
    let key = key(&names, &links);
    let known = disk::read_cache(&site.root, NAME).and_then(|bytes| read(&bytes, key));
    if let Some(points) = known.filter(|points| points.len() == names.len()) {
        return points;
    }
    let points = layout::place(&names, &links);
    if keep {
        // Without it, the next run is slower; that is all.
        let _ = disk::write_cache(&site.root, NAME, &bytes(&points, key));
    }
    points
}

fn key(names: &[&str], links: &[(u32, u32)]) -> Fingerprint {
    let names = names
        .iter()
        .fold(Parts::default().with(LAYOUT), Parts::with);
    let numbers = links.iter().flat_map(|(from, to)| [*from, *to]);
    let numbers: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    names.with(numbers).finish()
}

/// The key, a hash of the rest, then x and y of each.
fn bytes(points: &[Point], key: Fingerprint) -> Vec<u8> {
    let numbers = points.iter().flat_map(|point| [point.x, point.y]);
    let rest: Vec<u8> = numbers.flat_map(i32::to_le_bytes).collect();
    let mut bytes = format!("{key}{}", Fingerprint::of(&rest)).into_bytes();
    bytes.extend(rest);
    bytes
}

fn read(bytes: &[u8], key: Fingerprint) -> Option<Vec<Point>> {
    let (head, rest) = bytes.split_at_checked(2 * Fingerprint::DIGITS)?;
    let expected = format!("{key}{}", Fingerprint::of(rest));
    if head != expected.as_bytes() {
        return None;
    }
    let number = |bytes: &[u8]| bytes.try_into().ok().map(i32::from_le_bytes);
    let points = rest.chunks_exact(2 * WIDTH);
    points
        .map(|point| {
            let (x, y) = point.split_at(WIDTH);
            Some(Point {
                x: number(x)?,
                y: number(y)?,
            })
        })
        .collect()
}
