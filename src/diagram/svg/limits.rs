//! What a picture may take, and why a text is not a picture.
//!
//! Not here: looking for it (`read`).

use std::fmt;

/// In bytes.
pub(super) const MOST_TEXT: usize = 4 * 1024 * 1024;

pub(super) const MOST_ELEMENTS: usize = 40_000;

pub(super) const MOST_NESTING: usize = 200;

/// The most nodes after `<use>` elements are expanded.
pub(super) const MOST_DRAWN: usize = 50_000;

/// Why a text is not a picture for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotAPicture {
    /// The text is longer than 4 MiB.
    TooLong,
    /// There is no `<svg>` element in the text.
    NoSvg,
    /// The picture has too many elements, or one of them too many attributes.
    TooManyElements,
    /// Its elements nest too deep.
    TooDeep,
    /// Its `<use>` elements draw too much, or refer to themselves.
    TooMuchUse,
    /// It has neither a `viewBox` nor a width and a height.
    NoSize,
    /// Nothing in it is drawn.
    Empty,
}

impl fmt::Display for NotAPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::TooLong => "the picture's text is longer than 4 MiB".to_owned(),
            Self::NoSvg => "there is no <svg> element".to_owned(),
            Self::TooManyElements => {
                format!("the picture has more than {MOST_ELEMENTS} elements, or too many attributes")
            }
            Self::TooDeep => format!("the picture's elements nest more than {MOST_NESTING} deep"),
            Self::TooMuchUse => {
                format!("the picture's <use> elements draw more than {MOST_DRAWN} elements, or themselves")
            }
            Self::NoSize => {
                "the picture has no size: neither viewBox nor width and height".to_owned()
            }
            Self::Empty => "the picture draws nothing".to_owned(),
        })
    }
}

impl std::error::Error for NotAPicture {}
