//! Compressed files beside exported text, for servers that send those: gzip and brotli.
//!
//! Not here: which files take their places (`plan`).

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use std::io::Write;

use crate::fingerprint::Fingerprint;
use crate::pipeline::attachments::is_text;
use crate::pipeline::packed::ENCODINGS;
use crate::pipeline::site::Site;
use crate::progress::Stage;

use super::plan::{Content, Plan, Source, Step, bytes};

/// In bytes. A shorter file is sent in one packet anyway.
const SHORTEST: usize = 1024;
/// The best that takes less than the best at all, in which a page takes ten times as long.
const BROTLI_QUALITY: i32 = 9;
const BROTLI_WINDOW: i32 = 22;

/// Adds a compressed file for each text that becomes smaller. One that is there, and was made from the
/// same bytes, is not made again.
///
/// # Errors
///
/// If a file cannot be read.
pub(super) fn add(plan: &mut Plan<'_>, site: &Site) -> Result<()> {
    let counting = site.progress.begin(Stage::Pack, plan.sources.len());
    let sources: Vec<(&String, &Source)> = plan.sources.iter().collect();
    let made = sources
        .into_par_iter()
        .map(|(path, source)| of_file(plan, path, source))
        .inspect(|_| counting.item());
    let made: Vec<Vec<(String, Step, Fingerprint)>> = made.collect::<Result<_>>()?;
    drop(counting);
    for (path, step, source) in made.into_iter().flatten() {
        plan.compressed.insert(path.clone(), source);
        plan.steps.insert(path, step);
    }
    Ok(())
}

fn of_file(
    plan: &Plan<'_>,
    path: &str,
    source: &Source,
) -> Result<Vec<(String, Step, Fingerprint)>> {
    let mut text = None;
    let mut made = Vec::new();
    for (_, ending) in ENCODINGS {
        let path = format!("{path}.{ending}");
        // Somebody's own is published.
        if plan.steps.contains_key(&path) {
            continue;
        }
        let found = plan.look(&path);
        let is_current = plan.record.compressed.get(&path) == Some(&source.print);
        if is_current && let Some(print) = plan.own_print(&path, &found) {
            made.push((path, Step::Fresh(print), source.print));
            continue;
        }
        let text = match &text {
            Some(text) => text,
            None => text.insert(bytes(&source.file)?),
        };
        if text.len() < SHORTEST || !is_text(text) {
            break;
        }
        let bytes = compressed(text, ending).with_context(|| path.clone())?;
        if bytes.len() < text.len() {
            let print = Fingerprint::of(&bytes);
            let step = plan.step(&path, Content::Made(bytes), print, &found);
            made.push((path, step, source.print));
        }
    }
    Ok(made)
}

/// In the form that the ending says; the same bytes for the same text.
fn compressed(text: &[u8], ending: &str) -> std::io::Result<Vec<u8>> {
    match ending {
        "gz" => {
            let mut gzip = GzBuilder::new().write(Vec::new(), Compression::best());
            gzip.write_all(text)?;
            gzip.finish()
        }
        _ => {
            let mut bytes = Vec::new();
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                lgwin: BROTLI_WINDOW,
                size_hint: text.len(),
                ..Default::default()
            };
            brotli::BrotliCompress(&mut &*text, &mut bytes, &parameters)?;
            Ok(bytes)
        }
    }
}
