//! Who owns a file of the output, decided from the file alone, and the permit without which none
//! is written.
//!
//! | the file | state |
//! |---|---|
//! | is absent | [`PageState::Absent`] |
//! | has a mark, and the hash holds | [`PageState::Generated`] |
//! | has a mark, and the hash fails | [`PageState::HandMade`] |
//! | has no mark, and a drawn `<svg>` | [`PageState::HandMade`] |
//! | has no mark and no `<svg>` | [`PageState::Unknown`] |
//! | is empty or all zero bytes | [`PageState::Damaged`] |
//! | cannot be read, is not UTF-8, is a link | [`PageState::Doubtful`] |
//!
//! Not here: whether a page needs to be written (`pipeline::plan`), and clocks: a file's times say
//! nothing.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use anyhow::Result;
use lol_html::{HtmlRewriter, Settings, element};
use serde::{Deserialize, Serialize};

use crate::disk::{self, Kind, Placed, Staged};
use crate::fingerprint::Fingerprint;
use crate::markdown::outline::{Link, LinkKind};
use crate::markdown::raw;
use crate::model::links::HandMade;
use crate::place::Locator;
use crate::svg_names::DRAWN_IN_PAGES;

use super::mark::{self, Mark};

/// Elements where a drawing should be: docsite's own, and those that other programs name so.
const PLACE: &str = "figure.dia:not(.letters), [class*=placeholder]";
/// Why a file of docsite that somebody changed is set aside.
const FOREIGN: &str = "not as docsite wrote it";

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageState {
    /// There is no file.
    Absent,
    /// docsite wrote it, and it is unchanged.
    Generated(Mark),
    /// A page by docsite that somebody changed (its mark is kept), or one by another program with a
    /// drawing.
    HandMade(Option<Mark>),
    /// By another program or a person, without a drawing.
    Unknown,
    /// Empty or all zero bytes, as after a power failure.
    Damaged,
    /// Something that docsite must not change, and why.
    Doubtful(String),
}

/// A file of the output, as it was found.
#[derive(Debug, Clone)]
pub struct Found {
    path: PathBuf,
    pub state: PageState,
    /// Whether it has a drawing.
    pub drawn: bool,
    /// In bytes.
    pub size: u64,
    /// Whether it has an empty place for a drawing; only known of a page with a drawing.
    pub undrawn: bool,
    /// Its links and ids; only of a page that docsite did not write, or that was changed.
    pub made: HandMade,
    print: Option<Fingerprint>,
}

/// What is known of a file of the output that was read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Hash of its bytes.
    pub print: Fingerprint,
    /// Of a file that docsite wrote, and nobody changed.
    mark: Option<Mark>,
}

impl Known {
    /// Of these bytes, whatever they are.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            print: Fingerprint::of(bytes),
            mark: mark::read(bytes).filter(|mark| mark.intact),
        }
    }

    pub fn copy(print: Fingerprint) -> Self {
        Self { print, mark: None }
    }
}

/// Which files of others the user allows docsite to replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// The default: docsite's own files are replaced, and missing ones written.
    Usual,
    /// `--adopt`: also files of unknown origin.
    Adopt,
    /// `--discard-hand-edits`, and `diagrams lift` after storing the pictures: also hand-made
    /// pages.
    Discard,
    /// The file belongs to docsite, or is a copy of a file of the site: anything is replaced, and
    /// set aside unless docsite wrote it.
    Own,
}

/// Permission to replace one file, once. Only [`Found::permit`] gives it.
#[derive(Debug)]
pub struct Permit {
    path: PathBuf,
    expected: Option<Fingerprint>,
    /// Why its bytes must be kept; `None` if docsite wrote them.
    set_aside: Option<&'static str>,
}

impl Found {
    /// A file that is assumed to be absent.
    pub fn absent(output: &Path, relative: &str) -> Self {
        Self {
            path: output.join(relative),
            state: PageState::Absent,
            drawn: false,
            size: 0,
            undrawn: false,
            made: HandMade::default(),
            print: None,
        }
    }

    /// What `look` finds in a file of `size` bytes; `None` if it must be read for that.
    pub fn known_page(output: &Path, relative: &str, known: Known, size: u64) -> Option<Self> {
        let state = PageState::Generated(known.mark?);
        Some(Self {
            state,
            ..Self::known_copy(output, relative, known, size)
        })
    }

    /// What `look_at_copy` finds in a file of `size` bytes.
    pub fn known_copy(output: &Path, relative: &str, known: Known, size: u64) -> Self {
        Self {
            state: PageState::Unknown,
            size,
            print: Some(known.print),
            ..Self::absent(output, relative)
        }
    }

    /// What a later run needs, to find the same in an unchanged file.
    pub fn to_known(&self) -> Option<Known> {
        let mark = match self.state {
            PageState::Generated(mark) => Some(mark),
            _ => None,
        };
        self.print.map(|print| Known { print, mark })
    }

