//! A usage error in the form of every other problem: what is wrong, and what to write instead. clap
//! prints the same in paragraphs.
//!
//! Not here: help and version, which clap prints.

/// A problem in clap's words, and what to write instead.
pub(super) fn problem(worded: &str) -> (String, String) {
    let mut message = String::new();
    let mut help = "try '--help'".to_owned();
    for paragraph in worded.trim().split("\n\n") {
        let line = one_line(paragraph);
        if let Some(what) = line.strip_prefix("error: ") {
            message.push_str(what);
        } else if let Some(tip) = line.strip_prefix("tip: ") {
            message.push_str("; ");
            message.push_str(tip);
        } else if paragraph.starts_with("Usage: ") {
            let usage = paragraph.lines().next().unwrap_or_default();
            usage.trim_start_matches("Usage: ").clone_into(&mut help);
        }
    }
    (message, help)
}

fn one_line(paragraph: &str) -> String {
    let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_become_a_line_and_what_to_write() {
        let worded = "error: the following required arguments were not provided:\n  <SLOT>\n  \
                      <FILE>\n\nUsage: docsite diagrams put <BASENAME> <SLOT> <FILE>\n\nFor more \
                      information, try '--help'.\n";
        let (message, help) = problem(worded);
        assert_eq!(
            message,
            "the following required arguments were not provided: <SLOT> <FILE>"
        );
        assert_eq!(help, "docsite diagrams put <BASENAME> <SLOT> <FILE>");
    }

    #[test]
    fn a_tip_belongs_to_the_problem() {
        let worded = "error: unrecognized subcommand 'rebild'\n\n  tip: a similar subcommand \
                      exists: 'rebuild'\n\nFor more information, try '--help'.\n";
        let (message, help) = problem(worded);
        assert_eq!(
            message,
            "unrecognized subcommand 'rebild'; a similar subcommand exists: 'rebuild'"
        );
        assert_eq!(help, "try '--help'");
    }
}
