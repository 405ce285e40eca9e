//! The data of paths, rounded.
//!
//! Relative steps are rounded against the position of the rounded path, so that their errors do not
//! add up. Not here: making paths shorter in any other way.

use super::number::{Scanner, append, rounded};

type Point = [f64; 2];

/// A number rounded to this many decimals, with its text.
fn rounded_number(number: f64, decimals: usize) -> Option<(f64, String)> {
    let text = rounded(number, decimals)?;
    Some((text.parse().ok()?, text))
}

/// Path data with its coordinates rounded; `None` if the data has an error.
pub(super) fn rounded_path(data: &str, decimals: usize) -> Option<String> {
    let mut scanner = Scanner::new(data);
    let mut pen = Pen {
        decimals,
        ..Pen::default()
    };
    while !scanner.at_end() {
        let letter = scanner.take()?;
        if pen.out.is_empty() && !letter.eq_ignore_ascii_case(&b'm') {
            return None;
        }
        pen.out.push(char::from(letter));
        if letter.eq_ignore_ascii_case(&b'z') {
            pen.close();
            continue;
        }
        let mut command = letter;
        loop {
            pen.segment(command, &mut scanner)?;
            match repeated(command, &scanner) {
                Some(next) => command = next,
                None => break,
            }
        }
    }
    (!pen.out.is_empty()).then_some(pen.out)
}

/// The command for further numbers, if any follow: pairs after a move are lines.
pub(super) fn repeated(command: u8, scanner: &Scanner) -> Option<u8> {
    let goes_on = matches!(scanner.peek(), Some(b'0'..=b'9' | b'+' | b'-' | b'.'));
    goes_on.then_some(match command {
        b'm' => b'l',
        b'M' => b'L',
        other => other,
    })
}

/// The current point of the path, exactly and as written.
#[derive(Default)]
struct Pen {
    out: String,
    decimals: usize,
    at: Point,
    start: Point,
    written: Point,
    written_start: Point,
}

impl Pen {
    /// Copies the numbers of one segment.
    fn segment(&mut self, command: u8, scanner: &mut Scanner) -> Option<()> {
        let relative = command.is_ascii_lowercase();
        let from = if relative { self.at } else { [0.0; 2] };
        let base = if relative { self.written } else { [0.0; 2] };
        let (mut end, mut drawn) = (self.at, self.written);
        match command.to_ascii_lowercase() {
            b'h' => (end[0], drawn[0]) = self.coordinate(scanner, from[0], base[0])?,
            b'v' => (end[1], drawn[1]) = self.coordinate(scanner, from[1], base[1])?,
            b'm' | b'l' | b't' => (end, drawn) = self.point(scanner, from, base)?,
            b's' | b'q' => {
                self.point(scanner, from, base)?;
                (end, drawn) = self.point(scanner, from, base)?;
            }
            b'c' => {
                self.point(scanner, from, base)?;
                self.point(scanner, from, base)?;
                (end, drawn) = self.point(scanner, from, base)?;
            }
            b'a' => {
                for _ in 0..3 {
                    self.coordinate(scanner, 0.0, 0.0)?;
                }
                for _ in 0..2 {
                    let flag = if scanner.flag()? { "1" } else { "0" };
                    append(&mut self.out, flag);
                }
                (end, drawn) = self.point(scanner, from, base)?;
            }
            _ => return None,
        }
        (self.at, self.written) = (end, drawn);
        if command.eq_ignore_ascii_case(&b'm') {
            (self.start, self.written_start) = (end, drawn);
        }
        Some(())
    }

    fn point(&mut self, scanner: &mut Scanner, from: Point, base: Point) -> Option<(Point, Point)> {
        let (x, drawn_x) = self.coordinate(scanner, from[0], base[0])?;
        let (y, drawn_y) = self.coordinate(scanner, from[1], base[1])?;
        Some(([x, y], [drawn_x, drawn_y]))
    }

    /// Reads a coordinate relative to `from` and writes it relative to `base`; returns the point,
    /// exactly and as written.
    fn coordinate(&mut self, scanner: &mut Scanner, from: f64, base: f64) -> Option<(f64, f64)> {
        let exact = from + scanner.number()?;
        let (step, text) = rounded_number(exact - base, self.decimals)?;
        append(&mut self.out, &text);
        Some((exact, base + step))
    }

    fn close(&mut self) {
        (self.at, self.written) = (self.start, self.written_start);
    }
}
