//! What a page says of itself in its head to search engines: a `TechArticle` and its way through the
//! catalogue, as JSON-LD (schema.org).
//!
//! Addresses are those of the site where it knows its own, and else relative to the page, as JSON-LD
//! allows. Not here: programs that read whole documents (`about`, `llms`).

use serde_json::{Value, json};

use crate::name::href;

use super::view::{DocumentView, PathView, SiteView};

/// The text of the script element: it cannot end it.
pub fn data(site: &SiteView<'_>, doc: &DocumentView<'_>, path: Option<&PathView<'_>>) -> String {
    let graph = [article(site, doc), breadcrumbs(site, doc, path)];
    let data = json!({"@context": "https://schema.org", "@graph": graph});
    data.to_string().replace('<', "\\u003c")
}

fn address(site: &SiteView<'_>, page: &str) -> String {
    match site.base_url {
        "" => page.to_owned(),
        root => format!("{root}/{page}"),
    }
}

fn page(doc: &DocumentView<'_>) -> String {
    href(&format!("{}.html", doc.basename))
}

fn article(site: &SiteView<'_>, doc: &DocumentView<'_>) -> Value {
    let mut article = json!({
        "@type": "TechArticle",
        "headline": doc.title,
        "url": address(site, &page(doc)),
        "inLanguage": if doc.lang.is_empty() { site.language } else { doc.lang },
        "articleSection": doc.topic.name,
        "isPartOf": {"@type": "WebSite", "name": site.title},
    });
    let tags = doc.tags.join(", ");
    let texts = [
        ("description", doc.summary),
        ("datePublished", doc.date),
        ("dateModified", doc.updated),
        ("keywords", tags.as_str()),
    ];
    for (key, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        article[key] = Value::from(text);
    }
    if let Some(name) = doc.extra.get("author").and_then(Value::as_str) {
        article["author"] = json!({"@type": "Person", "name": name});
    }
    article
}

/// The catalogue, the stage or the topic, and the page itself.
fn breadcrumbs(site: &SiteView<'_>, doc: &DocumentView<'_>, path: Option<&PathView<'_>>) -> Value {
    let topic = || (doc.topic.name, "index.html#topics");
    let above = path.map_or_else(topic, |path| (path.stage, &path.href));
    let page = page(doc);
    let steps = [
        (site.title, "index.html"),
        above,
        (doc.title, page.as_str()),
    ];
    let steps = steps.into_iter().zip(1..).map(|((name, page), position)| {
        let item = address(site, page);
        json!({"@type": "ListItem", "position": position, "name": name, "item": item})
    });
    json!({"@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>()})
}
