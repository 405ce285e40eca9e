//! The languages that arborium knows: each with the highlight query of its grammar, what we add to
//! it, and what its captures mean.
//!
//! The queries are read from arborium's crates by the running program, so there is no copy that can
//! differ from them: a build script would see them only if it compiled every grammar a second time,
//! for the machine that builds. Not here: how they are read (`query`, `table`).

use arborium::{
    lang_bash, lang_css, lang_diff, lang_dockerfile, lang_go, lang_hcl, lang_html, lang_ini,
    lang_java, lang_javascript, lang_json, lang_lua, lang_make, lang_proto, lang_python, lang_rego,
    lang_rust, lang_toml, lang_tsx, lang_typescript, lang_xml, lang_yaml,
};

use super::query::{Pattern, Problem};
use super::span::Paint;
use super::token::Class;

/// A language of arborium, by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grammar(usize);

impl Grammar {
    pub(super) const COUNT: usize = SPECS.len();

    pub(super) fn named(name: &str) -> Option<Self> {
        SPECS.iter().position(|spec| spec.name == name).map(Self)
    }

    #[cfg(test)]
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    pub(super) fn number(self) -> usize {
        self.0
    }

    pub(super) fn name(self) -> &'static str {
        SPECS[self.0].name
    }

    /// Its grammar's highlight query, and ours after that.
    pub(super) fn highlights(self) -> [&'static str; 2] {
        [(SPECS[self.0].highlights)(), SPECS[self.0].more]
    }

    /// The query for parts in another language; empty if there are none.
    pub(super) fn injections(self) -> &'static str {
        SPECS[self.0].injections
    }

    /// Whether `...` alone on a line stands for code that was left out.
    pub(super) fn has_dots(self) -> bool {
        // In Python it is a statement.
        self.name() != "python"
    }

    /// The class of a capture, and of two for the same text the rank of it.
    #[expect(clippy::unnecessary_wraps, reason = "the type of a table's meanings")]
    pub(super) fn paint(
        self,
        _: &Pattern<'_>,
        number: usize,
        capture: &str,
    ) -> Result<Option<(Paint, usize)>, Problem> {
        let spec = &SPECS[self.0];
        let rank = if spec.first_wins {
            usize::MAX / 2 - number
        } else {
            number
        };
        Ok(paint(spec, capture).map(|paint| match paint {
            // Plain counts only where nothing else does.
            Paint::Plain => (paint, 0),
            Paint::Class(_) => (paint, rank + 1),
        }))
    }
}

/// The language of a capture of an injection query.
pub(super) fn embedded(
    pattern: &Pattern<'_>,
    number: usize,
    capture: &str,
) -> Result<Option<(Grammar, usize)>, Problem> {
    if capture != "injection.content" {
        return Ok(None);
    }
    let name = pattern.language.as_deref().unwrap_or_default();
    match Grammar::named(name) {
        Some(grammar) => Ok(Some((grammar, number))),
        None => Err(Problem::Language(name.to_owned())),
    }
}

struct Spec {
    name: &'static str,
    highlights: fn() -> &'static str,
    /// Our own patterns, after those.
    more: &'static str,
    injections: &'static str,
    /// Whether the first of two patterns for the same text wins, not the last.
    first_wins: bool,
    /// The class of a property: a key in data, a variable in a shell, plain in code, where every
    /// second word is one.
    property: Paint,
}

const fn spec(name: &'static str, highlights: fn() -> &'static str, property: Paint) -> Spec {
    Spec {
        name,
        highlights,
        more: "",
        injections: "",
        first_wins: false,
        property,
    }
}

const KEY: Paint = Paint::Class(Class::Property);
const PLAIN: Paint = Paint::Plain;
const VARIABLE: Paint = Paint::Class(Class::Variable);

