//! Prints what a command changes in the sources: each file with why, what else there is to know, and
//! the changes of a plan as a unified diff.

use anyhow::Result;
use serde_json::json;
use similar::TextDiff;

use crate::edit::{FileChange, Note, Plan};
use crate::outcome::edit::Edited;

use super::Report;
use super::count::files;
use super::terminal::{one_line, plain};

/// A longer list is counted, not printed.
const LONG: usize = 40;

impl Report {
    /// What was done; or what would be, with all changes.
    pub fn edited(&mut self, edited: &Edited) {
        let is_done = edited.done.is_some();
        self.plan(&edited.plan, is_done);
        let Some(done) = &edited.done else {
            for file in &edited.plan.files {
                self.say(diff(file).trim_end().to_owned());
            }
            if !edited.plan.is_empty() {
                self.say("nothing was changed: a dry run".to_owned());
            }
            return;
        };
        if let Some(first) = done.set_aside.first() {
            let folder: String = first.split_inclusive('/').take(2).collect();
            let count = files(done.set_aside.len());
            self.say(format!("old bytes of {count} set aside in {folder}"));
        }
        if let Some(build) = &done.build {
            self.build_after_edit(build);
        }
    }

    /// The same for programs.
    ///
    /// # Errors
    ///
    /// If it cannot be written as JSON.
    pub fn edited_json(&mut self, edited: &Edited) -> Result<()> {
        let file = |file: &FileChange| {
            json!({
                "from": file.from, "to": file.to, "why": file.why, "diff": diff(file),
            })
        };
        let note = |note: &Note| json!({ "path": note.path, "line": note.line, "text": note.text });
        let set_aside = edited.done.as_ref().map(|done| &done.set_aside);
        let value = json!({
            "done": edited.done.is_some(),
            "files": edited.plan.files.iter().map(file).collect::<Vec<_>>(),
            "notes": edited.plan.notes.iter().map(note).collect::<Vec<_>>(),
            "set_aside": set_aside,
        });
        self.text(&serde_json::to_string_pretty(&value)?);
        if let Some(build) = edited.done.as_ref().and_then(|done| done.build.as_ref()) {
            self.problems(&build.findings);
        }
        Ok(())
    }

    /// The files of a plan, and its notes. `is_done`: they are changed by now.
    pub fn plan(&self, plan: &Plan, is_done: bool) {
        let lines: Vec<String> = plan.files.iter().map(|file| line(file, is_done)).collect();
        let more = lines.len().saturating_sub(LONG);
        for line in lines.into_iter().take(LONG) {
            self.say(line);
        }
        if more > 0 {
            self.say(format!("and {} more", files(more)));
        }
        if plan.is_empty() {
            self.say("nothing to change".to_owned());
        }
        for note in &plan.notes {
            let line = note.line.map(|line| format!(":{line}"));
            let place = one_line(&note.path) + &line.unwrap_or_default();
            self.say(format!("note      {place}: {}", plain(&note.text)));
        }
    }

    /// Asks whether a plan is to be carried out; `None` where there is nobody to ask.
    pub fn agrees(&self, question: &str) -> Option<bool> {
        self.streams.ask(question)
    }
}

fn line(file: &FileChange, is_done: bool) -> String {
    let tense = |done: &'static str, plan: &'static str| if is_done { done } else { plan };
    let (verb, path) = match (&file.from, &file.to) {
        (Some(from), Some(to)) if from == to => (tense("changed", "change"), plain(to)),
        (Some(from), Some(to)) => {
            let path = format!("{} -> {}", plain(from), plain(to));
            (tense("moved", "move"), path)
        }
        (None, Some(to)) => (tense("written", "write"), plain(to)),
        (from, None) => (
            tense("removed", "remove"),
            plain(from.as_deref().unwrap_or_default()),
        ),
    };
    if file.why.is_empty() {
        return format!("{verb:<9} {path}");
    }
    format!("{verb:<9} {path}  ({})", plain(&file.why.join(", ")))
}

/// The change of a file as a unified diff, with the lines of git for one that moves.
fn diff(file: &FileChange) -> String {
    let name = |prefix: &str, path: Option<&String>| {
        path.map_or("/dev/null".to_owned(), |path| format!("{prefix}/{path}"))
    };
    let mut out = String::new();
    if let (Some(from), Some(to)) = (&file.from, &file.to)
        && from != to
    {
        out.push_str(&format!("rename from {from}\nrename to {to}\n"));
    }
    let after: &[u8] = if file.to.is_some() { &file.after } else { b"" };
    if file.before == after {
        return out;
    }
    let (Ok(before), Ok(after)) = (str::from_utf8(&file.before), str::from_utf8(after)) else {
        return out + "binary files differ\n";
    };
    let diff = TextDiff::from_lines(before, after);
    let (from, to) = (name("a", file.from.as_ref()), name("b", file.to.as_ref()));
    out + &diff.unified_diff().header(&from, &to).to_string()
}
