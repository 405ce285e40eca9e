//! Diagrams' slots and the changes to them, as lines of text.
//!
//! Not here: printing, and the JSON format.

use crate::outcome::diagrams::{Lifted, SlotChange, SlotEntry, SlotList, SlotState};

use super::terminal::{column, padded, plain};

/// One line for each slot, then the counts.
pub(super) fn table(list: &SlotList) -> Vec<String> {
    let name = |slot: &SlotEntry| match &slot.basename {
        Some(name) => format!("{name} {}", slot.slot),
        None => slot.file.clone(),
    };
    let width = column(list.slots.iter().map(name));
    let line = |slot: &SlotEntry| {
        let name = padded(&name(slot), width);
        let about = [
            slot.language.clone(),
            size(slot),
            slot.caption.as_ref().map(|caption| format!("“{caption}”")),
            why(slot),
        ];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let line = format!("{name}  {:<8}  {}", slot.state.word(), about.join("  "));
        plain(line.trim_end())
    };
    let mut lines: Vec<String> = list.slots.iter().map(line).collect();
    lines.push(summary(list));
    lines
}

pub(super) fn facts(list: &SlotList) -> Vec<String> {
    let Some(slot) = list.slots.first() else {
        return Vec::new();
    };
    let place = slot.basename.as_ref().zip(slot.line);
    let place = place.map(|(name, line)| format!("markdown/{name}.md:{line}"));
    let hand = matches!(slot.state, SlotState::ByHand | SlotState::Outdated);
    let file = if hand {
        slot.file.clone()
    } else {
        format!("{}  (not there)", slot.file)
    };
    [
        ("slot", Some(slot.slot.clone())),
        ("state", Some(slot.state.word().to_owned())),
        ("why", why(slot)),
        ("diagram", place),
        ("language", slot.language.clone()),
        ("caption", slot.caption.clone()),
        ("size", size(slot)),
        ("picture", Some(file)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(plain(&format!("{name:<9} {}", value?))))
    .collect()
}

fn size(slot: &SlotEntry) -> Option<String> {
    let (width, height) = slot.width.zip(slot.height)?;
    let bytes = slot.bytes?;
    Some(format!("{width:.0}×{height:.0}  {}", kilobytes(bytes)))
}

fn kilobytes(bytes: usize) -> String {
    if bytes < 1_000 {
        format!("{bytes} B")
    } else {
        format!("{} kB", bytes.div_ceil(1_000))
    }
}

fn why(slot: &SlotEntry) -> Option<String> {
    let why = slot.why.as_ref()?;
    Some(match slot.why_line {
        Some(line) => format!("line {line}: {why}"),
        None => why.clone(),
    })
}

fn summary(list: &SlotList) -> String {
    let count = |state| list.slots.iter().filter(|slot| slot.state == state).count();
    let counts = SlotState::ALL.map(|state| (count(state), state.word()));
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    match list.slots.len() {
        0 => "no diagrams".to_owned(),
        1 => format!("1 diagram: {}", counts.join(", ")),
        many => format!("{many} diagrams: {}", counts.join(", ")),
    }
}

/// A picture that was stored or removed.
pub(super) fn change(change: &SlotChange) -> Vec<String> {
    let verb = if change.stored { "stored" } else { "removed" };
    let mut lines: Vec<String> = Vec::new();
    if let Some(kept) = &change.set_aside {
        lines.push(format!("set aside {kept}  (the picture before)"));
    }
    lines.push(format!("{verb:<9} {}", change.file));
    lines.extend(taken_out(&change.removed));
    lines.extend(change.unseen.clone());
    lines.iter().map(|line| plain(line)).collect()
}

fn taken_out(removed: &[String]) -> Option<String> {
    let list = removed.join(", ");
    (!removed.is_empty()).then(|| format!("removed   {list}"))
}

/// What happened, or would happen, to a page.
pub(super) fn lifted(page: &Lifted, dry: bool) -> Vec<String> {
    if let Some(why) = &page.refused {
        return vec![plain(&format!("skipped   {}  ({why})", page.name))];
    }
    let mut lines = Vec::new();
    if page.is_ready() {
        let verb = if dry { "lift" } else { "lifted" };
        lines.push(format!("{verb:<9} {}", page.name));
    } else {
        lines.push(format!(
            "kept      {}  (written by hand beside its pictures; it would be lost)",
            page.name
        ));
        lines.extend(page.edits.iter().map(|line| format!("  {line}")));
        lines.push("  move it into the document, or discard it: --discard-hand-edits".to_owned());
    }
    for picture in &page.pictures {
        let place = format!("slot {}: {}", picture.slot, picture.placed_by);
        lines.push(format!("  picture {}  ({place})", picture.file));
        lines.extend(taken_out(&picture.removed).map(|line| format!("    {line}")));
    }
    if page.is_ready() {
        lines.extend(page.diff.iter().cloned());
    }
    lines.iter().map(|line| plain(line)).collect()
}
