//! Numbers in attributes: reads them one by one, and writes them with few decimals.
//!
//! Not here: which attributes have numbers (`round`), and units other than pixels.

/// Numbers with a larger absolute value have no meaningful digits after the point.
const MOST: f64 = 1e9;

/// A number with at most this many decimals.
pub(super) fn rounded(number: f64, decimals: usize) -> Option<String> {
    if !number.is_finite() || number.abs() > MOST {
        return None;
    }
    let text = format!("{number:.decimals$}");
    let text = match text.split_once('.') {
        Some(_) => text.trim_end_matches('0').trim_end_matches('.'),
        None => &text,
    };
    Some(if text == "-0" { "0" } else { text }.to_owned())
}

/// Appends a number to a path, in which a minus sign separates it from the last one.
pub(super) fn append(out: &mut String, number: &str) {
    if out.ends_with(|c: char| c.is_ascii_digit()) && !number.starts_with('-') {
        out.push(' ');
    }
    out.push_str(number);
}

/// Reads numbers in SVG's grammar: separated by blanks, a comma, a sign, or a second point.
pub(super) struct Scanner<'a> {
    rest: &'a [u8],
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut scanner = Self {
            rest: text.as_bytes(),
        };
        scanner.skip_blanks();
        scanner
    }

    pub(super) fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte, not consumed.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Consumes the next byte and the blanks after it.
    pub(super) fn take(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        self.skip_blanks();
        Some(*first)
    }

    /// Consumes a number and its separator.
    pub(super) fn number(&mut self) -> Option<f64> {
        let length = self.length()?;
        let (number, rest) = self.rest.split_at_checked(length)?;
        let number: f64 = std::str::from_utf8(number).ok()?.parse().ok()?;
        self.rest = rest;
        self.skip_separator();
        number.is_finite().then_some(number)
    }

    /// Consumes a flag of an arc, which needs no separator after it.
    pub(super) fn flag(&mut self) -> Option<bool> {
        let flag = match self.peek()? {
            b'0' => false,
            b'1' => true,
            _ => return None,
        };
        self.rest = self.rest.get(1..)?;
        self.skip_separator();
        Some(flag)
    }

    /// The length of the number here, in bytes.
    fn length(&self) -> Option<usize> {
        let at = |index: usize| self.rest.get(index).copied();
        let digits = |mut index: usize| {
            while at(index).is_some_and(|b| b.is_ascii_digit()) {
                index += 1;
            }
            index
        };
        let start = usize::from(matches!(at(0), Some(b'+' | b'-')));
        let whole = digits(start);
        let mut end = whole;
        let mut any = whole > start;
        if at(end) == Some(b'.') {
            let fraction = digits(end + 1);
            any |= fraction > end + 1;
            end = fraction;
        }
        if matches!(at(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(at(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end + 1 + sign);
            if exponent > end + 1 + sign {
                end = exponent;
            }
        }
        any.then_some(end)
    }

    fn skip_blanks(&mut self) {
        while let Some((b' ' | b'\t' | b'\n' | b'\r' | b'\x0c', rest)) = self.rest.split_first() {
            self.rest = rest;
        }
    }

    fn skip_separator(&mut self) {
        self.skip_blanks();
        if self.peek() == Some(b',') {
            // A number must follow a comma; a value with a comma at its end is invalid.
            if let Some(rest) = self.rest.get(1..).filter(|rest| !rest.is_empty()) {
                self.rest = rest;
                self.skip_blanks();
            }
        }
    }
}
