//! The syntaxes of front matter that are read.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

pub(super) const SYNTAXES: [Syntax; 2] = [Syntax::Yaml, Syntax::Toml];

impl Syntax {
    /// The character between a key and its value.
    pub(super) fn separator(self) -> char {
        match self {
            Self::Yaml => ':',
            Self::Toml => '=',
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
        }
    }

    /// A line with a key and its value.
    pub(super) fn line(self, key: &str, value: &str) -> String {
        match self {
            Self::Yaml => format!("{key}: {value}"),
            Self::Toml => format!("{key} = {value}"),
        }
    }

    /// The line that opens a block.
    pub(super) fn fence(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }

    pub(super) fn opened_by(line: &str) -> Option<Self> {
        SYNTAXES.into_iter().find(|syntax| syntax.fence() == line)
    }

    pub(super) fn closed_by(self, line: &str) -> bool {
        line == self.fence() || (self == Self::Yaml && line == "...")
    }
}
