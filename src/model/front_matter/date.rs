//! Parses dates as people write them: `2024-01-25`, `2024/1/25`, `2024년 1월 25일`, `Jan 25, 2024`.
//!
//! A time after the day is allowed, and dropped. Not here: formats in which day and month could be
//! confused (`01/02/2024`); those are rejected, with the unambiguous form as a suggestion if there
//! is only one.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const SECONDS_A_DAY: i64 = 86_400;

/// The day as `YYYY-MM-DD`.
///
/// # Errors
///
/// If it is not a day of the calendar; with the day that was probably meant, if there is one.
pub fn read(written: &str) -> Result<String, Option<String>> {
    let written = written.trim();
    if let Some((day, rest)) = year_first(written).or_else(|| compact(written)) {
        return if is_time(rest) { day.valid() } else { None }.ok_or(None);
    }
    if let Some(day) = named_month(written) {
        return day.valid().ok_or(None);
    }
    Err(epoch(written).or_else(|| year_last(written)))
}

#[derive(Debug, Clone, Copy)]
struct Civil {
    year: u32,
    month: u32,
    day: u32,
}

impl Civil {
    fn valid(self) -> Option<String> {
        let Self { year, month, day } = self;
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1..=last).contains(&day) && year > 0).then(|| format!("{year:04}-{month:02}-{day:02}"))
    }
}

/// A number with this many digits, and the text after it.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(u32, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    if !digits.contains(&end) {
        return None;
    }
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// `2024-1-25`, `2024/01/25`, `2024. 1. 25.`, `2024년 1월 25일`, and the text after it.
fn year_first(text: &str) -> Option<(Civil, &str)> {
    let (year, rest) = number(text, 4..=4)?;
    let rest = separated(rest, '년')?;
    let (month, rest) = number(rest, 1..=2)?;
    let rest = separated(rest, '월')?;
    let (day, rest) = number(rest, 1..=2)?;
    let rest = rest.strip_prefix(['일', '.']).unwrap_or(rest);
    Some((Civil { year, month, day }, rest))
}

fn separated(text: &str, word: char) -> Option<&str> {
    let rest = text.trim_start();
    let after = rest.strip_prefix(['-', '/', '.', word])?;
    Some(after.trim_start())
}

/// `20240125`, and the text after it.
fn compact(text: &str) -> Option<(Civil, &str)> {
    let (all, rest) = number(text, 8..=8)?;
    let day = Civil {
        year: all / 10_000,
        month: all / 100 % 100,
        day: all % 100,
    };
    Some((day, rest))
}

/// Whether the text after a day is allowed: nothing, a time, a weekday.
fn is_time(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some('T' | 't') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_whitespace() || matches!(c, '(' | ','),
    }
}

/// `Jan 25, 2024`, `25 January 2024`, `Thu Jan 25 2024 10:00:00 GMT+0900`.
fn named_month(text: &str) -> Option<Civil> {
    let mut month = None;
    let mut day = None;
    let mut year = None;
    for word in text.split([' ', ',', '-', '/', '\t']) {
        let word = word.trim_end_matches('.');
        if let Some(found) = named(&MONTHS, word) {
            month = month.or(Some(found));
        } else if let Some((number, rest)) = number(word, 1..=2)
            && matches!(rest, "" | "st" | "nd" | "rd" | "th")
        {
            day = day.or(Some(number));
        } else if let Some((number, "")) = number(word, 4..=4) {
            year = year.or(Some(number));
        }
        let begins = month.is_some() || day.is_some() || named(&WEEKDAYS, word).is_some();
        if !begins && !word.is_empty() {
            return None;
        }
    }
    Some(Civil {
        year: year?,
        month: month?,
        day: day?,
    })
}

/// The number, from 1, of a month's or weekday's name, which may be shortened to three letters.
fn named(names: &[&str], word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let at = names
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(&word))?;
    u32::try_from(at + 1).ok()
}

