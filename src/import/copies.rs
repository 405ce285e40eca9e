//! Pictures and other files that notes link to: where each is copied to in `attachment/`.
//!
//! Not here: links to them (`links`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use crate::disk::{self, Kind};

use super::folder::Folder;
use super::left::Left;
use super::words::{file_name, folded, parts, shortened};

/// The folder of copied files.
pub(super) const ATTACHMENT: &str = "attachment";
/// In bytes: all files together, since they are written as one.
const MOST: u64 = 2 << 30;

/// A file that is copied.
#[derive(Debug, Clone)]
pub(super) struct Copy {
    /// In the imported folder.
    pub(super) from: String,
    /// In the site.
    pub(super) to: String,
    pub(super) bytes: Vec<u8>,
    /// Whether the site has it already, with these bytes.
    pub(super) is_there: bool,
}

/// Reads files that are to be copied: each with the folder that it is copied to.
pub(super) fn read(
    folder: &Folder,
    site: &Path,
    wanted: &BTreeMap<String, String>,
    left: &mut Vec<Left>,
) -> Vec<Copy> {
    let sizes = wanted
        .keys()
        .map(|path| folder.files.get(path).copied().unwrap_or_default());
    let mut total = 0;
    let fits: Vec<bool> = sizes
        .map(|size| {
            let fits = total + size <= MOST;
            total += if fits { size } else { 0 };
            fits
        })
        .collect();
    let read: Vec<_> = wanted.keys().collect();
    let read = read.into_par_iter().zip(fits).map(|(path, fits)| {
        if !fits {
            return Err((
                path,
                format!("all files together have more than {} GiB", MOST >> 30),
            ));
        }
        match disk::read(&folder.root.join(path)) {
            Ok(Some(bytes)) => Ok((path, bytes)),
            Ok(None) => Err((path, "is gone".to_owned())),
            Err(error) => Err((path, format!("{:#}", error.root_cause()))),
        }
    });
    let read: Vec<_> = read.collect();
    let mut taken = BTreeSet::new();
    let mut copies = Vec::new();
    for found in read {
        match found {
            Ok((path, bytes)) => {
                let (to, is_there) = place(site, path, &wanted[path], &bytes, &mut taken);
                copies.push(Copy {
                    from: path.clone(),
                    to,
                    bytes,
                    is_there,
                });
            }
            Err((path, what)) => left.push(Left::new(
                path,
                None,
                "a linked file that is not copied",
                what,
            )),
        }
    }
    copies
}

/// A path that is free in the site, or has the same bytes; and whether it has.
fn place(
    site: &Path,
    path: &str,
    target: &str,
    bytes: &[u8],
    taken: &mut BTreeSet<String>,
) -> (String, bool) {
    let (folder, name) = parts(path);
    let name = file_name(name);
    let (stem, ending) = name
        .rsplit_once('.')
        .map_or((name.as_str(), String::new()), |(stem, ending)| {
            (stem, format!(".{ending}"))
        });
    let (_, parent) = parts(folder);
    let with_parent = format!("{}-{stem}{ending}", shortened(&file_name(parent), 40));
    let numbered = (2_u32..).map(|number| format!("{stem}-{number}{ending}"));
    for name in [name.clone(), with_parent].into_iter().chain(numbered) {
        let to = format!("{target}/{name}");
        if taken.contains(&folded(&to)) {
            continue;
        }
        let there = site.join(&to);
        let is_there = match disk::kind(&there) {
            Ok(Kind::Absent) => false,
            Ok(Kind::File) if disk::read(&there).ok().flatten().as_deref() == Some(bytes) => true,
            _ => continue,
        };
        taken.insert(folded(&to));
        return (to, is_there);
    }
    // The numbers do not end.
    (format!("{target}/{name}"), false)
}
