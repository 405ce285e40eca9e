//! Stores the layout of the graph for the next run: it takes
//! seconds on a large site, and changes only when links do.
//!
//! Not here: the layout (`layout`), and where it is stored (`store`).

use crate::fingerprint::{Fingerprint, Parts};
use crate::layout::{self, Point};
use crate::model::catalogue::Catalogue;
use crate::output::data::Order;
use crate::store::{Space, Store};

/// Nodes. Layouts of smaller graphs are computed faster than read.
const WORTH_KEEPING: usize = 8;
const WIDTH: usize = size_of::<i32>();

/// The position of each document, in the order of the data files.
pub(super) fn points(store: &Store, catalogue: &Catalogue, order: &Order) -> Vec<Point> {
    let (names, links) = order.graph(catalogue);
    if names.len() < WORTH_KEEPING {
        return layout::place(&names, &links);
    }
    let memo = store.space(Space::Layout);
    let key = key(&names, &links);
    let known = memo.get(key).and_then(|bytes| read(&bytes));
    if let Some(points) = known.filter(|points| points.len() == names.len()) {
        return points;
    }
    let points = layout::place(&names, &links);
    memo.put(key, bytes(&points));
    points
}

fn key(names: &[&str], links: &[(u32, u32)]) -> Fingerprint {
    let names = names.iter().fold(Parts::default(), Parts::with);
    let numbers = links.iter().flat_map(|(from, to)| [*from, *to]);
    let numbers: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    names.with(numbers).finish()
}

/// x and y of each point.
fn bytes(points: &[Point]) -> Vec<u8> {
    let numbers = points.iter().flat_map(|point| [point.x, point.y]);
    numbers.flat_map(i32::to_le_bytes).collect()
}

fn read(bytes: &[u8]) -> Option<Vec<Point>> {
    let number = |bytes: &[u8]| bytes.try_into().ok().map(i32::from_le_bytes);
    let points = bytes.chunks(2 * WIDTH);
    points
        .map(|point| {
            let (x, y) = point.split_at_checked(WIDTH)?;
            Some(Point {
                x: number(x)?,
                y: number(y)?,
            })
        })
        .collect()
}