/// The patterns of tsx about tags, for JavaScript: its grammar reads them, its query does not.
const JSX: &str = "
(jsx_element open_tag: (jsx_opening_element name: (identifier) @tag))
(jsx_element close_tag: (jsx_closing_element name: (identifier) @tag))
(jsx_self_closing_element name: (identifier) @tag)
(jsx_opening_element name: (member_expression property: (property_identifier) @tag))
(jsx_closing_element name: (member_expression property: (property_identifier) @tag))
(jsx_self_closing_element name: (member_expression property: (property_identifier) @tag))
((jsx_opening_element name: (identifier) @constructor) (#match? @constructor \"^[A-Z]\"))
((jsx_closing_element name: (identifier) @constructor) (#match? @constructor \"^[A-Z]\"))
((jsx_self_closing_element name: (identifier) @constructor) (#match? @constructor \"^[A-Z]\"))
(jsx_attribute (property_identifier) @attribute)
(jsx_text) @string
";

static SPECS: [Spec; 22] = [
    spec("yaml", || lang_yaml::HIGHLIGHTS_QUERY, KEY),
    Spec {
        first_wins: true,
        ..spec("json", || lang_json::HIGHLIGHTS_QUERY, KEY)
    },
    Spec {
        // A variable is one with its `$`, also within a string.
        more: "[(simple_expansion) (expansion)] @label \
               [\"declare\" \"local\" \"readonly\" \"typeset\"] @keyword",
        ..spec("bash", || lang_bash::HIGHLIGHTS_QUERY, VARIABLE)
    },
    Spec {
        first_wins: true,
        ..spec("go", || lang_go::HIGHLIGHTS_QUERY, PLAIN)
    },
    Spec {
        // The arguments of a macro are words that belong to nothing yet.
        more: "((token_tree [(identifier) \"!\"] @function) (#is-called? @function))",
        ..spec("rust", || lang_rust::HIGHLIGHTS_QUERY, PLAIN)
    },
    spec("python", || lang_python::HIGHLIGHTS_QUERY, PLAIN),
    Spec {
        more: JSX,
        ..spec("javascript", || lang_javascript::HIGHLIGHTS_QUERY, PLAIN)
    },
    spec("typescript", || &lang_typescript::HIGHLIGHTS_QUERY, PLAIN),
    spec("tsx", || &lang_tsx::HIGHLIGHTS_QUERY, PLAIN),
    Spec {
        injections: lang_html::INJECTIONS_QUERY,
        ..spec("html", || lang_html::HIGHLIGHTS_QUERY, KEY)
    },
    spec("css", || lang_css::HIGHLIGHTS_QUERY, KEY),
    Spec {
        more: "(quoted_key) @property",
        ..spec("toml", || lang_toml::HIGHLIGHTS_QUERY, KEY)
    },
    Spec {
        injections: "((shell_command) @injection.content (#set! injection.language \"bash\"))",
        ..spec("dockerfile", || lang_dockerfile::HIGHLIGHTS_QUERY, KEY)
    },
    spec("lua", || lang_lua::HIGHLIGHTS_QUERY, PLAIN),
    spec("proto", || lang_proto::HIGHLIGHTS_QUERY, PLAIN),
    Spec {
        more: "(template_interpolation) @none",
        ..spec("hcl", || lang_hcl::HIGHLIGHTS_QUERY, KEY)
    },
    spec("rego", || lang_rego::HIGHLIGHTS_QUERY, PLAIN),
    spec("java", || lang_java::HIGHLIGHTS_QUERY, PLAIN),
    spec("xml", || lang_xml::HIGHLIGHTS_QUERY, KEY),
    spec("ini", || lang_ini::HIGHLIGHTS_QUERY, KEY),
    Spec {
        injections: lang_make::INJECTIONS_QUERY,
        ..spec("make", || lang_make::HIGHLIGHTS_QUERY, KEY)
    },
    Spec {
        more: "[(old_file) (new_file)] @attribute",
        ..spec("diff", || lang_diff::HIGHLIGHTS_QUERY, KEY)
    },
];

/// The meaning of a capture; `None` if the class of the surrounding text continues.
fn paint(spec: &Spec, capture: &str) -> Option<Paint> {
    let class = match capture {
        _ if spec.name == "diff" => match capture {
            "string" => Class::Inserted,
            "keyword" => Class::Deleted,
            _ => Class::Meta,
        },
        "property" | "field" | "variable.member" => return Some(spec.property),
        "none" | "embedded" | "variable" | "variable.parameter" | "parameter" => {
            return Some(Paint::Plain);
        }
        "variable.builtin" | "keyword" | "conditional" | "repeat" | "preproc" | "import" => {
            Class::Keyword
        }
        "string.special.key" | "string.special.symbol" => Class::Property,
        "character.special" | "label" => Class::Variable,
        "string.escape" | "tag.error" => return None,
        "boolean" | "string.special" => Class::Number,
        "method" | "method.call" => Class::Function,
        // Of Lua, where it is a pair of braces.
        "constructor" if spec.name == "lua" => return None,
        "constructor" => Class::Type,
        "markup.heading" => Class::Meta,
        _ => match capture.split('.').next().unwrap_or_default() {
            "comment" => Class::Comment,
            "string" => Class::String,
            "number" | "constant" => Class::Number,
            "keyword" => Class::Keyword,
            "type" => Class::Type,
            "function" => Class::Function,
            "tag" => Class::Tag,
            "attribute" => Class::Attribute,
            _ => return None,
        },
    };
    Some(Paint::Class(class))
}

#[cfg(test)]
mod tests {
    use super::super::query::patterns;
    use super::*;

    #[test]
    fn the_tags_of_javascript_are_those_of_tsx() {
        let tsx = patterns(&lang_tsx::HIGHLIGHTS_QUERY).unwrap();
        let about_tags = |pattern: &Pattern<'_>| format!("{:?}", pattern.node).contains("\"jsx_");
        let tags: Vec<_> = tsx.into_iter().filter(about_tags).collect();
        assert_eq!(patterns(JSX).unwrap(), tags);
    }
}
