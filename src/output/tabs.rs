//! The views of the catalogue, one entry each: tabs, scripts and addresses follow from it.
//!
//! Not here: what a view shows (its section in `templates/index.html`, its style in
//! `assets/docsite/style/catalogue.css`).

use serde::Serialize;

use crate::model::catalogue::Catalogue;

use super::view::TabView;
use super::words::Words;

/// A view of the catalogue.
#[derive(Debug, Serialize)]
pub struct Tab {
    /// Of its section, and in the address: `index.html#flow`.
    pub id: &'static str,
    #[serde(skip)]
    sign: &'static str,
    #[serde(skip)]
    name: fn(&Words) -> &'static str,
    /// Whether the tab has the number of documents.
    #[serde(skip)]
    counted: bool,
    /// Whether the filter applies to it.
    filtered: bool,
    /// A view with nothing to show is left out.
    #[serde(skip)]
    is_empty: fn(&Catalogue) -> bool,
    /// Its files of `assets/docsite/`, without `.js`, which come when it is first shown.
    scripts: &'static [&'static str],
}

/// In the order of their tabs.
pub const TABS: [Tab; 3] = [
    Tab {
        id: "flow",
        sign: "🧭",
        name: |t| t.flow,
        counted: false,
        filtered: false,
        is_empty: |catalogue| catalogue.flow.stages.is_empty(),
        scripts: &["flow"],
    },
    Tab {
        id: "topics",
        sign: "📚",
        name: |t| t.topics,
        counted: true,
        filtered: true,
        is_empty: |_| false,
        scripts: &["topics"],
    },
    Tab {
        id: "graph",
        sign: "🕸",
        name: |t| t.graph,
        counted: false,
        filtered: true,
        is_empty: |_| false,
        scripts: &["picture"],
    },
];

/// The tabs of a site's catalogue, in their order.
pub fn shown(catalogue: &Catalogue, words: &Words) -> Vec<TabView> {
    let tabs = TABS.iter().filter(|tab| !(tab.is_empty)(catalogue));
    tabs.map(|tab| TabView {
        id: tab.id,
        sign: tab.sign,
        name: (tab.name)(words),
        counted: tab.counted,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::assets::PARTS;
    use super::*;

    #[test]
    fn each_view_has_its_section_style_and_scripts() {
        let template = include_str!("../../templates/index.html");
        let css = include_str!("../../assets/docsite/style/catalogue.css");
        for Tab { id, scripts, .. } in &TABS {
            assert!(
                template.contains(&format!("class=\"view\" id=\"{id}\"")),
                "{id}"
            );
            assert!(
                css.contains(&format!(":root[data-view=\"{id}\"] #{id}")),
                "{id}"
            );
            for script in *scripts {
                let file = format!("{script}.js");
                assert!(PARTS.iter().any(|(name, _)| *name == file), "{file}");
            }
        }
    }
}
