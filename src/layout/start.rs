//! The first position of each node: derived from its name, then moved to its neighbours, then
//! spread over about the area of the picture.

use super::graph::Graph;
use super::vector::{Vector, mean, number};

/// The square root of the area of a node at rest, approximately.
const SPACING: f32 = 36.0;
/// The factor by which the start is wider than a circle, and flatter.
const STRETCH: f32 = 1.26;
/// How often each node is moved halfway to the middle of its neighbours before the forces begin.
const SMOOTHING_ROUNDS: usize = 24;
/// The weight of a node's first point in each of these rounds.
const OWN_SHARE: f32 = 0.05;

pub(super) fn points(names: &[&str], graph: &Graph) -> Vec<Vector> {
    let mut points: Vec<_> = seeds(names).into_iter().map(in_unit_disk).collect();
    smooth(&mut points, graph);
    spread(&mut points, graph);
    points
}

/// A number for each name, derived from the name alone. If two are equal, the later one is changed,
/// since no force separates two nodes at one point.
fn seeds(names: &[&str]) -> Vec<u64> {
    let mut seeds: Vec<_> = names.iter().map(|name| mix(fnv1a(name))).collect();
    let mut order: Vec<_> = seeds.iter().copied().zip(0..).collect();
    order.sort_unstable();
    for same in order.chunk_by(|one, other| one.0 == other.0) {
        let mut seed = same[0].0;
        for &(_, node) in &same[1..] {
            seed = mix(seed);
            seeds[node] = seed;
        }
    }
    seeds
}

fn fnv1a(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// One step of splitmix64, in which every bit of the seed affects every bit of the result.
pub(super) fn mix(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A point in the disk of radius 1: from the first successor of the seed whose halves are
/// coordinates inside of it.
pub(super) fn in_unit_disk(mut seed: u64) -> Vector {
    loop {
        let point = Vector {
            x: coordinate(seed),
            y: coordinate(seed >> 32),
        };
        if point.square() <= 1.0 {
            return point;
        }
        seed = mix(seed);
    }
}

/// The lowest 32 bits as a number from -1 to 1, in two parts that are exact as `f32`.
fn coordinate(bits: u64) -> f32 {
    let [a, b, c, d, ..] = bits.to_le_bytes();
    let (fine, coarse) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
    (f32::from(coarse) + f32::from(fine) / 65536.0) / 32768.0 - 1.0
}

/// Moves neighbours together, so that the forces start with the graph's coarse shape: from a random
/// start, a few hundred ticks leave a large graph in a tangle. Each node keeps a little of its own
/// point; otherwise all leaves of a star would be at one point.
fn smooth(points: &mut [Vector], graph: &Graph) {
    let own = points.to_vec();
    let mut sums = vec![Vector::default(); points.len()];
    for _ in 0..SMOOTHING_ROUNDS {
        sums.fill(Vector::default());
        for spring in &graph.springs {
            sums[spring.one] += points[spring.other];
            sums[spring.other] += points[spring.one];
        }
        for (node, point) in points.iter_mut().enumerate() {
            let degree = graph.degrees[node];
            if degree > 0 {
                let halfway = (*point + sums[node] * (1.0 / number(degree))) * 0.5;
                *point = halfway * (1.0 - OWN_SHARE) + own[node] * OWN_SHARE;
            }
        }
    }
}

/// Scales the unit disk to the size of the picture: nodes with links evenly in a disk, those
/// without in a ring around it, where the forces would move them anyway.
///
/// Among the linked nodes, only the order of their distances from the middle is kept: smoothing
/// leaves a large component in a clump, and small ones far away from it.
fn spread(points: &mut [Vector], graph: &Graph) {
    let (mut linked, alone): (Vec<_>, Vec<_>) =
        (0..points.len()).partition(|&node| graph.degrees[node] > 0);
    let middle = mean(linked.iter().map(|&node| points[node]));
    for &node in &linked {
        points[node] = points[node] - middle;
    }
    linked.sort_by(|&one, &other| points[one].square().total_cmp(&points[other].square()));
    for (rank, &node) in linked.iter().enumerate() {
        points[node] = at_start(points[node], number(rank) + 0.5);
    }
    for node in alone {
        let share = points[node].square() * number(points.len() - linked.len());
        points[node] = at_start(points[node], number(linked.len()) + share);
    }
}

/// In the direction of `point`, at the radius of a disk with room for `inside` nodes.
fn at_start(point: Vector, inside: f32) -> Vector {
    let placed = point * (SPACING * (inside / point.square().max(1e-12)).sqrt());
    Vector {
        x: placed.x * STRETCH,
        y: placed.y / STRETCH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_begin_at_different_points() {
        let seeds = seeds(&["same", "other", "same", "same"]);
        assert_eq!(seeds[..2], super::seeds(&["same", "other"]));
        assert!(seeds[0] != seeds[2] && seeds[2] != seeds[3] && seeds[0] != seeds[3]);
    }
}
