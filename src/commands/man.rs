//! `docsite man DIR`: writes the manual pages to a folder.
//!
//! Not here: their text, which is made from the command line's own description (`cli`).

use std::path::Path;

use anyhow::{Result, bail};

use crate::disk::{self, Named};

/// What every page has near its beginning.
const TITLE: &[u8] = b"\n.TH docsite";

/// Writes pages, by their file names. The folder is created if it does not exist.
///
/// # Errors
///
/// If a file of that name is not a manual page of docsite; then nothing is written. If one cannot be
/// written.
pub fn write(folder: &Path, pages: &[(String, Vec<u8>)]) -> Result<()> {
    disk::make_folder(folder)?;
    let open = |(name, bytes)| Ok((Named::open(&folder.join(name), is_page)?, bytes));
    let pages = pages.iter().map(|(name, bytes)| (name, bytes)).map(open);
    for (file, bytes) in pages.collect::<Result<Vec<_>>>()? {
        file.write(bytes)?;
    }
    Ok(())
}

fn is_page(bytes: &[u8]) -> Result<()> {
    if !bytes.windows(TITLE.len()).any(|part| part == TITLE) {
        bail!("it is not a manual page of docsite");
    }
    Ok(())
}