    /// Permission to replace this file; `None` if it must be kept, byte for byte.
    pub fn permit(&self, consent: Consent) -> Option<Permit> {
        let set_aside = match (&self.state, consent) {
            (PageState::Absent | PageState::Generated(_), _) => None,
            // Text or not, the bytes of a file can be kept.
            (PageState::Doubtful(_), Consent::Own) if self.is_binary() => Some(FOREIGN),
            (PageState::Damaged, _) => Some("damaged: empty, or only zero bytes"),
            (PageState::Unknown, Consent::Adopt) => Some("of unknown origin, and adopted"),
            (PageState::HandMade(_), Consent::Discard) => Some("hand-made, and discarded"),
            (PageState::Unknown | PageState::HandMade(_), Consent::Own) => Some(FOREIGN),
            _ => return None,
        };
        Some(Permit {
            path: self.path.clone(),
            expected: self.print,
            set_aside,
        })
    }

    /// Permission to replace a copy of another file: `written` is the hash of what docsite last
    /// wrote there, if known. Other bytes are set aside first.
    pub fn permit_copy(&self, written: Option<Fingerprint>) -> Option<Permit> {
        // In any encoding: a copy is identified by its hash alone.
        if self.print.is_none() && self.state != PageState::Absent {
            return None;
        }
        Some(Permit {
            path: self.path.clone(),
            expected: self.print,
            set_aside: (self.print.is_some() && self.print != written).then_some(FOREIGN),
        })
    }

    /// The same file after whatever blocks its path was removed.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self {
            state: PageState::Absent,
            drawn: false,
            size: 0,
            undrawn: false,
            made: HandMade::default(),
            print: None,
            path: self.path.clone(),
        }
    }

    /// The hash of its bytes; `None` if there is no file.
    pub fn print(&self) -> Option<Fingerprint> {
        self.print
    }

    /// Whether it was read, and is not text.
    pub fn is_binary(&self) -> bool {
        matches!(self.state, PageState::Doubtful(_)) && self.print.is_some()
    }

    /// The mark of a page that docsite wrote, even if it was changed.
    pub fn mark(&self) -> Option<Mark> {
        match self.state {
            PageState::Generated(mark) => Some(mark),
            PageState::HandMade(mark) => mark,
            _ => None,
        }
    }
}

impl Permit {
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Sets the old bytes aside if the permit requires it, and writes the new ones to a temporary
    /// file. Returns where the old bytes went, relative to the site.
    ///
    /// # Errors
    ///
    /// If either cannot be written; the file is then unchanged.
    pub fn prepare(self, site: &Path, bytes: &[u8]) -> Result<(Prepared, Option<String>)> {
        let kept = self.keep(site)?;
        let prepared = Prepared {
            staged: disk::stage(&self.path, bytes)?,
            expected: self.expected,
            known: Known::of(bytes),
        };
        Ok((prepared, kept))
    }

    /// Removes the file; sets its bytes aside first if the permit requires it. Returns where they
    /// went, relative to the site.
    ///
    /// # Errors
    ///
    /// If it cannot be set aside or removed.
    pub fn remove(self, site: &Path) -> Result<(Placed, Option<String>)> {
        let Some(print) = self.expected else {
            return Ok((Placed::Done, None));
        };
        let kept = self.keep(site)?;
        Ok((disk::remove(&self.path, print)?, kept))
    }

    fn keep(&self, site: &Path) -> Result<Option<String>> {
        let Some(why) = self.set_aside else {
            return Ok(None);
        };
        let Some(old) = disk::read_whole(&self.path)? else {
            return Ok(None);
        };
        let relative = self.path.strip_prefix(site).unwrap_or(&self.path);
        let relative = disk::slashed(relative);
        disk::set_aside(site, &relative, &old, why).map(Some)
    }
}

/// New bytes in a temporary file, ready to be moved into place.
#[derive(Debug)]
pub struct Prepared {
    staged: Staged,
    expected: Option<Fingerprint>,
    known: Known,
}

impl Prepared {
    /// To be synced with others.
    pub fn staged(&self) -> &Staged {
        &self.staged
    }

    /// The staged file, the hash of what it may replace, and what it is.
    pub fn into_parts(self) -> (Staged, Option<Fingerprint>, Known) {
        (self.staged, self.expected, self.known)
    }
}