/// The day of a timestamp in seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<String> {
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    from_days(seconds.div_euclid(SECONDS_A_DAY)).valid()
}

/// The civil date of a number of days since 1970-01-01 (Howard Hinnant's algorithm).
fn from_days(days: i64) -> Civil {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let part = |number: i64| u32::try_from(number).unwrap_or_default();
    Civil {
        year: part(year_of_era + era * 400 + i64::from(month <= 2)),
        month: part(month),
        day: part(of_year - (153 * shifted_month + 2) / 5 + 1),
    }
}

/// A time, in seconds since 1970: `2024-01-25T10:00:00Z`.
pub fn moment(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or_default();
    let day = from_days(seconds.div_euclid(SECONDS_A_DAY)).valid();
    let of_day = seconds.rem_euclid(SECONDS_A_DAY);
    let (hours, minutes) = (of_day / 3600, of_day / 60 % 60);
    let day = day.unwrap_or_default();
    format!("{day}T{hours:02}:{minutes:02}:{:02}Z", of_day % 60)
}

/// `25/1/2024`, if only one of the two numbers can be the month.
fn year_last(text: &str) -> Option<String> {
    let (one, rest) = number(text, 1..=2)?;
    let (other, rest) = number(separated(rest, '-')?, 1..=2)?;
    let (year, rest) = number(separated(rest, '-')?, 4..=4)?;
    let of = |month, day| Civil { year, month, day }.valid();
    match (of(one, other), of(other, one)) {
        _ if !is_time(rest) => None,
        (Some(day), None) | (None, Some(day)) => Some(day),
        (Some(day), Some(same)) if day == same => Some(day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_spellings_are_read() {
        for written in [
            "2024-01-25",
            "2024-1-25",
            "2024/01/25",
            "2024/1/25",
            "2024.01.25",
            "2024.1.25",
            "2024. 1. 25.",
            "2024년 1월 25일",
            "2024년1월25일",
            "20240125",
            "2024-01-25T10:00:00+09:00",
            "2024-01-25T10:00:00Z",
            "2024-01-25 10:00",
            "2024/01/25 10:00:00",
            "2024-01-25 (목)",
            "2024-01-25, 10:00 AM",
            "Jan 25 2024",
            "Jan 25, 2024",
            "Jan. 25, 2024",
            "January 25th, 2024",
            "25 Jan 2024",
            "25-Jan-2024",
            "25 january 2024",
            "Thu, 25 Jan 2024 10:00:00 +0900",
            "Thu Jan 25 2024 10:00:00 GMT+0900",
            "Thursday, January 25, 2024",
            "Thu Jan 25 10:00:00 KST 2024",
        ] {
            assert_eq!(read(written).as_deref(), Ok("2024-01-25"), "{written}");
        }
    }

    #[test]
    fn what_is_not_a_day_is_refused() {
        for written in [
            "2024-02-30",
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-01-00",
            "20241301",
            "2024-01",
            "2024",
            "Jan 2024",
            "Feb 30 2024",
            "어제",
            "soon",
            "01/02/2024",
            "24-01-25",
            "2024-01-255",
            "2024-01-25-x",
            "{{date}}",
            "1.5",
            "-1",
            "99999999999999999999",
        ] {
            assert_eq!(read(written), Err(None), "{written}");
        }
    }

    #[test]
    fn a_time_is_written_as_programs_read_it() {
        assert_eq!(moment(0), "1970-01-01T00:00:00Z");
        assert_eq!(moment(1_709_251_199), "2024-02-29T23:59:59Z");
    }

    #[test]
    fn a_number_or_a_day_with_the_year_last_is_refused_with_what_it_means() {
        for (written, meant) in [
            ("1653409628830", "2022-05-24"),
            ("1653409628", "2022-05-24"),
            ("25/01/2024", "2024-01-25"),
            ("01/25/2024", "2024-01-25"),
            ("25.1.2024", "2024-01-25"),
        ] {
            assert_eq!(read(written), Err(Some(meant.to_owned())), "{written}");
        }
    }
}
