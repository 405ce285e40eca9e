//! The positions of the link graph's nodes in its picture: a force layout, settled at build time.
//!
//! The model is d3-force's, so that a browser can continue from these points with d3-force and the
//! constants below: nothing jumps, since the points are nearly at rest. Two things differ in kind:
//! overlaps are undone on the points (d3's `forceCollide`, of each radius and half of [`GAP`], does
//! so on the velocities), and the start is not a spiral by index but follows from names and links.
//!
//! The same corpus gives the same points on every machine. That holds because only `+ - * /` and
//! square roots are used, which IEEE 754 rounds in one way; powers, sines and logarithms come from
//! a system's library and differ in their last bit, which a layout magnifies. It holds also because
//! no sum crosses threads: each node's force is one thread's work, on a tree that no longer changes.
//!
//! Not here: what counts as a link, how a node is drawn beyond its radius, and anything that moves.

use std::ops::{Add, AddAssign, Mul, Range, Sub};

use rayon::prelude::*;

/// The rest length of a link.
pub const LINK_LENGTH: f32 = 40.0;
/// How nodes attract each other, d3's `forceManyBody().strength`: negative, so they repel.
pub const CHARGE: f32 = -60.0;
/// How strongly a node is drawn to the vertical axis, d3's `forceX().strength`.
pub const PULL_X: f32 = 0.04;
/// How strongly a node is drawn to the horizontal axis, d3's `forceY().strength`. More than
/// [`PULL_X`], because the picture is shown in a landscape figure.
pub const PULL_Y: f32 = 0.075;
/// How many times as strong both pulls are on a node without links, which nothing else holds: the
/// ring of these nodes would else be far away from the rest.
pub const PULL_ALONE: f32 = 1.25;
/// What is left of a velocity after a tick: one less d3's `velocityDecay`.
pub const VELOCITY_KEPT: f32 = 0.6;
/// The free space that two nodes keep between their rims.
pub const GAP: f32 = 6.0;

/// The radius of a node that nothing links to.
const RADIUS_MIN: f32 = 4.0;
/// How much a node's radius grows with the root of its in-degree.
const RADIUS_GROWTH: f32 = 1.6;
/// The radius that no node exceeds.
const RADIUS_MAX: f32 = 14.0;

/// The heat at which the layout is called settled, d3's `alphaMin`.
const ALPHA_MIN: f32 = 0.001;
/// Below this heat, overlaps are undone tick by tick, so that links and charge can answer.
const ALPHA_SEPARATE: f32 = 0.1;
/// How often overlaps are undone at the very end, at most.
const LAST_SEPARATIONS: usize = 60;
/// With how many nodes to its right a node is compared at most, so that a graph of thousands in one
/// column, which no force would leave so, is not compared pair by pair.
const SWEEP: usize = 1000;

/// The root of the area that a node has to itself when all are at rest, about.
const SPACING: f32 = 36.0;
/// How much wider than a circle the start is; its height shrinks by as much.
const STRETCH: f32 = 1.26;

/// How often each node moves halfway to the middle of its neighbours before the forces begin.
const SMOOTHING_ROUNDS: usize = 24;
/// How much a node's first point weighs in each of these rounds.
const OWN_SHARE: f32 = 0.05;

/// A cell of the tree counts as one body when it is further away than its width over this.
const THETA: f32 = 0.9;
/// How many bodies a cell may hold before it is divided.
const LEAF: usize = 8;
/// How often a cell can be divided: two bits of a Morton code each.
const DEPTH: u32 = 16;
/// From this many nodes on, threads are worth their start.
const PARALLEL: usize = 500;

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

/// The radius of a node in the picture.
pub fn radius(in_degree: usize) -> f32 {
    (RADIUS_MIN + RADIUS_GROWTH * number(in_degree).sqrt()).min(RADIUS_MAX)
}

/// How hot the layout begins, and what its heat is multiplied by at each tick.
struct Schedule {
    alpha: f32,
    cooling: f32,
}

