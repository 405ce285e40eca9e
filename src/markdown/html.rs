//! The HTML of a document's body: its pieces, joined with what the rest of the site decides.
//!
//! Not here: the pieces (`body`), the page around them (templates), what raw HTML may hold
//! (`clean`), blocks of code (`code`), and what is in the places of diagrams (the caller says
//! that; `diagram` frames it).

use std::collections::{HashMap, HashSet};

use super::body::{Body, Image, Piece};
use super::clean;
use super::code;
use super::diagram::{self, DiagramHtml};
use super::escape::{address, attribute as escaped, push_text, text as escaped_text};
use super::highlight::Highlighter;
use super::labels::Labels;
use super::outline::{self, LinkKind, Outline, Remark, What};
use super::raw;

/// What a page shows of a link. One for each of the outline's links, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkHtml {
    /// What is in `href` or `src`; none for a target that must not be followed. Of raw HTML: what
    /// is there instead of what is written; none where that stays.
    pub href: Option<String>,
    /// `ext`, `ext bare` (it shows its own address), `gone`, `file`, `wiki` or nothing.
    pub class: &'static str,
    /// A tooltip of ours; empty leaves the author's own.
    pub title: &'static str,
    /// What it is called instead of what is written: a wikilink without a label of its own.
    pub label: Option<String>,
    /// Width and height in pixels, of a picture whose file is known.
    pub size: Option<(u32, u32)>,
    /// Of a link that has no target, so that the link check can link to it.
    pub id: Option<String>,
}

/// Everything a body needs beyond its pieces.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub outline: &'a Outline,
    /// The heading that the page shows as its title already: left out of the body.
    pub title_heading: Option<usize>,
    /// One for each link of the outline.
    pub links: &'a [LinkHtml],
    /// One for each diagram of the outline.
    pub diagrams: &'a [DiagramHtml],
    pub labels: &'a Labels,
    /// Whether raw HTML passes as it is.
    pub trusted: bool,
    /// Reads an inline `<svg>`, the number of which on its page sets its ids apart; none where it is
    /// no picture.
    pub picture: fn(usize, &str) -> Option<String>,
    pub highlighter: &'a Highlighter,
}

/// Joins the pieces of the body that was compiled with `context.outline`.
pub fn render(body: &Body, context: &Context<'_>) -> String {
    let joiner = Joiner {
        body,
        context,
        out: String::new(),
        raw_html: RawHtml {
            addresses: addresses(context),
            taken: taken_ids(context),
            pictures: 0,
            picture: context.picture,
        },
        is_hidden: false,
    };
    joiner.join()
}

struct Joiner<'c> {
    body: &'c Body,
    context: &'c Context<'c>,
    out: String,
    raw_html: RawHtml<'c>,
    is_hidden: bool,
}

/// What the page decides of raw HTML.
struct RawHtml<'c> {
    /// Addresses in raw HTML that are other than what is written, by that.
    addresses: HashMap<&'c str, &'c str>,
    /// Ids that raw HTML may not bring; none where nothing on the page has an id twice.
    taken: Option<HashSet<String>>,
    /// How many drawings were offered as pictures.
    pictures: usize,
    picture: fn(usize, &str) -> Option<String>,
}

impl clean::Page for RawHtml<'_> {
    fn address(&self, written: &str) -> Option<String> {
        self.addresses.get(written).map(|to| (*to).to_owned())
    }

    fn take_id(&mut self, id: &str) -> bool {
        let taken = self.taken.as_mut();
        taken.is_none_or(|taken| !outline::is_reserved(id) && taken.insert(id.to_owned()))
    }

    fn picture(&mut self, svg: &str) -> Option<String> {
        let picture = (self.picture)(self.pictures + 1, svg)?;
        self.pictures += 1;
        Some(picture)
    }
}

