//! The elements of HTML: which may stay in raw HTML, and what each is to the tree that a browser builds.
//!
//! Not here: attributes, and where an element may be (`markdown::clean`).

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is among words.
    Inline,
    /// The same, without content.
    Void,
    /// A paragraph ends before it.
    Block,
    /// The same, without content.
    VoidBlock,
    Heading,
    Table,
    /// `td`, `th`, `caption`: the parts of a table that hold content.
    Cell,
    Row,
    /// `tbody` and its kin.
    Section,
    Columns,
    /// It has no content.
    Column,
    Drawing,
    /// It exists and goes. What it holds stays.
    Removed,
    /// The same, and a line of text ends before and after it.
    RemovedBlock,
    /// It goes with everything in it.
    RemovedWithContent,
    /// The same, and no other tag counts in it: its end is the next end tag of its name.
    RemovedWithText,
}

/// By name. Any other name is a placeholder such as `<your-name>` or a type parameter such as
/// `<String>`, which its author meant as text.
const ELEMENTS: &[(&str, Kind)] = &[
    ("a", Kind::Inline),
    ("abbr", Kind::Inline),
    ("acronym", Kind::Removed),
    ("address", Kind::Block),
    ("animate", Kind::Removed),
    ("animatemotion", Kind::Removed),
    ("animatetransform", Kind::Removed),
    ("applet", Kind::Removed),
    ("area", Kind::Removed),
    ("article", Kind::Block),
    ("aside", Kind::Block),
    ("audio", Kind::Removed),
    ("b", Kind::Inline),
    ("base", Kind::Removed),
    ("bdi", Kind::Inline),
    ("bdo", Kind::Inline),
    ("big", Kind::Removed),
    ("blockquote", Kind::Block),
    ("body", Kind::RemovedBlock),
    ("br", Kind::Void),
    ("button", Kind::Removed),
    ("canvas", Kind::Removed),
    ("caption", Kind::Cell),
    ("center", Kind::RemovedBlock),
    ("cite", Kind::Inline),
    ("code", Kind::Inline),
    ("col", Kind::Column),
    ("colgroup", Kind::Columns),
    ("data", Kind::Inline),
    ("datalist", Kind::Removed),
    ("dd", Kind::Block),
    ("del", Kind::Inline),
    ("details", Kind::Block),
    ("dfn", Kind::Inline),
    ("dialog", Kind::RemovedBlock),
    ("div", Kind::Block),
    ("dl", Kind::Block),
    ("dt", Kind::Block),
    ("em", Kind::Inline),
    ("embed", Kind::Removed),
    ("fieldset", Kind::RemovedBlock),
    ("figcaption", Kind::Block),
    ("figure", Kind::Block),
    ("filter", Kind::Removed),
    ("font", Kind::Removed),
    ("footer", Kind::Block),
    ("foreignobject", Kind::Removed),
    ("form", Kind::RemovedBlock),
    ("frame", Kind::Removed),
    ("frameset", Kind::Removed),
    ("h1", Kind::Heading),
    ("h2", Kind::Heading),
    ("h3", Kind::Heading),
    ("h4", Kind::Heading),
    ("h5", Kind::Heading),
    ("h6", Kind::Heading),
    ("head", Kind::Removed),
    ("header", Kind::Block),
    ("hgroup", Kind::Block),
    ("hr", Kind::VoidBlock),
    ("html", Kind::Removed),
    ("i", Kind::Inline),
    ("iframe", Kind::RemovedWithText),
    ("image", Kind::Removed),
    ("img", Kind::Void),
    ("input", Kind::Void),
    ("ins", Kind::Inline),
    ("kbd", Kind::Inline),
    ("label", Kind::Removed),
    ("legend", Kind::RemovedBlock),
    ("li", Kind::Block),
    ("link", Kind::Removed),
    ("main", Kind::RemovedBlock),
    ("map", Kind::Removed),
    ("mark", Kind::Inline),
    ("marquee", Kind::Removed),
    ("math", Kind::Removed),
    ("menu", Kind::RemovedBlock),
    ("meta", Kind::Removed),
    ("metadata", Kind::Removed),
    ("meter", Kind::Removed),
    ("nav", Kind::Block),
    ("noscript", Kind::RemovedWithText),
    ("object", Kind::RemovedWithContent),
    ("ol", Kind::Block),
    ("optgroup", Kind::RemovedBlock),
    ("option", Kind::RemovedBlock),
    ("output", Kind::Removed),
    ("p", Kind::Block),
    ("param", Kind::Removed),
    ("picture", Kind::Removed),
    ("pre", Kind::Block),
    ("progress", Kind::Removed),
    ("q", Kind::Inline),
    ("rp", Kind::Inline),
    ("rt", Kind::Inline),
    ("ruby", Kind::Inline),
    ("s", Kind::Inline),
    ("samp", Kind::Inline),
    ("script", Kind::RemovedWithText),
    ("search", Kind::RemovedBlock),
    ("section", Kind::Block),
    ("select", Kind::RemovedBlock),
    ("set", Kind::Removed),
    ("slot", Kind::Removed),
    ("small", Kind::Inline),
    ("source", Kind::Removed),
    ("span", Kind::Inline),
    ("strike", Kind::Removed),
    ("strong", Kind::Inline),
    ("style", Kind::RemovedWithText),
    ("sub", Kind::Inline),
    ("summary", Kind::Block),
    ("sup", Kind::Inline),
    ("svg", Kind::Drawing),
    ("switch", Kind::Removed),
    ("table", Kind::Table),
    ("tbody", Kind::Section),
    ("td", Kind::Cell),
    ("template", Kind::RemovedWithContent),
    ("textarea", Kind::RemovedWithText),
    ("tfoot", Kind::Section),
    ("th", Kind::Cell),
    ("thead", Kind::Section),
    ("time", Kind::Inline),
    ("tr", Kind::Row),
    ("track", Kind::Removed),
    ("tt", Kind::Removed),
    ("u", Kind::Inline),
    ("ul", Kind::Block),
    ("var", Kind::Inline),
    ("video", Kind::Removed),
    ("view", Kind::Removed),
    ("wbr", Kind::Void),
];

