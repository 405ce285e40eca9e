//! The data of paths as segments with absolute points.
//!
//! Not here: making them shorter (`shorten.rs`).

use super::matrix::Point;
use super::number::Scanner;
use super::path::repeated;

/// A piece of a path, from its current point on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Segment {
    Line(Point),
    /// Two control points, then the end; a quadratic curve is converted.
    Curve(Point, Point, Point),
}

impl Segment {
    pub(super) fn end(&self) -> Point {
        match self {
            Self::Line(end) | Self::Curve(_, _, end) => *end,
        }
    }

    /// The point at `t`, from 0 to 1, of a segment that begins at `start`.
    pub(super) fn at(&self, start: Point, t: f64) -> Point {
        let (a, b, end) = match *self {
            Self::Line(end) => (start, end, end),
            Self::Curve(a, b, end) => (a, b, end),
        };
        if let Self::Line(_) = self {
            return mix(start, end, t);
        }
        let u = 1.0 - t;
        let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        let points = [start, a, b, end];
        let sum = |axis: usize| weights.iter().zip(&points).map(|(w, p)| w * p[axis]).sum();
        [sum(0), sum(1)]
    }
}

/// A subpath: drawn without lifting the pen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Route {
    pub(super) start: Point,
    pub(super) segments: Vec<Segment>,
    pub(super) closed: bool,
}

impl Route {
    /// Its last point, closed or not.
    pub(super) fn end(&self) -> Point {
        self.segments.last().map_or(self.start, Segment::end)
    }

    /// Its segments, each with its start.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (Point, Segment)> + '_ {
        let starts = self.segments.iter().map(Segment::end);
        std::iter::once(self.start)
            .chain(starts)
            .zip(self.segments.iter().copied())
    }

    /// Points along it, close enough together to decide what is inside.
    pub(super) fn points(&self) -> Vec<Point> {
        let mut points = vec![self.start];
        for (start, segment) in self.pieces() {
            if let Segment::Curve(..) = segment {
                points.extend([0.25, 0.5, 0.75].map(|t| segment.at(start, t)));
            }
            points.push(segment.end());
        }
        points
    }
}

/// Whether path data has only absolute lines and curves, so that it can be written again.
pub(super) fn is_plain(data: &str) -> bool {
    let letters = data.bytes().filter(u8::is_ascii_alphabetic);
    letters.into_iter().all(|b| b"MLHVCQZz".contains(&b))
}

/// Reads path data; `None` if the data has an error.
pub(super) fn read(data: &str) -> Option<Vec<Route>> {
    let mut scanner = Scanner::new(data);
    let mut reader = Reader::default();
    while !scanner.at_end() {
        let mut command = scanner.take()?;
        if reader.routes.is_empty() && !command.eq_ignore_ascii_case(&b'm') {
            return None;
        }
        if command.eq_ignore_ascii_case(&b'z') {
            reader.close();
            continue;
        }
        loop {
            reader.segment(command, &mut scanner)?;
            match repeated(command, &scanner) {
                Some(next) => command = next,
                None => break,
            }
        }
    }
    let routes = reader.routes;
    (!routes.is_empty()).then_some(routes)
}

