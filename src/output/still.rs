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

/// The size of a picture in CSS pixels, and what its discs leave free at the edges.
struct Sheet {
    class: &'static str,
    width: f64,
    height: f64,
    edges: (f64, f64),
}

/// For a wide window, a tablet and a phone.
const SHEETS: [Sheet; 3] = [
    Sheet {
        class: "broad",
        width: 1040.0,
        height: 600.0,
        edges: (90.0, 44.0),
    },
    Sheet {
        class: "middle",
        width: 700.0,
        height: 580.0,
        edges: (70.0, 44.0),
    },
    Sheet {
        class: "slim",
        width: 354.0,
        height: 560.0,
        edges: (48.0, 44.0),
    },
];
/// How much longer one axis may become than the layout made it, and the most that both grow.
const STRETCH: f64 = 2.0;
const GROWTH: f64 = 4.0;

/// The size of letters, and what a line takes.
const TEXT: f64 = 12.5;
const LINE: f64 = 17.0;
/// How far a label is at least from every disc: a reader's font may be wider than is known.
const APART: f64 = 2.0;
/// Beyond this a title is in two lines.
const LONGEST: f64 = 11.0 * TEXT;

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
        let mut labels = labels(&discs, &titles, (sheet.width, frame.height));
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
            along.min(least * STRETCH).min(GROWTH * STRETCH),
            down.min(least * STRETCH).min(GROWTH * STRETCH),
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
fn labels<'a>(discs: &[Disc], titles: &[&'a str], size: (f64, f64)) -> Vec<Vec<LabelLineView<'a>>> {
    let mut order: Vec<usize> = (0..discs.len()).collect();
    order.sort_by(|a, b| discs[*b].r.total_cmp(&discs[*a].r).then(a.cmp(b)));
    let mut taken: Vec<Area> = Vec::new();
    let mut found: Vec<Vec<LabelLineView<'a>>> = discs.iter().map(|_| Vec::new()).collect();
    for at in order {
        let lines = in_lines(titles[at]);
        let free = sides(&discs[at], &lines).into_iter().find(|area| {
            area.is_within(size)
                && !taken.iter().any(|other| area.meets(other))
                && !discs.iter().any(|disc| area.covers(disc))
        });
        let Some(area) = free else { continue };
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

/// Below, above, on the right and on the left of a disc, then between these.
fn sides(disc: &Disc, lines: &[&str]) -> [Area; 8] {
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
    [
        area(middle_x, disc.y + gap),
        area(middle_x, disc.y - gap - height),
        area(disc.x + gap, middle_y),
        area(disc.x - gap - width, middle_y),
        area(disc.x + slant, disc.y + slant),
        area(disc.x - slant - width, disc.y + slant),
        area(disc.x + slant, disc.y - slant - height),
        area(disc.x - slant - width, disc.y - slant - height),
    ]
}

/// A title in one line or, at the space nearest to its middle, two. An identifier is broken between
/// its parts.
fn in_lines(title: &str) -> Vec<&str> {
    if length(title) <= LONGEST {
        return vec![title];
    }
    let longer = |at: usize| length(&title[..at]).max(length(&title[at..]));
    let spaces = title.match_indices(' ').map(|(at, _)| at);
    let nearest = spaces.min_by(|a, b| longer(*a).total_cmp(&longer(*b)));
    let nearest = nearest.or_else(|| {
        let parts = parts(title).into_iter();
        let ends = parts.scan(0, |end, part| {
            *end += part.len();
            Some(*end)
        });
        let inner = ends.filter(|end| *end < title.len());
        inner.min_by(|a, b| longer(*a).total_cmp(&longer(*b)))
    });
    nearest.map_or_else(
        || vec![title],
        |at| vec![&title[..at], title[at..].trim_start()],
    )
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
        let labels = labels(&discs, &titles, (1040.0, 400.0));
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
    fn a_long_title_is_broken_at_a_space_or_not_at_all() {
        assert_eq!(in_lines("짧은 제목"), ["짧은 제목"]);
        assert_eq!(
            in_lines("Envoy의 정적 설정과 동적 설정을 비교"),
            ["Envoy의 정적 설정과", "동적 설정을 비교"]
        );
        let one = "가나다라마바사아자차카타파하가나다라마바사";
        assert_eq!(in_lines(one), [one]);
        assert_eq!(
            in_lines("PILOT_ENABLE_CROSS_CLUSTER_WORKLOAD"),
            ["PILOT_ENABLE_CROSS_", "CLUSTER_WORKLOAD"]
        );
    }
}