/// The element of that name, in lower case.
pub fn find(name: &str) -> Option<(&'static str, Kind)> {
    let at = ELEMENTS.binary_search_by(|(known, _)| (*known).cmp(name));
    ELEMENTS.get(at.ok()?).copied()
}

pub fn kind(name: &str) -> Option<Kind> {
    find(name).map(|(_, kind)| kind)
}

/// Whether a line of text ends before and after it.
pub fn ends_line(name: &str) -> bool {
    kind(name).is_some_and(|kind| {
        let is_around_cells = kind.is_part() && kind != Kind::Cell;
        kind == Kind::RemovedBlock || name == "caption" || is_around_cells || kind.ends_paragraph()
    })
}

pub fn goes_with_content(name: &str) -> bool {
    kind(name).is_some_and(Kind::goes_with_content)
}

pub fn holds_text(name: &str) -> bool {
    kind(name) == Some(Kind::RemovedWithText)
}

impl Kind {
    pub fn may_stay(self) -> bool {
        !matches!(
            self,
            Self::Removed | Self::RemovedBlock | Self::RemovedWithContent | Self::RemovedWithText
        )
    }

    pub fn goes_with_content(self) -> bool {
        matches!(self, Self::RemovedWithContent | Self::RemovedWithText)
    }

    pub fn is_void(self) -> bool {
        matches!(self, Self::Void | Self::VoidBlock | Self::Column)
    }

    /// Whether a paragraph ends before it.
    pub fn ends_paragraph(self) -> bool {
        matches!(
            self,
            Self::Block | Self::VoidBlock | Self::Heading | Self::Table
        )
    }

    /// Whether it is a part of a table that is not the table itself.
    pub fn is_part(self) -> bool {
        matches!(
            self,
            Self::Cell | Self::Row | Self::Section | Self::Columns | Self::Column
        )
    }
}

#[cfg(test)]
mod tests {
    use super::ELEMENTS;

    #[test]
    fn names_are_sorted_in_lower_case_and_there_once() {
        assert!(ELEMENTS.is_sorted_by(|(a, _), (b, _)| a < b));
        let mut names = ELEMENTS.iter().flat_map(|(name, _)| name.chars());
        assert!(names.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
    }
}
