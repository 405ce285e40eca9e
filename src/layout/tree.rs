//! A quadtree over points, for sums that treat far groups as one body.

use std::ops::Range;

use rayon::prelude::*;

use super::forces::NEAREST;
use super::vector::{Vector, mean, number};

/// A cell counts as one body if its distance is greater than its width divided by this.
const THETA: f32 = 0.9;
/// The most bodies in a cell before it is divided.
const LEAF: usize = 8;
/// How often a cell can be divided: each division takes two bits of a Morton code.
const DEPTH: u32 = 16;
/// From this number of nodes on, threads are worth the cost of starting them.
const PARALLEL: usize = 500;

/// The nodes are in the order of their Morton codes, so that each cell is a range of them; the
/// cells are in the order of a walk, so that skipping a cell means continuing at `end`.
pub(super) struct Tree {
    cells: Vec<Cell>,
    /// The index of the node of each entry of `points`.
    pub(super) nodes: Vec<usize>,
    points: Vec<Vector>,
}

struct Cell {
    centre: Vector,
    mass: f32,
    /// The square of the distance from which the cell counts as one body.
    reach: f32,
    /// The next cell that is not inside this one.
    end: usize,
    /// The range of its bodies; empty if it is divided.
    bodies: Range<usize>,
}

impl Tree {
    pub(super) fn new(points: &[Vector]) -> Self {
        let square = Square::around(points);
        let mut order: Vec<_> = points
            .iter()
            .map(|&point| square.morton(point))
            .zip(0..)
            .collect();
        order.sort_unstable();
        let codes: Vec<u32> = order.iter().map(|&(code, _)| code).collect();
        let nodes: Vec<usize> = order.iter().map(|&(_, node)| node).collect();
        let mut tree = Self {
            cells: Vec::with_capacity(points.len()),
            points: nodes.iter().map(|&node| points[node]).collect(),
            nodes,
        };
        tree.grow(&codes, 0..points.len(), square.width, DEPTH);
        tree
    }

    /// Adds the cell of this range, and the cells inside it. `depth` decreases to 0, so that points
    /// at the same position end in one leaf instead of being divided forever.
    fn grow(&mut self, codes: &[u32], places: Range<usize>, width: f32, depth: u32) {
        if places.is_empty() {
            return;
        }
        let at = self.cells.len();
        let divided = places.len() > LEAF && depth > 0;
        self.cells.push(Cell {
            centre: mean(self.points[places.clone()].iter().copied()),
            mass: number(places.len()),
            reach: width * width / (THETA * THETA),
            end: 0,
            bodies: if divided { 0..0 } else { places.clone() },
        });
        if divided {
            let shift = 2 * (depth - 1);
            let mut from = places.start;
            for quarter in codes[places].chunk_by(|one, other| one >> shift == other >> shift) {
                let to = from + quarter.len();
                self.grow(codes, from..to, width / 2.0, depth - 1);
                from = to;
            }
        }
        self.cells[at].end = self.cells.len();
    }

    /// The force of all other nodes on each node, in the order of `nodes`.
    pub(super) fn forces(&self) -> Vec<Vector> {
        if self.points.len() < PARALLEL {
            return self.points.iter().map(|&at| self.force(at)).collect();
        }
        let points = self.points.par_iter().with_min_len(64);
        points.map(|&at| self.force(at)).collect()
    }

    fn force(&self, at: Vector) -> Vector {
        let mut force = Vector::default();
        let mut next = 0;
        while let Some(cell) = self.cells.get(next) {
            let away = at - cell.centre;
            if away.square() > cell.reach {
                force += push(away, cell.mass);
                next = cell.end;
            } else {
                for &body in &self.points[cell.bodies.clone()] {
                    force += push(at - body, 1.0);
                }
                next += 1;
            }
        }
        force
    }
}

/// The force of a body of this mass at the distance `away`; zero at the same point.
fn push(away: Vector, mass: f32) -> Vector {
    away * (mass / away.square().max(NEAREST * NEAREST))
}

/// The square that the tree divides.
struct Square {
    corner: Vector,
    width: f32,
}

impl Square {
    fn around(points: &[Vector]) -> Self {
        let first = points.first().copied().unwrap_or_default();
        let (mut low, mut high) = (first, first);
        for point in points {
            low.x = low.x.min(point.x);
            low.y = low.y.min(point.y);
            high.x = high.x.max(point.x);
            high.y = high.y.max(point.y);
        }
        Self {
            corner: low,
            width: (high.x - low.x).max(high.y - low.y).max(1.0),
        }
    }

    /// The interleaved bits of both coordinates: points with the same upper bits are in the same
    /// cell.
    fn morton(&self, point: Vector) -> u32 {
        let from_corner = (point - self.corner) * (65535.0 / self.width);
        interleaved(from_corner.x) | interleaved(from_corner.y) << 1
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within 0..=65535 but for rounding, and a cast ends at its bounds"
)]
fn interleaved(coordinate: f32) -> u32 {
    let mut bits = u32::from(coordinate as u16);
    bits = (bits | bits << 8) & 0x00ff_00ff;
    bits = (bits | bits << 4) & 0x0f0f_0f0f;
    bits = (bits | bits << 2) & 0x3333_3333;
    (bits | bits << 1) & 0x5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::start::{in_unit_disk, mix};

    #[test]
    fn a_tree_of_one_point_has_no_forces_and_an_end() {
        let tree = Tree::new(&[Vector { x: 3.0, y: 4.0 }; 100]);
        let still = tree.forces();
        assert_eq!(still.len(), 100);
        assert!(still.iter().all(|force| force.square() < 1e-6), "{still:?}");
    }

    #[test]
    fn forces_over_the_tree_are_nearly_those_of_all_pairs() {
        let points: Vec<_> = (0..400)
            .map(|seed| in_unit_disk(mix(seed)) * 500.0)
            .collect();
        let tree = Tree::new(&points);
        let (mut wrong, mut all) = (0.0, 0.0);
        for (&node, force) in tree.nodes.iter().zip(tree.forces()) {
            let exact = points.iter().fold(Vector::default(), |sum, &other| {
                sum + push(points[node] - other, 1.0)
            });
            wrong += (force - exact).square();
            all += exact.square();
        }
        let share = (wrong / all).sqrt();
        assert!(share < 0.03, "{share}");
    }
}
