//! The picture of the graph that index.html has without scripts, for a wide window, a tablet and a phone:
//! an SVG whose discs link to the documents, from the build's layout. Of more than [`MOST`] documents, whose names would not be
//! readable, it has those with the most links.
//!
//! Not here: its markup (the template's), and the picture that moves (`assets/docsite/graph/`).

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::f64::consts::FRAC_1_SQRT_2;

use crate::layout::{self, Point};
use crate::markdown::breaks::parts;
use crate::model::catalogue::Catalogue;
use crate::name::Basename;

use super::data::Order;
use super::view::{LabelLineView, PictureNodeView, PictureView};
use super::views::topic;

/// The most documents of the picture.
const MOST: usize = 100;

/// The size of a picture in CSS pixels, what its discs leave free at the edges, how much longer one axis
/// may become than the layout made it, and how wide a line of a title is.
struct Sheet {
    class: &'static str,
    width: f64,
    height: f64,
    edges: (f64, f64),
    stretch: f64,
    line: f64,
    /// How far its discs are moved to where they would be at equal distances: 0 to 1.
    evenness: f64,
}

/// For a wide window, a tablet and a phone.
const SHEETS: [Sheet; 3] = [
    Sheet {
        class: "broad",
        width: 1040.0,
        height: 600.0,
        edges: (90.0, 44.0),
        stretch: 2.0,
        line: 12.0 * TEXT,
        evenness: 0.0,
    },
    Sheet {
        class: "middle",
        width: 700.0,
        height: 580.0,
        edges: (70.0, 44.0),
        stretch: 2.0,
        line: 12.0 * TEXT,
        evenness: 0.0,
    },
    Sheet {
        class: "slim",
        width: 354.0,
        height: 660.0,
        // The buttons are in a corner.
        edges: (40.0, 58.0),
        stretch: 6.0,
        line: 8.0 * TEXT,
        evenness: 0.6,
    },
];
/// The most that both axes grow.
const GROWTH: f64 = 4.0;

/// The size of letters, and what a line takes.
const TEXT: f64 = 12.5;
const LINE: f64 = 17.0;
/// How far a label is at least from every disc: a reader's font may be wider than is known.
const APART: f64 = 2.0;
/// Lines as long as they may be, then shorter and longer ones where these have no room.
const SHAPES: [f64; 3] = [1.0, 0.7, 1.5];
/// The most lines of a title.
const MOST_LINES: usize = 4;

/// `points` are where the layout put each document of `order`.
pub fn views<'a>(
    catalogue: &'a Catalogue,
    order: &Order,
    points: &[Point],
) -> Vec<PictureView<'a>> {
    let (names, links) = order.graph(catalogue);
    if names.is_empty() || points.len() != names.len() {
        return Vec::new();
    }
    let kept = most_linked(names.len(), &links);
    let documents: Vec<_> = kept
        .iter()
        .filter_map(|at| catalogue.corpus.find(names[*at as usize]))
        .collect();
    let points: Vec<Point> = kept.iter().map(|at| points[*at as usize]).collect();
    let pictures = SHEETS.iter().map(|sheet| {
        let points = evened(&points, sheet.evenness);
        let frame = Frame::of(sheet, &points);
        let discs: Vec<Disc> = documents
            .iter()
            .zip(&points)
            .map(|(id, point)| frame.disc(*point, catalogue.links.in_degree(*id)))
            .collect();
        let places: BTreeMap<u32, &Disc> = kept.iter().copied().zip(&discs).collect();
        let lines = links.iter().filter_map(|(from, to)| {
            let (from, to) = (places.get(from)?, places.get(to)?);
            let at = |disc: &Disc| format!("{:.0} {:.0}", disc.x, disc.y);
            Some(format!("M{}L{}", at(from), at(to)))
        });
        let titles: Vec<&str> = documents.iter().map(|id| catalogue.title(*id)).collect();
        let mut labels = labels(&discs, &titles, sheet.line, (sheet.width, frame.height));
        let nodes = documents.iter().enumerate().map(|(at, id)| {
            let name: &Basename = &catalogue.corpus.get(*id).name;
            PictureNodeView {
                href: name.href(),
                title: titles[at],
                class: topic(&catalogue.settings, name.topic()).class,
                x: rounded(discs[at].x),
                y: rounded(discs[at].y),
                r: rounded(discs[at].r),
                lines: std::mem::take(&mut labels[at]),
            }
        });
        PictureView {
            class: sheet.class,
            width: rounded(sheet.width),
            height: rounded(frame.height),
            links: lines.collect(),
            nodes: nodes.collect(),
        }
    });
    pictures.collect()
}

