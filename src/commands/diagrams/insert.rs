//! New fences for pictures in a document: the spots at which a fence can be inserted, where in the
//! page each would be seen, and the document with the fences in it.
//!
//! Every answer is checked by rendering: a text in which a fence changes anything but itself is not
//! used. Not here: which picture belongs where (`diagram::lift`), and writing.

use similar::TextDiff;

use crate::diagram::lift::{Drawn, Line, Page, Place, read_page};
use crate::markdown::events::Source;
use crate::markdown::outline::Outline;
use crate::markdown::spots::{self, Spot};
use crate::model::corpus::DocId;
use crate::model::document;
use crate::output::render::{PageDraft, Renderer};

/// The language of an inserted fence; without a source nothing is drawn.
const LANGUAGE: &str = "svgbob";
/// Prefix of the names of slots that only mark where a spot is.
const PROBE: &str = "docsite-spot-";

/// A document's text, and the page rendered from it.
pub(super) struct Text<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) draft: &'a PageDraft<'a>,
    pub(super) id: DocId,
    pub(super) title: Option<usize>,
    /// The bytes of the file.
    pub(super) bytes: &'a [u8],
    pub(super) decoded: &'a str,
}

/// Where fences can be inserted, and where in the page each would be.
pub(super) struct Spots {
    all: Vec<Spot>,
    pub(super) places: Vec<Place>,
    pub(super) line: Line,
}

/// A fence to be inserted.
pub(super) struct Fence {
    pub(super) spot: usize,
    pub(super) slot: String,
    pub(super) caption: Option<String>,
}

impl Text<'_> {
    fn body(&self) -> &str {
        document::body(self.decoded)
    }

    fn outline(&self, body: &str) -> Outline {
        self.renderer.compile(body).0
    }

    fn page(&self, body: &str) -> Option<Page> {
        let html = self.renderer.body_of(self.id, self.draft, body)?;
        let page = format!("<article class=\"body\">{html}</article>");
        Some(read_page(&page, false, &|_, _| false))
    }

    /// The content of the page as it is now.
    fn line(&self) -> Option<Line> {
        self.page(self.body()).map(|page| line(&page, &|_| false))
    }

    /// Every spot where a fence changes nothing else in the page.
    pub(super) fn spots(&self) -> Option<Spots> {
        let body = self.body();
        let source = Source::new(body);
        let outline = self.outline(body);
        let title = self.title.and_then(|title| outline.headings.get(title));
        let mut all = spots::spots(&source, title.map(|title| &title.span));
        let line = self.line()?;
        self.tried(&all, &line).or_else(|| {
            all.retain(Spot::is_apart);
            self.tried(&all, &line)
        })
    }

    fn tried(&self, all: &[Spot], plain: &Line) -> Option<Spots> {
        let numbered = all.iter().enumerate();
        let fences =
            numbered.map(|(number, spot)| (spot, fence(&format!("{PROBE}{number}"), None)));
        let fences: Vec<(&Spot, String)> = fences.collect();
        let page = self.page(&spots::put(self.body(), &fences))?;
        let line = line(&page, &|slot| slot.starts_with(PROBE));
        if !line.shows_the_same(plain) {
            return None;
        }
        let mut found = Spots {
            all: Vec::new(),
            places: Vec::new(),
            line,
        };
        for figure in page.figures {
            let number = figure
                .slot
                .as_deref()
                .and_then(|slot| slot.strip_prefix(PROBE));
            let number = number.and_then(|number| number.parse::<usize>().ok());
            if let Some(spot) = number.and_then(|number| all.get(number)) {
                found.all.push(spot.clone());
                found.places.push(figure.place);
            }
        }
        Some(found)
    }

    /// The file with these fences, which are in order; `None` if it would render differently from
    /// what is expected.
    pub(super) fn with(&self, spots: &Spots, fences: &[Fence]) -> Option<Vec<u8>> {
        let put = fences.iter().map(|new| {
            let spot = spots.all.get(new.spot)?;
            Some((spot, fence(&new.slot, new.caption.as_deref())))
        });
        let put: Vec<(&Spot, String)> = put.collect::<Option<_>>()?;
        let body = spots::put(self.body(), &put);
        let is_new = |slot: &str| fences.iter().any(|new| new.slot == slot);
        let page = self.page(&body)?;
        let is_same = line(&page, &is_new).shows_the_same(&spots.line);
        let (before, after) = (self.outline(self.body()), self.outline(&body));
        if !is_same || !has_slots(&before, &after, fences) {
            return None;
        }
        let bytes = self.raw(&spots::insertions(self.body(), &put))?;
        let decoded = document::decode("", &bytes).ok()?;
        (document::body(&decoded) == body).then_some(bytes)
    }

    /// The file with these texts inserted, with its own line endings.
    fn raw(&self, insertions: &[(usize, String)]) -> Option<Vec<u8>> {
        let starts = line_starts(self.bytes);
        let first = self.decoded.len() - self.body().len();
        let end = starts.get(1).and_then(|second| self.bytes.get(..*second));
        let end = match end {
            Some(line) if line.ends_with(b"\r\n") => "\r\n",
            Some(line) if line.ends_with(b"\r") => "\r",
            _ => "\n",
        };
        let mut out = Vec::new();
        let mut copied = 0;
        for (offset, text) in insertions {
            let before = &self.decoded[..first + offset];
            let at = if before.len() == self.decoded.len() {
                self.bytes.len()
            } else {
                *starts.get(before.matches('\n').count())?
            };
            out.extend(self.bytes.get(copied..at)?);
            out.extend(text.replace('\n', end).as_bytes());
            copied = at;
        }
        out.extend(self.bytes.get(copied..)?);
        Some(out)
    }
}

