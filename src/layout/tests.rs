//! Tests of whole layouts.

use super::graph::Graph;
use super::start::mix;
use super::{Point, place};

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

/// The average distance of nodes from the middle.
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
        .filter(|&(one, other)| !links.contains(&(one, other)) && !links.contains(&(other, one)))
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

/// After a numeric error, all nodes are at one point (NaN as an integer is 0) or far away.
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
