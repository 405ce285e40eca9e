//! Removes overlaps of nodes.

use super::forces::GAP;
use super::graph::RADIUS_MIN;
use super::vector::Vector;

/// The most nodes to its right that a node is compared with, so that thousands of nodes in one
/// column, which the forces never produce, are not compared pair by pair.
const SWEEP: usize = 1000;

/// Moves nodes apart that are nearer than their radii and `GAP` allow, each pair by half; returns
/// whether there were any.
///
/// A sweep from left to right, which compares only nodes with about the same `x`.
pub(super) fn separate(points: &mut [Vector], radii: &[f32]) -> bool {
    let mut order: Vec<_> = (0..points.len()).collect();
    order.sort_by(|&one, &other| points[one].x.total_cmp(&points[other].x));
    let widest = radii.iter().copied().fold(RADIUS_MIN, f32::max);
    let mut moved = false;
    for (place, &one) in order.iter().enumerate() {
        let reach = radii[one] + widest + GAP;
        for &other in order[place + 1..].iter().take(SWEEP) {
            let way = points[other] - points[one];
            if way.x > reach {
                break;
            }
            let wanted = radii[one] + radii[other] + GAP;
            if way.square() < wanted * wanted {
                let step = parting(way, wanted) * 0.5;
                points[one] = points[one] - step;
                points[other] += step;
                moved = true;
            }
        }
    }
    moved
}

/// The vector to add to `way` to reach the length `wanted`; to the right if `way` is zero.
fn parting(way: Vector, wanted: f32) -> Vector {
    let length = way.square().sqrt();
    if length > 0.001 {
        way * (wanted / length - 1.0)
    } else {
        Vector { x: wanted, y: 0.0 }
    }
}