/// Those of `count` documents that have the most links, in their order.
fn most_linked(count: usize, links: &[(u32, u32)]) -> Vec<u32> {
    let mut degrees = vec![0_usize; count];
    for at in links.iter().flat_map(|(from, to)| [*from, *to]) {
        if let Some(degree) = degrees.get_mut(at as usize) {
            *degree += 1;
        }
    }
    let mut kept: Vec<u32> = (0..).take(count).collect();
    kept.sort_by_key(|at| Reverse(degrees[*at as usize]));
    kept.truncate(MOST);
    kept.sort_unstable();
    kept
}

/// The points, each axis on the way to equal distances between them, so that there is room for words
/// where the layout is dense. Their order on each axis stays.
fn evened(points: &[Point], share: f64) -> Vec<Point> {
    let axis = |of: fn(&Point) -> i32| {
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by_key(|at| (of(&points[*at]), *at));
        let ends = order.first().zip(order.last());
        let (least, most) = ends.map_or((0, 0), |(first, last)| {
            (of(&points[*first]), of(&points[*last]))
        });
        let step = f64::from(most - least) / as_number(points.len().max(2) - 1);
        let mut moved = vec![0; points.len()];
        for (rank, at) in order.into_iter().enumerate() {
            let even = f64::from(least) + step * as_number(rank);
            let own = f64::from(of(&points[at]));
            moved[at] = rounded(own + (even - own) * share);
        }
        moved
    };
    let (along, down) = (axis(|point| point.x), axis(|point| point.y));
    let both = along.into_iter().zip(down);
    both.map(|(x, y)| Point { x, y }).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of one picture")]
fn rounded(value: f64) -> i32 {
    value.round() as i32
}

struct Disc {
    x: f64,
    y: f64,
    r: f64,
}

/// From the layout to the picture.
struct Frame {
    middle: (f64, f64),
    scale: (f64, f64),
    width: f64,
    height: f64,
}

impl Frame {
    fn of(sheet: &Sheet, points: &[Point]) -> Self {
        let span = |values: &mut dyn Iterator<Item = i32>| {
            let (least, most) = values.fold((i32::MAX, i32::MIN), |(least, most), value| {
                (least.min(value), most.max(value))
            });
            let (least, most) = (f64::from(least), f64::from(most));
            (f64::midpoint(least, most), (most - least).max(1.0))
        };
        let (x, width) = span(&mut points.iter().map(|point| point.x));
        let (y, height) = span(&mut points.iter().map(|point| point.y));
        let (edge_x, edge_y) = sheet.edges;
        let room = (sheet.width - 2.0 * edge_x, sheet.height - 2.0 * edge_y);
        let (along, down) = (room.0 / width, room.1 / height);
        let least = along.min(down).min(GROWTH);
        let scale = (
            along.min(least * sheet.stretch).min(GROWTH * 2.0),
            down.min(least * sheet.stretch).min(GROWTH * 2.0),
        );
        Self {
            middle: (x, y),
            scale,
            width: sheet.width,
            height: height * scale.1 + 2.0 * edge_y,
        }
    }

    fn disc(&self, point: Point, in_degree: usize) -> Disc {
        let growth = self.scale.0.min(self.scale.1).sqrt();
        Disc {
            x: (f64::from(point.x) - self.middle.0) * self.scale.0 + self.width / 2.0,
            y: (f64::from(point.y) - self.middle.1) * self.scale.1 + self.height / 2.0,
            r: f64::from(layout::radius(in_degree)) * growth,
        }
    }
}

/// A rectangle that a label takes.
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }

    fn covers(&self, disc: &Disc) -> bool {
        let dx = (self.left - disc.x)
            .max(disc.x - self.left - self.width)
            .max(0.0);
        let dy = (self.top - disc.y)
            .max(disc.y - self.top - self.height)
            .max(0.0);
        dx * dx + dy * dy < (disc.r + APART).powi(2)
    }

    fn is_within(&self, (width, height): (f64, f64)) -> bool {
        self.left >= 2.0
            && self.top >= 0.0
            && self.left + self.width <= width - 2.0
            && self.top + self.height <= height
    }
}