impl<'c> Joiner<'c> {
    fn join(mut self) -> String {
        let mut pieces = self.body.pieces.iter();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Hidden(is_hidden) => self.is_hidden = *is_hidden && !self.context.trusted,
                _ if self.is_hidden => {}
                Piece::Html(html) => self.out.push_str(html),
                Piece::Raw(_) | Piece::Clean(_) => self.raw(piece),
                Piece::HeadingStart(number) if self.context.title_heading == Some(*number) => {
                    self.skip_heading(*number, &mut pieces);
                }
                Piece::HeadingStart(_) | Piece::HeadingEnd(_) => {}
                Piece::LinkStart(number, title) => {
                    if self.start_link(*number, title) {
                        pieces.find(|piece| **piece == Piece::LinkEnd(*number));
                    }
                }
                Piece::LinkEnd(number) => {
                    let has_target = self.link(*number).is_some_and(|link| link.href.is_some());
                    self.out
                        .push_str(if has_target { "</a>" } else { "</span>" });
                }
                Piece::Image(image) => self.image(image),
                Piece::Diagram(number) => self.diagram(*number),
                Piece::Code(number) => self.code(*number),
            }
        }
        self.out
    }

    /// Takes the pieces of a heading; what begins or ends to be hidden in it does so all the same.
    fn skip_heading(&mut self, number: usize, pieces: &mut std::slice::Iter<'_, Piece>) {
        for piece in pieces {
            match piece {
                Piece::HeadingEnd(end) if *end == number => break,
                Piece::Hidden(is_hidden) => self.is_hidden = *is_hidden && !self.context.trusted,
                _ => {}
            }
        }
    }

    fn link(&self, number: usize) -> Option<&'c LinkHtml> {
        self.context.links.get(number)
    }

    /// Raw HTML in the one of its two forms that the site shows.
    fn raw(&mut self, piece: &Piece) {
        match piece {
            Piece::Raw(html) if self.context.trusted => {
                let addresses = &self.raw_html.addresses;
                let address = |written: &str| addresses.get(written).map(|to| (*to).to_owned());
                let other = (!addresses.is_empty()).then(|| raw::rewrite(html, address));
                self.out.push_str(other.flatten().as_ref().unwrap_or(html));
            }
            Piece::Clean(parts) if !self.context.trusted => {
                clean::join(parts, &mut self.out, &mut self.raw_html);
            }
            _ => {}
        }
    }

    /// Opens a link; of one that has a label of its own, writes it whole.
    fn start_link(&mut self, number: usize, title: &str) -> bool {
        let unknown = LinkHtml::default();
        let link = self.link(number).unwrap_or(&unknown);
        let Some(href) = &link.href else {
            self.out.push_str(&with_marks("<span", link, title));
            self.out.push('>');
            return false;
        };
        self.out.push_str(&open_link(link, href, title));
        if let Some(label) = &link.label {
            push_text(&mut self.out, label);
            self.out.push_str("</a>");
        }
        link.label.is_some()
    }

    fn image(&mut self, image: &Image) {
        let unknown = LinkHtml::default();
        let link = self.link(image.link).unwrap_or(&unknown);
        let (title, mut text) = (image.title.as_str(), image.alt.as_str());
        let mut size = link.size.unzip();
        if let Some(embed) = self.context.outline.links.get(image.link)
            && embed.kind == LinkKind::Embed
            && let Some((width, height)) = embed_size(text, link.size)
        {
            size = (Some(width), height);
            text = file_stem(&embed.target);
        }
        let Some(src) = &link.href else {
            let open = with_marks("<span", link, title);
            self.out
                .push_str(&format!("{open}>{}</span>", escaped_text(text)));
            return;
        };
        // What is embedded is a document: a link is what a page can give.
        if let Some(label) = &link.label {
            let open = open_link(link, src, title);
            self.out
                .push_str(&format!("{open}{}</a>", escaped_text(label)));
            return;
        }
        self.out.push_str(&format!(
            "<img src=\"{}\" alt=\"{}\" loading=\"lazy\"",
            address(src),
            escaped(text)
        ));
        if let Some(id) = &link.id {
            self.out.push_str(&format!(" id=\"{id}\""));
        }
        for (name, pixels) in [("width", size.0), ("height", size.1)] {
            if let Some(pixels) = pixels {
                self.out.push_str(&format!(" {name}=\"{pixels}\""));
            }
        }
        if !title.is_empty() {
            self.out.push_str(&format!(" title=\"{}\"", escaped(title)));
        }
        self.out.push('>');
    }

    fn diagram(&mut self, number: usize) {
        let about = self.context.outline.diagrams.get(number);
        if let (Some(about), Some(shown)) = (about, self.context.diagrams.get(number)) {
            let figure = diagram::figure(about, shown, self.context.labels);
            self.out.push_str(&figure);
        }
    }

    fn code(&mut self, number: usize) {
        if let Some(code) = self.body.code.get(number) {
            let html = code::figure(&code.fence, &code.text, self.context.highlighter);
            self.out.push_str(&html);
        }
    }
}

/// The ids of headings and notes, where raw HTML has one of them, or one twice.
fn taken_ids(context: &Context<'_>) -> Option<HashSet<String>> {
    let outline = context.outline;
    let is_twice = |remark: &Remark| matches!(remark.what, What::DuplicateId(_));
    let has_any = !context.trusted && outline.remarks.iter().any(is_twice);
    has_any.then(|| {
        let headings = outline.headings.iter().map(|heading| heading.id.clone());
        headings.chain(outline.note_ids.iter().cloned()).collect()
    })
}

/// What the page writes in raw HTML instead of what is written, by that.
fn addresses<'c>(context: &Context<'c>) -> HashMap<&'c str, &'c str> {
    let links = context.outline.links.iter().zip(context.links);
    links
        .filter(|(link, _)| link.kind.is_html())
        .filter_map(|(link, shown)| Some((link.target.as_str(), shown.href.as_deref()?)))
        .collect()
}

/// The size that Obsidian reads in `![[p.png|100]]` and `![[p.png|100x80]]`; of the width alone, in
/// the proportions of the file where they are known.
fn embed_size(label: &str, natural: Option<(u32, u32)>) -> Option<(u32, Option<u32>)> {
    let (width, height) = match label.split_once('x') {
        Some((width, height)) => (width, Some(height.parse().ok()?)),
        None => (label, None),
    };
    let width: u32 = width.parse().ok()?;
    let scaled = |(natural_width, natural_height): (u32, u32)| {
        let height = u64::from(width) * u64::from(natural_height);
        let height = height.checked_div(u64::from(natural_width))?;
        u32::try_from(height).ok()
    };
    Some((width, height.or_else(|| natural.and_then(scaled))))
}

/// The name of a file without its folders and its ending.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn open_link(link: &LinkHtml, href: &str, title: &str) -> String {
    let open = format!("<a href=\"{}\"", address(href));
    let rel = if link.class.starts_with("ext") {
        " rel=\"noopener\""
    } else {
        ""
    };
    format!("{}{rel}>", with_marks(&open, link, title))
}

/// The beginning of a tag with a link's class and tooltip; ours goes before the author's.
fn with_marks(open: &str, link: &LinkHtml, title: &str) -> String {
    let mut html = open.to_owned();
    if let Some(id) = &link.id {
        html.push_str(&format!(" id=\"{id}\""));
    }
    if !link.class.is_empty() {
        html.push_str(&format!(" class=\"{}\"", link.class));
    }
    let title = if link.title.is_empty() {
        title
    } else {
        link.title
    };
    if !title.is_empty() {
        html.push_str(&format!(" title=\"{}\"", escaped(title)));
    }
    html
}
