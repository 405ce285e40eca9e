//! data/opensearch.xml: by this description a browser or another program offers the search of the site.
//!
//! Not here: the link to it in the head of each page (`templates/base.html`).

use crate::model::settings::Settings;

use super::xml;

pub const NAME: &str = "opensearch.xml";
/// In characters: what the format allows.
const SHORT_NAME: usize = 16;
const LONG_NAME: usize = 48;
const DESCRIPTION: usize = 1024;

/// The description; `None` for a site that does not know its address.
pub fn text(settings: &Settings) -> Option<String> {
    if settings.base_url.is_empty() {
        return None;
    }
    let about = match settings.description.as_str() {
        "" => &settings.title,
        description => description,
    };
    let root = xml::escaped(&settings.base_url);
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<LongName>{}</LongName>\n<Description>{}</Description>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <Url type=\"text/html\" template=\"{root}/index.html?q={{searchTerms}}\"/>\n\
         </OpenSearchDescription>\n",
        shortened(&settings.title, SHORT_NAME),
        shortened(&settings.title, LONG_NAME),
        shortened(about, DESCRIPTION),
    ))
}

/// At most so many characters, without those that XML does not allow.
fn shortened(text: &str, most: usize) -> String {
    let text: String = text.chars().filter(xml::is_allowed).take(most).collect();
    xml::escaped(text.trim())
}
