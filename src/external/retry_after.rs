//! `Retry-After`: how long a server asks clients to wait.
//!
//! Not here: whether docsite waits (`visit`).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Parses a number of seconds, or a date.
pub(super) fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = UNIX_EPOCH + Duration::from_secs(date(value)?);
    Some(then.duration_since(now).unwrap_or_default())
}

/// Seconds from 1970 to `Sun, 06 Nov 1994 08:49:37 GMT`. Servers must not send the two older forms.
fn date(text: &str) -> Option<u64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, rest) = text.split_once(", ")?;
    let words: Vec<&str> = rest.split(' ').collect();
    let [day, month, year, time, "GMT"] = words[..] else {
        return None;
    };
    let month = MONTHS
        .find(month)
        .filter(|at| at % 3 == 0 && month.len() == 3)?
        / 3;
    let clock: Vec<u64> = time
        .split(':')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [hours, minutes, seconds] = clock[..] else {
        return None;
    };
    let days = days(
        year.parse().ok()?,
        u64::try_from(month).ok()?,
        day.parse().ok()?,
    )?;
    let in_range = hours < 24 && minutes < 60 && seconds <= 60;
    in_range.then_some(days * 86400 + hours * 3600 + minutes * 60 + seconds)
}

/// Days from 1970 to a date whose month counts from 0. Years that begin in March end with the leap day.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1970..10_000).contains(&year) || !(1..=31).contains(&day) {
        return None;
    }
    let year = year - u64::from(month < 2);
    let since_march = (month + 10) % 12;
    let in_year = (153 * since_march + 2) / 5 + day - 1;
    (year * 365 + year / 4 - year / 100 + year / 400 + in_year).checked_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777 - 10);
        let parse = |text| parse(text, now).map(|wait| wait.as_secs());
        assert_eq!(parse(" 120 "), Some(120));
        assert_eq!(parse("Sun, 06 Nov 1994 08:49:37 GMT"), Some(10));
        assert_eq!(parse("Sat, 05 Nov 1994 08:49:37 GMT"), Some(0));
        assert_eq!(
            parse("Thu, 29 Feb 1996 00:00:00 GMT"),
            Some(825_552_000 - 784_111_767)
        );
        for wrong in [
            "",
            "-1",
            "soon",
            "Sun, 06 anF 1994 08:49:37 GMT",
            "Sun, 06 Nov 99999999999 08:49:37 GMT",
            "Sun, 99 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 99:49:37 GMT",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
