//! The positions of the link graph's nodes in its picture: a force layout, settled at build time.
//!
//! The model is d3-force's, so that a browser can continue from these points with d3-force and the
//! constants below: nothing jumps, since the points are nearly at rest. Two things differ in kind:
//! overlaps are undone on the points (d3's `forceCollide`, of each radius and half of `GAP`, does
//! so on the velocities), and the start is not a spiral by index but follows from names and links.
//!
//! The same corpus gives the same points on every machine. That holds because only `+ - * /` and
//! square roots are used, which IEEE 754 rounds in one way; powers, sines and logarithms come from
//! a system's library and differ in their last bit, which a layout magnifies. It holds also because
//! no sum crosses threads: each node's force is one thread's work, on a tree that no longer changes.
//!
//! Not here: what counts as a link, how a node is drawn beyond its radius, and anything that moves.

mod bodies;
mod forces;
mod graph;
mod overlap;
mod start;
mod tree;
mod vector;

pub use self::forces::{
    CHARGE, GAP, LINK_LENGTH, NEAREST, PULL_ALONE, PULL_X, PULL_Y, VELOCITY_KEPT,
};
pub use self::graph::{RADIUS_GROWTH, RADIUS_MAX, RADIUS_MIN, radius};

use self::bodies::Bodies;
use self::graph::Graph;
use self::overlap::separate;
use self::vector::{Vector, mean};

/// The heat at which the layout counts as settled, d3's `alphaMin`.
const ALPHA_MIN: f32 = 0.001;
/// Below this heat, overlaps are removed at each tick, so that links and charge can react.
const ALPHA_SEPARATE: f32 = 0.1;
/// The most rounds of removing overlaps at the end.
const LAST_SEPARATIONS: usize = 60;

/// The position of a node. A link is about [`LINK_LENGTH`] long; the middle of all nodes is the origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub x: i32,
    /// Downwards, as in SVG.
    pub y: i32,
}

/// Places the nodes called `names`.
///
/// `links` are pairs of indexes. A link to itself or out of range is ignored, and a pair that comes
/// both ways or more than once is one link; the order of links does not matter. Where a node begins
/// follows from its name and its neighbours', so one node more changes the picture only a little.
pub fn place(names: &[&str], links: &[(u32, u32)]) -> Vec<Point> {
    let graph = Graph::new(names.len(), links);
    let mut bodies = Bodies::start(names, &graph);
    let Schedule { mut alpha, cooling } = Schedule::of(names.len());
    while alpha > ALPHA_MIN {
        alpha *= cooling;
        bodies.tick(&graph, alpha);
        if alpha < ALPHA_SEPARATE {
            separate(&mut bodies.points, &graph.radii);
        }
    }
    for _ in 0..LAST_SEPARATIONS {
        if !separate(&mut bodies.points, &graph.radii) {
            break;
        }
    }
    centred(&bodies.points)
}

/// The heat at the start, and its factor at each tick.
struct Schedule {
    alpha: f32,
    cooling: f32,
}

impl Schedule {
    /// About 300 ticks from a low heat for a graph that a person reads node by node: its start is
    /// nearly right, and more ticks would only amplify small differences. 150 for a larger one, and
    /// 100 for one of which only the outline is visible, from full heat, to move far nodes.
    fn of(nodes: usize) -> Self {
        let (alpha, cooling) = match nodes {
            0..=500 => (0.3, 0.981),
            501..=3000 => (1.0, 0.955),
            _ => (1.0, 0.933),
        };
        Self { alpha, cooling }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a cast ends at the bounds of i32, which no picture comes near"
)]
fn centred(points: &[Vector]) -> Vec<Point> {
    let middle = mean(points.iter().copied());
    let rounded = |point: Vector| Point {
        x: point.x.round() as i32,
        y: point.y.round() as i32,
    };
    points
        .iter()
        .map(|&point| rounded(point - middle))
        .collect()
}

#[cfg(test)]
mod tests;