/// The difference of two versions of a document, as lines of a diff.
pub(super) fn diff(path: &str, old: &[u8], new: &[u8]) -> Vec<String> {
    let [old, new] = [old, new].map(|bytes| String::from_utf8_lossy(bytes).replace('\r', ""));
    let diff = TextDiff::from_lines(&old, &new);
    let mut unified = diff.unified_diff();
    let text = unified
        .context_radius(3)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string();
    text.lines().map(str::to_owned).collect()
}

fn line(page: &Page, without: &dyn Fn(&str) -> bool) -> Line {
    let fixed: Vec<&Drawn> = page.pictures.iter().collect();
    Line::new(page, &fixed, without)
}

/// Whether the new slots exist, and the others are unchanged.
fn has_slots(before: &Outline, after: &Outline, fences: &[Fence]) -> bool {
    let is_new = |slot: &str| fences.iter().find(|new| new.slot == slot);
    let rest = after.diagrams.iter().filter(|d| is_new(&d.slot).is_none());
    let rest: Vec<(&str, &str)> = rest.map(|d| (d.slot.as_str(), d.source.as_str())).collect();
    let old = before.diagrams.iter();
    let old: Vec<(&str, &str)> = old.map(|d| (d.slot.as_str(), d.source.as_str())).collect();
    let made = fences.iter().filter(|new| {
        let mut found = after.diagrams.iter().filter(|d| d.slot == new.slot);
        found.next().is_some_and(|d| d.caption == new.caption)
    });
    rest == old && made.count() == fences.len()
}

fn fence(slot: &str, caption: Option<&str>) -> String {
    let title = caption.map(title).unwrap_or_default();
    // A fence of backticks cannot have any behind it.
    let marks = if title.contains('`') { "~~~" } else { "```" };
    format!("{marks}{LANGUAGE} {{#{slot}}}{title}\n{marks}\n")
}

fn title(caption: &str) -> String {
    let escaped = caption.replace('\\', "\\\\").replace('&', "&amp;");
    if escaped.contains('"') && !escaped.contains('\'') {
        format!(" title='{escaped}'")
    } else {
        format!(" title=\"{escaped}\"")
    }
}

/// The offset of each line of a file; a single `\r` ends a line, too.
fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let is_end = |at: usize| match bytes.get(at) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    let behind = (0..bytes.len()).filter(|at| is_end(*at)).map(|at| at + 1);
    std::iter::once(0).chain(behind).collect()
}
