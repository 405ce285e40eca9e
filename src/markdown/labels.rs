//! Words of the interface that are in bodies.
//!
//! Not here: the words (`output::words`), which depend on the site's language.

/// The words of the interface that stand inside a body.
#[derive(Debug, Clone, Copy, Default)]
pub struct Labels {
    /// Of a heading's `#`.
    pub anchor: &'static str,
    pub footnotes: &'static str,
    pub back_to_text: &'static str,
    /// Of the box in which a wide table scrolls.
    pub table: &'static str,
    /// Of a task of a list: it is done, or not yet.
    pub done: &'static str,
    pub open: &'static str,
    /// Of a diagram that is shown as its source.
    pub undrawn: &'static str,
    /// Of the name of a diagram's place.
    pub slot: &'static str,
    /// What a picture without a name is called.
    pub diagram: &'static str,
    /// Of a diagram's source, folded under its picture.
    pub diagram_source: &'static str,
    /// The same, of a source that changed after somebody drew the picture.
    pub newer_source: &'static str,
    /// Titles of alerts: note, tip, important, warning, caution.
    pub alerts: [&'static str; 5],
}