pub(super) fn mix(a: Point, b: Point, t: f64) -> Point {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

#[derive(Default)]
struct Reader {
    routes: Vec<Route>,
    at: Point,
    /// The last control point, for smooth curves.
    control: Option<Point>,
}

impl Reader {
    fn segment(&mut self, command: u8, scanner: &mut Scanner) -> Option<()> {
        let from = if command.is_ascii_lowercase() {
            self.at
        } else {
            [0.0; 2]
        };
        let mut point = || Some([from[0] + scanner.number()?, from[1] + scanner.number()?]);
        let mirrored = self.control.map_or(self.at, |c| mix(c, self.at, 2.0));
        let mut control = None;
        match command.to_ascii_lowercase() {
            b'm' => {
                self.at = point()?;
                self.routes.push(Route {
                    start: self.at,
                    segments: Vec::new(),
                    closed: false,
                });
            }
            b'l' => {
                let end = point()?;
                self.push(Segment::Line(end))?;
            }
            b'h' => {
                let end = [from[0] + scanner.number()?, self.at[1]];
                self.push(Segment::Line(end))?;
            }
            b'v' => {
                let end = [self.at[0], from[1] + scanner.number()?];
                self.push(Segment::Line(end))?;
            }
            letter @ (b'c' | b's') => {
                let first = if letter == b'c' { point()? } else { mirrored };
                let (second, end) = (point()?, point()?);
                control = Some(second);
                self.push(Segment::Curve(first, second, end))?;
            }
            letter @ (b'q' | b't') => {
                let middle = if letter == b'q' { point()? } else { mirrored };
                let end = point()?;
                control = Some(middle);
                let (first, second) =
                    (mix(self.at, middle, 2.0 / 3.0), mix(end, middle, 2.0 / 3.0));
                self.push(Segment::Curve(first, second, end))?;
            }
            b'a' => {
                let (radii, turn) = ([scanner.number()?, scanner.number()?], scanner.number()?);
                let (large, sweep) = (scanner.flag()?, scanner.flag()?);
                let end = [from[0] + scanner.number()?, from[1] + scanner.number()?];
                for point in arc(self.at, end, radii, turn, large != sweep, sweep) {
                    self.push(Segment::Line(point))?;
                }
                self.push(Segment::Line(end))?;
            }
            _ => return None,
        }
        self.control = control;
        Some(())
    }

    fn push(&mut self, segment: Segment) -> Option<()> {
        if self.routes.last()?.closed {
            self.routes.push(Route {
                start: self.at,
                segments: Vec::new(),
                closed: false,
            });
        }
        self.routes.last_mut()?.segments.push(segment);
        self.at = segment.end();
        Some(())
    }

    fn close(&mut self) {
        if let Some(route) = self.routes.last_mut() {
            route.closed = true;
            self.at = route.start;
        }
        self.control = None;
    }
}

/// Points along an arc; `left` selects one of the ellipse's two centres.
fn arc(from: Point, to: Point, radii: Point, turn: f64, left: bool, sweep: bool) -> Vec<Point> {
    let (sin, cos) = turn.to_radians().sin_cos();
    let half = [(from[0] - to[0]) / 2.0, (from[1] - to[1]) / 2.0];
    let local = [cos * half[0] + sin * half[1], cos * half[1] - sin * half[0]];
    let [mut rx, mut ry] = radii.map(f64::abs);
    if rx < 1e-6 || ry < 1e-6 {
        return Vec::new();
    }
    let unit = [local[0] / rx, local[1] / ry];
    let square = unit[0] * unit[0] + unit[1] * unit[1];
    if square < 1e-12 {
        return Vec::new();
    }
    let grown = square.sqrt().max(1.0);
    (rx, ry) = (rx * grown, ry * grown);
    let unit = unit.map(|side| side / grown);
    let square = square / (grown * grown);
    let reach = ((1.0 - square).max(0.0) / square).sqrt() * if left { 1.0 } else { -1.0 };
    let centre = [reach * unit[1], -reach * unit[0]];
    let angle = |p: Point| (p[1] - centre[1]).atan2(p[0] - centre[0]);
    let (start, end) = (angle(unit), angle([-unit[0], -unit[1]]));
    let mut span = end - start;
    let full = std::f64::consts::TAU;
    if sweep && span < 0.0 {
        span += full;
    } else if !sweep && span > 0.0 {
        span -= full;
    }
    let middle = mix(from, to, 0.5);
    (1..12)
        .map(|step| {
            let (s, c) = (start + span * f64::from(step) / 12.0).sin_cos();
            let (x, y) = ((c + centre[0]) * rx, (s + centre[1]) * ry);
            [middle[0] + cos * x - sin * y, middle[1] + sin * x + cos * y]
        })
        .collect()
}
