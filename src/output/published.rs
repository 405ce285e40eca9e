//! What a site says of its pages to programs: `llms.txt`, and where it knows its address, `sitemap.xml`,
//! `feed.xml` (Atom, RFC 4287) and `robots.txt`.
//!
//! Dates are those of the documents' front matter, never that of a build: the same documents make the
//! same bytes. Not here: who owns a file of these names (`pipeline::derived`).

use std::cmp::Reverse;

use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;

use super::llms;
use super::mark;
use super::xml::escaped;

const SITEMAP: &str = "sitemap.xml";
const FEED: &str = "feed.xml";
const ROBOTS: &str = "robots.txt";
/// Every name that `files` gives.
pub const NAMES: [&str; 4] = [SITEMAP, FEED, ROBOTS, llms::NAME];
/// In addresses: what the sitemap protocol allows in one file.
const SITEMAP_MOST: usize = 50_000;
/// In entries.
const FEED_MOST: usize = 20;

/// The files of this site, by name.
pub fn files(catalogue: &Catalogue) -> Vec<(&'static str, Vec<u8>)> {
    let llms = (llms::NAME, llms::bytes(catalogue));
    let root = catalogue.settings.base_url.as_str();
    if root.is_empty() {
        return vec![llms];
    }
    let sitemap = sitemap(catalogue);
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {root}/{SITEMAP}\n");
    let feed = feed(catalogue).map(|text| (FEED, mark::xml(&text, print(&text))));
    let others = [
        (SITEMAP, mark::xml(&sitemap, print(&sitemap))),
        (ROBOTS, mark::lines(&robots, print(&robots))),
    ];
    others.into_iter().chain(feed).chain([llms]).collect()
}

/// Whether there is a feed: the site knows its address, and a document has a date.
pub fn has_feed(catalogue: &Catalogue) -> bool {
    !catalogue.settings.base_url.is_empty()
        && catalogue
            .published
            .iter()
            .any(|id| catalogue.changed(*id).is_some())
}

fn print(text: &str) -> Fingerprint {
    Fingerprint::of(text.as_bytes())
}

/// The address of a page, escaped for XML.
fn address(catalogue: &Catalogue, page: &str) -> String {
    escaped(&format!("{}/{page}", catalogue.settings.base_url))
}

fn sitemap(catalogue: &Catalogue) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         <url><loc>{}</loc></url>\n",
        address(catalogue, "index.html"),
    );
    for id in catalogue.published.iter().take(SITEMAP_MOST - 1) {
        let page = address(catalogue, &catalogue.corpus.get(*id).name.href());
        let day = catalogue
            .changed(*id)
            .map(|day| format!("<lastmod>{day}</lastmod>"));
        let day = day.unwrap_or_default();
        text.push_str(&format!("<url><loc>{page}</loc>{day}</url>\n"));
    }
    text + "</urlset>\n"
}

/// The newest documents that have a date; `None` if none has.
fn feed(catalogue: &Catalogue) -> Option<String> {
    let dated = catalogue.published.iter();
    let mut dated: Vec<_> = dated
        .filter_map(|id| Some((Reverse(catalogue.changed(*id)?), *id)))
        .collect();
    dated.sort_by_key(|(day, id)| (*day, catalogue.corpus.get(*id).name.as_str()));
    dated.truncate(FEED_MOST);
    let (Reverse(newest), _) = dated.first()?;
    let title = escaped(&catalogue.settings.title);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n\
         <id>{home}</id>\n<title>{title}</title>\n<updated>{}</updated>\n\
         <author><name>{title}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n",
        instant(newest),
        language = catalogue.settings.language.code(),
        home = address(catalogue, "index.html"),
        own = address(catalogue, FEED),
    );
    for (Reverse(day), id) in &dated {
        push_entry(&mut text, catalogue, *id, day);
    }
    Some(text + "</feed>\n")
}

fn push_entry(text: &mut String, catalogue: &Catalogue, id: DocId, day: &str) {
    let document = catalogue.corpus.get(id);
    let page = address(catalogue, &document.name.href());
    text.push_str(&format!(
        "<entry>\n<id>{page}</id>\n<title>{}</title>\n<updated>{}</updated>\n",
        escaped(&document.title),
        instant(day),
    ));
    if let Some(date) = catalogue.date(id) {
        text.push_str(&format!("<published>{}</published>\n", instant(date)));
    }
    let author = document.front.extra.get("author");
    if let Some(name) = author.and_then(|name| name.as_str()) {
        let name = escaped(name);
        text.push_str(&format!("<author><name>{name}</name></author>\n"));
    }
    text.push_str(&format!(
        "<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n"
    ));
    if !document.summary.is_empty() {
        let summary = escaped(&document.summary);
        text.push_str(&format!("<summary>{summary}</summary>\n"));
    }
    text.push_str("</entry>\n");
}

/// The beginning of a day, as RFC 3339 writes it.
fn instant(day: &str) -> String {
    format!("{day}T00:00:00Z")
}