/// The lines of each title, largest discs first. One that would lie on a disc or another label has
/// none: its disc says its title to a pointer.
fn labels<'a>(
    discs: &[Disc],
    titles: &[&'a str],
    line: f64,
    size: (f64, f64),
) -> Vec<Vec<LabelLineView<'a>>> {
    let mut order: Vec<usize> = (0..discs.len()).collect();
    order.sort_by(|a, b| discs[*b].r.total_cmp(&discs[*a].r).then(a.cmp(b)));
    let mut taken: Vec<Area> = Vec::new();
    let mut found: Vec<Vec<LabelLineView<'a>>> = discs.iter().map(|_| Vec::new()).collect();
    let is_free = |area: &Area, taken: &[Area]| {
        area.is_within(size)
            && !taken.iter().any(|other| area.meets(other))
            && !discs.iter().any(|disc| area.covers(disc))
    };
    for at in order {
        let mut shapes = SHAPES
            .map(|share| in_lines(titles[at], line * share))
            .into_iter();
        let free = shapes.find_map(|lines| {
            let mut areas = sides(&discs[at], &lines).into_iter();
            let area = areas.find(|area| is_free(area, &taken))?;
            Some((lines, area))
        });
        let Some((lines, area)) = free else { continue };
        let mut bottom = area.top - 4.0;
        found[at] = lines
            .into_iter()
            .map(|text| {
                bottom += LINE;
                LabelLineView {
                    text,
                    x: rounded(area.left + area.width / 2.0),
                    y: rounded(bottom),
                }
            })
            .collect();
        taken.push(area);
    }
    found
}

/// Below, above, on the right and on the left of a disc, then moved along these.
fn sides(disc: &Disc, lines: &[&str]) -> Vec<Area> {
    let width = lines.iter().map(|line| length(line)).fold(0.0, f64::max);
    let height = lines.iter().fold(0.0, |height, _| height + LINE);
    let gap = disc.r + APART + 1.0;
    let slant = gap * FRAC_1_SQRT_2;
    let (middle_x, middle_y) = (disc.x - width / 2.0, disc.y - height / 2.0);
    let area = |left, top| Area {
        left,
        top,
        width,
        height,
    };
    let mut areas = Vec::with_capacity(20);
    for share in [0.0, 0.25, -0.25] {
        areas.push(area(middle_x + width * share, disc.y + gap));
        areas.push(area(middle_x + width * share, disc.y - gap - height));
        areas.push(area(disc.x + gap, middle_y + height * share));
        areas.push(area(disc.x - gap - width, middle_y + height * share));
    }
    for (left, top) in [
        (disc.x + slant, disc.y + slant),
        (disc.x - slant - width, disc.y + slant),
        (disc.x + slant, disc.y - slant - height),
        (disc.x - slant - width, disc.y - slant - height),
    ] {
        areas.push(area(left, top));
    }
    areas
}

/// A title in as few lines as it needs, each no longer than `longest` where there is a place to break,
/// and all about as long. An identifier is broken between its parts.
fn in_lines(title: &str, longest: f64) -> Vec<&str> {
    let words = title.split_inclusive(' ');
    let pieces: Vec<&str> = words
        .flat_map(|word| {
            if length(word) <= longest {
                vec![word]
            } else {
                parts(word)
            }
        })
        .collect();
    let least = (1..=MOST_LINES).map(|lines| length(title) / as_number(lines));
    let widths = least.flat_map(|width| [width.min(longest), longest]);
    let mut tries = widths.map(|width| filled(title, &pieces, width));
    let fits = |lines: &Vec<&str>| lines.iter().all(|line| length(line) <= longest);
    tries
        .find(|lines| lines.len() <= MOST_LINES && fits(lines))
        .unwrap_or_else(|| filled(title, &pieces, length(title) / as_number(MOST_LINES - 1)))
}

