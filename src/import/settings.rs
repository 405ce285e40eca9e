//! Topics of imported documents in `docsite.toml`.
//!
//! Not here: what the settings mean (`model::settings`).

use crate::disk;
use crate::edit::FileChange;
use crate::model::settings::{FILE, reading};

use super::asked::NewSite;
use super::facts;
use super::imported::Topic;
use super::left::Left;
use super::work::{Work, root_name};
use super::written::new_file;

/// The settings with these topics too; `None` if they are in a form to which none can be added.
fn with_topics(text: &str, topics: &[Topic]) -> Option<String> {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let mut new = text.trim_end().to_owned() + "\n";
    for topic in topics {
        let (prefix, name) = (quoted(&topic.prefix), quoted(&topic.name));
        new.push_str(&format!(
            "\n[[topics]]\nprefix = {prefix}\nname = {name}\ndescription = \"\"\n"
        ));
    }
    let settings = reading::parse(&new).ok()?;
    let is_there = |topic: &Topic| settings.topic(&topic.prefix).is_some();
    topics.iter().all(is_there).then_some(new)
}

/// The change of `docsite.toml`.
pub(super) fn change(
    work: &mut Work<'_>,
    site: Option<&NewSite<'_>>,
    topics: &[Topic],
) -> Option<FileChange> {
    let before = disk::read(&work.site.root.join(FILE)).ok().flatten();
    let text = match (&before, site) {
        (Some(before), _) => String::from_utf8_lossy(before).into_owned(),
        (None, Some(new)) => head(work, (new.head)(work.language)),
        (None, None) => String::new(),
    };
    let new: Vec<Topic> = topics
        .iter()
        .filter(|topic| topic.is_new)
        .map(|topic| Topic {
            prefix: topic.prefix.clone(),
            name: topic.name.clone(),
            ..*topic
        })
        .collect();
    // Where no topics are listed, a list of some would make the others unknown.
    if new.is_empty() || (site.is_none() && work.site.settings.topics.is_empty()) {
        return None;
    }
    let Some(after) = with_topics(&text, &new) else {
        let why = "a topic to add to docsite.toml by hand";
        work.left.extend(
            new.into_iter()
                .map(|topic| Left::new(FILE, None, why, topic.prefix)),
        );
        return None;
    };
    let mut file = new_file(FILE.to_owned(), after.into_bytes(), "topics");
    file.from = before.is_some().then(|| FILE.to_owned());
    file.before = before.unwrap_or_default();
    Some(file)
}

/// The beginning of a new site's settings, with its title and what its wikilinks are.
fn head(work: &Work<'_>, head: &str) -> String {
    let (_, name) = root_name(&work.folder.root);
    let title = toml::Value::from(facts::readable(&name)).to_string();
    let lines = head.lines().map(|line| {
        if line.starts_with("title = ") {
            format!("title = {title}\n")
        } else {
            format!("{line}\n")
        }
    });
    let mut text: String = lines.collect();
    if work.has_wikilinks {
        text.push_str("wikilinks = \"link\"\n");
    }
    text
}