/// Reads a file of the output, by its path relative to it.
///
/// If a folder of the path is a symbolic link, the file is doubtful: it is not the site's.
pub fn look(output: &Path, relative: &str) -> Found {
    match read(output, relative) {
        Ok(Some(bytes)) => {
            let (state, drawn) = judge(&bytes);
            let is_others = matches!(state, PageState::HandMade(_) | PageState::Unknown);
            let found = Found {
                state,
                drawn,
                ..whole(output, relative, &bytes)
            };
            if !is_others {
                return found;
            }
            Found {
                made: made(&bytes),
                undrawn: is_undrawn(&bytes).unwrap_or(false),
                ..found
            }
        }
        Ok(None) => Found::absent(output, relative),
        Err(state) => Found {
            state,
            ..Found::absent(output, relative)
        },
    }
}

/// The ids of a generated page that links may name. Its links, which include the templates', are
/// left out.
pub fn places(output: &Path, relative: &str) -> HandMade {
    let mut page = match read(output, relative) {
        Ok(Some(bytes)) => made(&bytes),
        Ok(None) | Err(_) => HandMade::default(),
    };
    page.links.clear();
    page
}

/// Reads a copy of another file, not as a page.
pub fn look_at_copy(output: &Path, relative: &str) -> Found {
    match read(output, relative) {
        Ok(Some(bytes)) => whole(output, relative, &bytes),
        Ok(None) => Found::absent(output, relative),
        Err(state) => Found {
            state,
            ..Found::absent(output, relative)
        },
    }
}

fn whole(output: &Path, relative: &str, bytes: &[u8]) -> Found {
    Found {
        state: PageState::Unknown,
        size: bytes.len() as u64,
        print: Some(Fingerprint::of(bytes)),
        ..Found::absent(output, relative)
    }
}

/// The bytes of a file of the output; `None` if there is none.
///
/// # Errors
///
/// Why it must be left alone.
fn read(output: &Path, relative: &str) -> Result<Option<Vec<u8>>, PageState> {
    let path = &output.join(relative);
    if let Some((folder, kind)) = obstacle(output, relative) {
        return Err(doubt(&match kind {
            Kind::Link => format!("is behind the symbolic link {folder}"),
            _ => format!("{folder}, where it would be, is not a directory"),
        }));
    }
    match disk::kind(path) {
        Ok(Kind::Absent) => return Ok(None),
        Ok(Kind::File) => {}
        Ok(Kind::Link) => return Err(doubt("is a symbolic link")),
        Ok(Kind::Folder) => return Err(doubt("is a directory")),
        Ok(Kind::Other) => return Err(doubt("is not a regular file")),
        Err(error) => return Err(doubt(&error.to_string())),
    }
    disk::read_whole(path).map_err(|error| doubt(&error.root_cause().to_string()))
}

fn made(page: &[u8]) -> HandMade {
    let text = String::from_utf8_lossy(page);
    let places = Locator::new(&text, 0);
    let found = raw::read(&text);
    let links = found.links.into_iter().map(|link| Link {
        kind: match link.image {
            Some(_) => LinkKind::HtmlImage,
            None => LinkKind::HtmlLink,
        },
        target: link.target,
        label: String::new(),
        before: String::new(),
        after: String::new(),
        place: places.place(&link.span),
        span: link.span,
    });
    HandMade {
        links: links.collect(),
        ids: found.ids.into_iter().map(|(id, _)| id).collect(),
    }
}

/// The first part of the path above a file that is not a real folder.
pub fn obstacle<'p>(output: &Path, relative: &'p str) -> Option<(&'p str, Kind)> {
    let folders = relative.match_indices('/').map(|(at, _)| &relative[..at]);
    let mut kinds = folders.filter_map(|folder| {
        let kind = disk::kind(&output.join(folder)).ok()?;
        Some((folder, kind))
    });
    kinds.find(|(_, kind)| !matches!(kind, Kind::Absent | Kind::Folder))
}

fn doubt(why: &str) -> PageState {
    PageState::Doubtful(why.to_owned())
}

/// The state that follows from a file's bytes, and whether it has a drawing.
pub fn judge(bytes: &[u8]) -> (PageState, bool) {
    if bytes.iter().all(|byte| *byte == 0) {
        return (PageState::Damaged, false);
    }
    if let Some(mark) = mark::read(bytes) {
        if mark.intact {
            return (PageState::Generated(mark), false);
        }
        return (PageState::HandMade(Some(mark)), is_drawn(bytes, "main "));
    }
    if std::str::from_utf8(bytes).is_err() {
        return (doubt("is not UTF-8"), false);
    }
    if is_drawn(bytes, "") {
        (PageState::HandMade(None), true)
    } else {
        (PageState::Unknown, false)
    }
}

/// Whether a page, or a part of it, has an `<svg>` with content (`main ` excludes the icons in the
/// header of docsite's pages). A page that cannot be read counts as drawn.
fn is_drawn(bytes: &[u8], part: &str) -> bool {
    let svg = bytes
        .windows(4)
        .any(|window| window.eq_ignore_ascii_case(b"<svg"));
    let drawn = DRAWN_IN_PAGES
        .iter()
        .map(|name| format!("{part}svg {name}"));
    let selector = drawn.collect::<Vec<_>>().join(", ");
    svg && scan(bytes, &selector).unwrap_or(true)
}

