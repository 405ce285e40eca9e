//! Pieces of code with what they are.

use std::ops::Range;

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    Comment,
    /// `if`, `SELECT`, `FROM`.
    Keyword,
    String,
    /// A number, `true`, `null`, a constant.
    Number,
    Type,
    /// A function where it is defined or called, a command.
    Function,
    /// A key of data, a setting.
    Property,
    /// A variable of a shell or a template, an anchor.
    Variable,
    Tag,
    /// An attribute of markup, of code.
    Attribute,
    /// A section's heading, a place in a patch.
    Meta,
    /// A line that a patch adds.
    Inserted,
    /// A line that a patch removes.
    Deleted,
    Prompt,
    Output,
}

impl Class {
    /// Every class, at the place of its number.
    pub const ALL: [Self; 15] = [
        Self::Comment,
        Self::Keyword,
        Self::String,
        Self::Number,
        Self::Type,
        Self::Function,
        Self::Property,
        Self::Variable,
        Self::Tag,
        Self::Attribute,
        Self::Meta,
        Self::Inserted,
        Self::Deleted,
        Self::Prompt,
        Self::Output,
    ];

    /// Its name in HTML and in the stylesheet.
    pub const fn css(self) -> &'static str {
        match self {
            Self::Comment => "c",
            Self::Keyword => "k",
            Self::String => "s",
            Self::Number => "d",
            Self::Type => "t",
            Self::Function => "f",
            Self::Property => "p",
            Self::Variable => "v",
            Self::Tag => "g",
            Self::Attribute => "a",
            Self::Meta => "m",
            Self::Inserted => "i",
            Self::Deleted => "x",
            Self::Prompt => "ps",
            Self::Output => "o",
        }
    }
}

/// A piece of code with its class. Those of a block come in order and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the block.
    pub range: Range<usize>,
    pub class: Class,
}