/// Lines of pieces that are no longer than `width`, or a single piece.
fn filled<'a>(title: &'a str, pieces: &[&'a str], width: f64) -> Vec<&'a str> {
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    for piece in pieces {
        let next = end + piece.len();
        if start < end && length(title[start..next].trim_end()) > width {
            lines.push(title[start..end].trim_end());
            start = end;
        }
        end = next;
    }
    lines.push(title[start..end].trim_end());
    lines
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a few lines, or a hundred discs"
)]
fn as_number(count: usize) -> f64 {
    count as f64
}

/// About as wide as a reader's font makes it: no font is known here.
fn length(text: &str) -> f64 {
    let letter = |c: char| if c.is_ascii() { 0.58 } else { 0.95 };
    text.chars().map(letter).sum::<f64>() * TEXT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: i32, y: i32) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_picture_fills_its_frame() {
        let points = [point(-100, -80), point(100, 80), point(0, 0)];
        for sheet in &SHEETS {
            let frame = Frame::of(sheet, &points);
            let discs = points.map(|point| frame.disc(point, 1));
            assert!((discs[0].x - sheet.edges.0).abs() < 1.0, "{}", discs[0].x);
            assert!((discs[1].x - (sheet.width - sheet.edges.0)).abs() < 1.0);
            // One document is not a picture as high as the window.
            let alone = Frame::of(sheet, &[point(0, 0)]);
            assert!(alone.height < 150.0, "{}", alone.height);
        }
    }

    #[test]
    fn labels_are_whole_and_lie_on_nothing() {
        let discs: Vec<Disc> = (0..40_i32)
            .map(|at| Disc {
                x: f64::from(at % 8) * 110.0 + 100.0,
                y: f64::from(at / 8) * 60.0 + 60.0,
                r: 8.0,
            })
            .collect();
        let titles = vec!["서비스 메시의 egress 게이트웨이 설정"; 40];
        let labels = labels(&discs, &titles, SHEETS[0].line, (1040.0, 400.0));
        let placed: Vec<_> = labels.iter().filter(|lines| !lines.is_empty()).collect();
        assert!(placed.len() > 10, "{}", placed.len());
        for lines in placed {
            let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
            assert_eq!(texts.join(" "), titles[0]);
            for disc in &discs {
                let is_on = lines.iter().any(|line| {
                    let half = length(line.text) / 2.0;
                    (f64::from(line.x) - disc.x).abs() < half
                        && (f64::from(line.y) - 5.0 - disc.y).abs() < disc.r
                });
                assert!(!is_on);
            }
        }
    }

    #[test]
    fn a_layout_takes_the_shape_of_a_phone() {
        let points = [point(-100, -40), point(100, 40), point(0, 0)];
        let frame = Frame::of(&SHEETS[2], &points);
        assert!(frame.height > 550.0, "{}", frame.height);
        // Two that are near each other make room.
        let near = [point(0, 0), point(1, 50), point(100, 60)];
        let even = evened(&near, 0.5)
            .into_iter()
            .map(|point| (point.x, point.y));
        assert_eq!(even.collect::<Vec<_>>(), [(0, 0), (26, 40), (100, 60)]);
    }

    #[test]
    fn a_long_title_is_broken_at_spaces_or_not_at_all() {
        let [wide, _, slim] = SHEETS.map(|sheet| sheet.line);
        assert_eq!(in_lines("짧은 제목", wide), ["짧은 제목"]);
        let long = "Envoy의 정적 설정과 동적 설정을 비교";
        assert_eq!(
            in_lines(long, wide),
            ["Envoy의 정적 설정과", "동적 설정을 비교"]
        );
        assert_eq!(
            in_lines(long, slim),
            ["Envoy의 정적", "설정과 동적", "설정을 비교"]
        );
        let one = "가나다라마바사아자차카타파하가나다라마바사";
        assert_eq!(in_lines(one, wide), [one]);
        assert_eq!(
            in_lines("PILOT_ENABLE_CROSS_CLUSTER_WORKLOAD", wide),
            ["PILOT_ENABLE_CROSS_", "CLUSTER_WORKLOAD"]
        );
    }
}
