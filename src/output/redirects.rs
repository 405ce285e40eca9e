//! What sends readers of former addresses on: a page at each, and the same for servers, as
//! `_redirects` (Cloudflare Pages, Netlify) and `redirects.caddy`, which a Caddyfile imports.
//!
//! Not here: where they lead (`model::redirect`).

use percent_encoding::percent_decode_str;
use serde::Serialize;

use crate::fingerprint::Fingerprint;
use crate::model::catalogue::Catalogue;
use crate::model::redirect::{Goal, Redirect};
use crate::name::href;

use super::mark;
use super::view::SiteView;
use super::views;

pub const TEMPLATE: &str = "moved.html";
/// For hosts that read it.
pub const HOSTS: &str = "_redirects";
pub const CADDY: &str = "redirects.caddy";

/// Every name that `for_servers` gives.
pub const NAMES: [&str; 2] = [HOSTS, CADDY];

/// The page at a former address.
#[derive(Debug, Clone, Serialize)]
pub struct MovedView<'a> {
    pub site: SiteView<'a>,
    /// The new address, from the page.
    pub href: String,
    /// The new address for search engines: with the site's own address where it is known.
    pub canonical: String,
    /// Of the document, or else the new path.
    pub title: &'a str,
}

/// Redirects with a page of their own.
pub fn with_page(catalogue: &Catalogue) -> impl Iterator<Item = &Redirect> {
    catalogue
        .redirects
        .iter()
        .filter(|redirect| redirect.has_page())
}

pub fn view<'a>(catalogue: &'a Catalogue, redirect: &'a Redirect) -> MovedView<'a> {
    let settings = &catalogue.settings;
    let address = redirect.address(&catalogue.corpus);
    let root = views::way_up(&redirect.from);
    let here = |prefix: &str| match redirect.to {
        Goal::Outside(_) => address.clone(),
        _ => format!("{prefix}{address}"),
    };
    let canonical = if settings.base_url.is_empty() {
        here(&root)
    } else {
        here(&format!("{}/", settings.base_url))
    };
    MovedView {
        href: here(&root),
        canonical,
        site: views::site_below(settings, &redirect.from),
        title: match &redirect.to {
            Goal::Document(id) => &catalogue.corpus.get(*id).title,
            Goal::File(path) => path,
            Goal::Outside(url) => url,
        },
    }
}

/// The files for servers; none where nothing moved.
pub fn for_servers(catalogue: &Catalogue) -> Vec<(&'static str, Vec<u8>)> {
    if catalogue.redirects.is_empty() {
        return Vec::new();
    }
    let marked = |text: String| mark::lines(&text, Fingerprint::of(text.as_bytes()));
    vec![
        (HOSTS, marked(hosts(catalogue))),
        (CADDY, marked(caddy(catalogue))),
    ]
}

/// The new address, from a server's root.
fn target(catalogue: &Catalogue, redirect: &Redirect) -> String {
    let address = redirect.address(&catalogue.corpus);
    match redirect.to {
        Goal::Outside(_) => address,
        _ => format!("{}/{address}", catalogue.settings.base_path()),
    }
}

fn hosts(catalogue: &Catalogue) -> String {
    let base = catalogue.settings.base_path();
    let lines = |redirect: &Redirect| -> String {
        let to = target(catalogue, redirect);
        let line = |path| format!("{base}/{} {to} 301\n", href(path));
        redirect.asked().map(line).collect()
    };
    catalogue.redirects.iter().map(lines).collect()
}

/// A table of exact paths: a path matcher would not tell cases apart, and send a page to itself.
fn caddy(catalogue: &Catalogue) -> String {
    let base = catalogue.settings.base_path();
    let lines = |redirect: &Redirect| -> String {
        let to = target(catalogue, redirect);
        let line = |path| format!("\t\"{base}/{path}\" \"{to}\"\n");
        redirect.asked().map(line).collect()
    };
    let lines: String = catalogue.redirects.iter().map(lines).collect();
    format!(
        "map {{http.request.uri.path}} {{docsite.moved}} {{\n{lines}\tdefault \"\"\n}}\n\
         @docsite_moved expression `{{docsite.moved}} != \"\"`\n\
         redir @docsite_moved {{docsite.moved}} 301\n"
    )
}

/// The pages at former addresses that an earlier `_redirects` of this site names.
pub fn pages_of(catalogue: &Catalogue, hosts: &str) -> Vec<String> {
    let base = format!("{}/", catalogue.settings.base_path());
    let lines = hosts.lines().filter(|line| !line.starts_with('#'));
    let paths = lines.filter_map(|line| {
        let path = line.split(' ').next()?.strip_prefix(&base)?;
        let path = percent_decode_str(path).decode_utf8().ok()?;
        path.ends_with(".html").then(|| path.into_owned())
    });
    paths.collect()
}