impl Schedule {
    /// About 300 ticks for a graph that a person reads node by node, from a low heat: its start is
    /// nearly right, and more would only let small differences grow. 150 for a larger one, and 100
    /// for one of which only the outline can be seen, from all of the heat, to bring far nodes home.
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
    clippy::cast_precision_loss,
    reason = "a count is inexact only beyond 16 million, and then by a rounding"
)]
fn number(count: usize) -> f32 {
    count as f32
}

#[derive(Debug, Clone, Copy, Default)]
struct Vector {
    x: f32,
    y: f32,
}

impl Vector {
    fn square(self) -> f32 {
        self.x * self.x + self.y * self.y
    }
}

impl Add for Vector {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

impl AddAssign for Vector {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Vector {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + other * -1.0
    }
}

impl Mul<f32> for Vector {
    type Output = Self;

    fn mul(self, factor: f32) -> Self {
        Self {
            x: self.x * factor,
            y: self.y * factor,
        }
    }
}

/// The sum of points over their number; the origin if there are none.
fn mean(points: impl Iterator<Item = Vector>) -> Vector {
    let mut sum = Vector::default();
    let mut count = 0;
    for point in points {
        sum += point;
        count += 1;
    }
    sum * (1.0 / number(count.max(1)))
}

/// The links as springs, and what follows from them for each node.
struct Graph {
    springs: Vec<Spring>,
    /// With how many others a node is linked.
    degrees: Vec<usize>,
    radii: Vec<f32>,
}

/// One link, in either direction.
struct Spring {
    one: usize,
    other: usize,
    strength: f32,
    /// The part of the way that `one` moves: the less, the more links hold it.
    share: f32,
}

impl Graph {
    fn new(nodes: usize, links: &[(u32, u32)]) -> Self {
        let mut directed: Vec<_> = links
            .iter()
            .map(|&(from, to)| (from as usize, to as usize))
            .filter(|&(from, to)| from != to && from.max(to) < nodes)
            .collect();
        directed.sort_unstable();
        directed.dedup();
        let mut pairs: Vec<_> = directed
            .iter()
            .map(|&(from, to)| (from.min(to), from.max(to)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let degrees = tally(nodes, pairs.iter().flat_map(|&(one, other)| [one, other]));
        Self {
            springs: pairs
                .iter()
                .map(|&(one, other)| Spring::new(one, other, &degrees))
                .collect(),
            radii: tally(nodes, directed.iter().map(|&(_, to)| to))
                .into_iter()
                .map(radius)
                .collect(),
            degrees,
        }
    }
}

impl Spring {
    fn new(one: usize, other: usize, degrees: &[usize]) -> Self {
        let (own, others) = (number(degrees[one]), number(degrees[other]));
        Self {
            one,
            other,
            strength: 1.0 / own.min(others),
            share: others / (own + others),
        }
    }
}

/// How often each of `0..nodes` comes.
fn tally(nodes: usize, ends: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut counts = vec![0; nodes];
    for end in ends {
        counts[end] += 1;
    }
    counts
}

/// What moves: a point and a velocity for each node.
struct Bodies {
    points: Vec<Vector>,
    velocities: Vec<Vector>,
}

impl Bodies {
    fn start(names: &[&str], graph: &Graph) -> Self {
        let mut points: Vec<_> = seeds(names).into_iter().map(in_unit_disk).collect();
        smooth(&mut points, graph);
        spread(&mut points, graph);
        Self {
            velocities: vec![Vector::default(); points.len()],
            points,
        }
    }

    fn tick(&mut self, graph: &Graph, alpha: f32) {
        self.pull_links(&graph.springs, alpha);
        self.repel(alpha);
        self.pull_inwards(&graph.degrees, alpha);
        for (point, velocity) in self.points.iter_mut().zip(&mut self.velocities) {
            *velocity = *velocity * VELOCITY_KEPT;
            *point += *velocity;
        }
    }

    /// One link after the other, each on the velocities that the last one left, as d3 does: all at
    /// once would overshoot at a node with many links.
    fn pull_links(&mut self, springs: &[Spring], alpha: f32) {
        for spring in springs {
            let (one, other) = (spring.one, spring.other);
            let way = self.points[other] + self.velocities[other]
                - self.points[one]
                - self.velocities[one];
            let length = way.square().sqrt().max(0.001);
            let pull = way * ((length - LINK_LENGTH) / length * alpha * spring.strength);
            self.velocities[one] += pull * spring.share;
            self.velocities[other] += pull * (spring.share - 1.0);
        }
    }

    fn repel(&mut self, alpha: f32) {
        let tree = Tree::new(&self.points);
        let strength = -CHARGE * alpha;
        for (&node, force) in tree.nodes.iter().zip(tree.forces()) {
            self.velocities[node] += force * strength;
        }
    }

    fn pull_inwards(&mut self, degrees: &[usize], alpha: f32) {
        let bodies = self.points.iter().zip(&mut self.velocities);
        for ((point, velocity), &degree) in bodies.zip(degrees) {
            let strength = if degree > 0 {
                alpha
            } else {
                PULL_ALONE * alpha
            };
            velocity.x -= point.x * PULL_X * strength;
            velocity.y -= point.y * PULL_Y * strength;
        }
    }
}

/// A number for each name that follows from the name alone. Should two be equal, the later is given
/// another, since no force parts two nodes at one point.
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

/// One step of splitmix64, which lets every bit of the seed change every bit of the outcome.
fn mix(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A point of the disk of radius 1: the first of the seed's successors whose halves, as
/// coordinates, fall into it.
fn in_unit_disk(mut seed: u64) -> Vector {
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

/// Draws neighbours together, so that the forces begin with the graph's coarse shape and need not
/// find it: from a start that is all noise, a few hundred ticks leave a large graph in a tangle.
/// Each node keeps a little of its own point, without which those of a star would become one.
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

/// From the unit disk to the size that the picture will have: nodes with links evenly in a disk,
/// those without in a ring around it, where the forces would bring them anyway if nothing were in
/// their way.
///
/// Among the linked, only the order of the distances from the middle is kept: smoothing leaves a
/// large component in a clot, and small ones far away from it.
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

/// In the direction of `point`, as far out as a disk reaches that has room for `inside` nodes.
fn at_start(point: Vector, inside: f32) -> Vector {
    let placed = point * (SPACING * (inside / point.square().max(1e-12)).sqrt());
    Vector {
        x: placed.x * STRETCH,
        y: placed.y / STRETCH,
    }
}

/// A quadtree over points, for sums that treat far groups as one body.
///
/// Its nodes are in the order of their Morton codes, so that each cell is a range of them, and its
/// cells in the order of a walk, so that skipping a cell means continuing at `end`.
struct Tree {
    cells: Vec<Cell>,
    /// The index of the node at each place of `points`.
    nodes: Vec<usize>,
    points: Vec<Vector>,
}

struct Cell {
    centre: Vector,
    mass: f32,
    /// The square of the distance from which on the cell counts as one body.
    reach: f32,
    /// The next cell that is not within this one.
    end: usize,
    /// The places of its bodies; none if it is divided.
    bodies: Range<usize>,
}

impl Tree {
    fn new(points: &[Vector]) -> Self {
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

    /// Adds the cell of these places, and the cells within it. `depth` falls to 0, so points that
    /// coincide end in one leaf instead of being divided for ever.
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

    /// How each node is pushed by all others, in the order of `nodes`.
    fn forces(&self) -> Vec<Vector> {
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

/// The push of a body of this mass at the distance `away`; none if it is at the same point.
fn push(away: Vector, mass: f32) -> Vector {
    away * (mass / away.square().max(1.0))
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

    /// The bits of both coordinates, in turn: points that share their upper bits share a cell.
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

/// Moves nodes apart that are nearer than their radii and [`GAP`] allow, each pair half of the way;
/// whether there were any.
///
/// A sweep from left to right, which meets only nodes of about the same `x`.
fn separate(points: &mut [Vector], radii: &[f32]) -> bool {
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

/// What `way` lacks to be as long as `wanted`; to the right if it has no direction.
fn parting(way: Vector, wanted: f32) -> Vector {
    let length = way.square().sqrt();
    if length > 0.001 {
        way * (wanted / length - 1.0)
    } else {
        Vector { x: wanted, y: 0.0 }
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
mod tests {
    use super::*;

    type Links = Vec<(u32, u32)>;

    fn names(count: u32) -> Vec<String> {
        (0..count)
            .map(|node| format!("topic__note-{node:04}"))
            .collect()
    }

    fn placed(count: u32, links: &[(u32, u32)]) -> Vec<Point> {
        let names = names(count);
        place(&names.iter().map(String::as_str).collect::<Vec<_>>(), links)
    }

    /// Groups of ten documents, each with two links within its group, some with one out of it, and
    /// every tenth document without any.
    fn archive(count: u32) -> Links {
        let mut seed = 7;
        let mut below = |bound: u32| {
            seed = mix(seed);
            u32::try_from(seed % u64::from(bound)).expect("below a u32")
        };
        let mut links = Links::new();
        for node in (0..count).filter(|node| node % 10 != 0) {
            let group = node - node % 10;
            links.push((node, group + 1 + below(9)));
            links.push((node, group + 1 + below(9)));
            if node % 10 == 1 {
                links.push((node, (group + 12) % count));
            }
        }
        links
    }

    fn distance(one: Point, other: Point) -> f64 {
        let (x, y) = (f64::from(one.x - other.x), f64::from(one.y - other.y));
        (x * x + y * y).sqrt()
    }

    fn average(numbers: impl Iterator<Item = f64>) -> f64 {
        let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| {
            (sum + number, count + 1.0)
        });
        sum / count
    }

    /// How far nodes are from the middle, on average.
    fn extent(points: &[Point]) -> f64 {
        average(
            points
                .iter()
                .map(|&point| distance(point, Point { x: 0, y: 0 })),
        )
    }

    #[test]
    fn a_picture_is_the_same_on_every_machine() {
        let links = [(0, 1), (1, 2), (2, 0), (3, 0), (3, 4), (5, 0), (6, 7)];
        let points = placed(9, &links);
        let numbers: Vec<_> = points.iter().map(|point| (point.x, point.y)).collect();
        assert_eq!(
            numbers,
            [
                (36, -1),
                (81, 4),
                (54, 37),
                (-7, 12),
                (-41, -14),
                (8, -33),
                (-112, 11),
                (-76, 30),
                (56, -46)
            ]
        );
    }

    #[test]
    fn how_links_are_listed_does_not_matter() {
        let links = archive(60);
        let mut listed = links.clone();
        listed.reverse();
        listed.extend(&links);
        listed.extend([(3, 3), (4, 60), (u32::MAX, 5)]);
        assert_eq!(placed(60, &links), placed(60, &listed));
        assert_eq!(placed(2, &[(0, 1)]), placed(2, &[(1, 0), (0, 1)]));
    }

    #[test]
    fn how_many_threads_there_are_does_not_matter() {
        let links = archive(520);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let pool = pool.build().expect("threads start");
            pool.install(|| placed(520, &links))
        };
        assert_eq!(with(1), with(3));
    }

    #[test]
    fn one_node_more_moves_the_others_little() {
        let links = archive(60);
        let before = placed(60, &links);
        let names = names(60);
        // The new name comes first, so every index changes: starts that followed from indexes would
        // move the others by 0.6 of the extent. This one moves them by 0.06.
        let more: Vec<_> = ["arch__note-new"]
            .into_iter()
            .chain(names.iter().map(String::as_str))
            .collect();
        let shifted = links.iter().map(|&(from, to)| (from + 1, to + 1));
        let after = place(&more, &shifted.chain([(0, 5), (0, 16)]).collect::<Links>());
        let moved = before.iter().zip(&after[1..]);
        let moved = average(moved.map(|(&one, &other)| distance(one, other)));
        let share = moved / extent(&before);
        assert!(share < 0.2, "moved by {share:.3} of the extent");
    }

    #[test]
    fn linked_nodes_are_near_each_other() {
        let links = archive(60);
        let points = placed(60, &links);
        let between =
            |&(one, other): &(u32, u32)| distance(points[one as usize], points[other as usize]);
        let pairs: Links = (0..60)
            .flat_map(|one| (0..one).map(move |other| (one, other)))
            .filter(|&(one, other)| {
                !links.contains(&(one, other)) && !links.contains(&(other, one))
            })
            .collect();
        let linked = average(links.iter().filter(|link| link.0 != link.1).map(between));
        let unlinked = average(pairs.iter().map(between));
        assert!(linked < 0.4 * unlinked, "{linked:.1} and {unlinked:.1}");
    }

    #[track_caller]
    fn check_no_overlap(links: &[(u32, u32)]) {
        let points = placed(60, links);
        let radii = Graph::new(60, links).radii;
        for one in 0..60 {
            for other in 0..one {
                let free = distance(points[one], points[other]);
                let taken = f64::from(radii[one] + radii[other]);
                assert!(free > taken + 2.0, "{one}, {other}: {free:.1}, {taken:.1}");
            }
        }
    }

    #[test]
    fn nodes_do_not_overlap() {
        check_no_overlap(&archive(60));
        // Each with each: the links alone would leave these on top of each other.
        let clique: Links = (0..60)
            .flat_map(|one| (0..60).map(move |other| (one, other)))
            .collect();
        check_no_overlap(&clique);
        check_no_overlap(&(1..60).map(|node| (node, 0)).collect::<Links>());
    }

    #[test]
    fn nodes_without_links_are_a_ring_around_the_others() {
        let points = placed(60, &archive(60));
        let (alone, linked): (Vec<_>, Vec<_>) =
            (0..60).zip(points).partition(|(node, _)| node % 10 == 0);
        let of = |nodes: Vec<(i32, Point)>| {
            extent(
                &nodes
                    .into_iter()
                    .map(|(_, point)| point)
                    .collect::<Vec<_>>(),
            )
        };
        let (ring, inner) = (of(alone), of(linked));
        assert!(
            ring > 1.3 * inner && ring < 2.2 * inner,
            "{ring:.1} and {inner:.1}"
        );
    }

    #[test]
    fn the_picture_is_wider_than_tall() {
        let points = placed(60, &[]);
        let width = average(points.iter().map(|point| f64::from(point.x.abs())));
        let height = average(points.iter().map(|point| f64::from(point.y.abs())));
        assert!(
            (1.4..2.4).contains(&(width / height)),
            "{width:.1} by {height:.1}"
        );
    }

    /// A layout that went astray is all in one point (not a number, made an integer) or far away.
    #[track_caller]
    fn check_in_bounds(points: &[Point]) {
        let bound = 100 * (points.len().isqrt() + 1);
        let bound = i32::try_from(bound).expect("a small graph");
        for point in points {
            assert!(point.x.abs() < bound && point.y.abs() < bound, "{point:?}");
        }
        let mut distinct: Vec<_> = points.iter().map(|point| (point.x, point.y)).collect();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), points.len());
    }

    #[test]
    fn extreme_graphs_stay_in_bounds() {
        assert_eq!(placed(0, &[(0, 1)]), []);
        assert_eq!(placed(1, &[(0, 0)]), [Point { x: 0, y: 0 }]);
        check_in_bounds(&placed(2, &[(0, 1)]));
        check_in_bounds(&placed(200, &[]));
        let hub: Links = (1..200).map(|node| (node, 0)).collect();
        check_in_bounds(&placed(200, &hub));
        let chain: Links = (1..200).map(|node| (node - 1, node)).collect();
        check_in_bounds(&placed(200, &chain));
        let clique: Links = (0..60)
            .flat_map(|one| (0..one).map(move |other| (one, other)))
            .collect();
        check_in_bounds(&placed(60, &clique));
        check_in_bounds(&place(&["same"; 60], &[]));
    }

    #[test]
    fn equal_names_begin_at_different_points() {
        let seeds = seeds(&["same", "other", "same", "same"]);
        assert_eq!(seeds[..2], super::seeds(&["same", "other"]));
        assert!(seeds[0] != seeds[2] && seeds[2] != seeds[3] && seeds[0] != seeds[3]);
    }

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