/// Whether a place for a drawing is empty.
fn is_undrawn(bytes: &[u8]) -> Result<bool, lol_html::errors::RewritingError> {
    let places = Cell::new(0_usize);
    let drawn = Cell::new(0_usize);
    let is_filled = Cell::new(true);
    let settings = Settings::new()
        .append_element_content_handler(element!(PLACE, |_| {
            places.set(places.get() + 1);
            is_filled.set(false);
            Ok(())
        }))
        .append_element_content_handler(element!(
            "figure.dia svg, [class*=placeholder] svg",
            |_| {
                drawn.set(drawn.get() + usize::from(!is_filled.replace(true)));
                Ok(())
            }
        ));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(bytes)?;
    rewriter.end()?;
    Ok(drawn.get() < places.get())
}

fn scan(bytes: &[u8], drawing: &str) -> Result<bool, lol_html::errors::RewritingError> {
    let drawn = Cell::new(false);
    let settings = Settings::new().append_element_content_handler(element!(drawing, |_| {
        drawn.set(true);
        Ok(())
    }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(bytes)?;
    rewriter.end()?;
    Ok(drawn.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><html><head><title>x</title></head><body>x</body></html>";

    fn generated() -> Vec<u8> {
        let print = Fingerprint::of(b"x");
        mark::html(PAGE, print, print, None).expect("a head")
    }

    #[test]
    fn the_file_alone_gives_its_state() {
        assert!(matches!(judge(&generated()).0, PageState::Generated(_)));
        let mut edited = generated();
        edited.extend_from_slice(b" ");
        assert!(matches!(judge(&edited).0, PageState::HandMade(Some(_))));
        let drawn = PAGE.replace("<body>x", "<body><svg><path d='M0 0'/></svg>");
        assert_eq!(judge(drawn.as_bytes()), (PageState::HandMade(None), true));
        assert_eq!(judge(PAGE.as_bytes()).0, PageState::Unknown);
        assert_eq!(judge(b"").0, PageState::Damaged);
        assert_eq!(judge(&[0; 9]).0, PageState::Damaged);
        assert!(matches!(judge(b"<p>\xff").0, PageState::Doubtful(_)));
    }

    #[test]
    fn icons_of_the_interface_are_not_pictures() {
        let icon = "<body><header><svg><path d='M0 0'/></svg></header><main>x</main>";
        let print = Fingerprint::of(b"x");
        let page = PAGE.replace("<body>x", icon);
        let mut edited = mark::html(&page, print, print, None).expect("a head");
        edited.push(b' ');
        assert!(!judge(&edited).1);
        let drawn = String::from_utf8_lossy(&edited).replace("<main>", "<main><svg><path/></svg>");
        assert!(judge(drawn.as_bytes()).1);
    }

    #[test]
    fn a_picture_in_a_comment_or_an_empty_one_is_not_drawn() {
        for body in ["<!-- <svg><path/></svg> -->", "<svg></svg>", "&lt;svg>"] {
            let page = PAGE.replace("<body>x", &format!("<body>{body}"));
            assert_eq!(judge(page.as_bytes()).0, PageState::Unknown, "{body}");
        }
    }

    #[test]
    fn a_permit_follows_the_table() {
        use Consent::{Adopt, Discard, Own, Usual};
        let permits = |bytes: &[u8], consent| {
            let (state, drawn) = judge(bytes);
            let found = Found {
                undrawn: false,
                made: HandMade::default(),
                path: PathBuf::new(),
                state,
                drawn,
                size: 0,
                print: Some(Fingerprint::of(bytes)),
            };
            found
                .permit(consent)
                .map(|permit| permit.set_aside.is_some())
        };
        let page = generated();
        let mut edited = page.clone();
        edited.push(b'!');
        for consent in [Usual, Adopt, Discard, Own] {
            assert_eq!(permits(&page, consent), Some(false));
            assert_eq!(permits(b"", consent), Some(true));
        }
        for consent in [Usual, Adopt, Discard] {
            assert_eq!(permits(b"\xff", consent), None);
        }
        assert_eq!(permits(b"\xff", Own), Some(true));
        assert_eq!(permits(&edited, Usual), None);
        assert_eq!(permits(&edited, Adopt), None);
        assert_eq!(permits(&edited, Discard), Some(true));
        assert_eq!(permits(&edited, Own), Some(true));
        assert_eq!(permits(PAGE.as_bytes(), Usual), None);
        assert_eq!(permits(PAGE.as_bytes(), Adopt), Some(true));
        assert_eq!(permits(PAGE.as_bytes(), Discard), None);
    }
}
