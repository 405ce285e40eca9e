//! The words of fences that are pictures, and the language that each means.
//!
//! Not here: which of the languages are drawn (`diagram`), and the rest of an info string (`fence`).

/// Fences whose pictures are drawn in letters: with a place's name (`{#name}`) they are diagrams.
pub const LETTER_LANGUAGES: [&str; 3] = ["text", "txt", "ascii"];

/// The language of a fence with this word, in any case, if it is a picture's.
pub fn diagram_language(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "mermaid" | "mmd" => "mermaid",
        "dot" | "graphviz" | "gv" => "dot",
        "svgbob" | "bob" => "svgbob",
        "d2" => "d2",
        "plantuml" | "puml" => "plantuml",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::diagram_language;

    #[test]
    fn a_word_means_a_language_in_any_case() {
        for (word, language) in [
            ("mermaid", Some("mermaid")),
            ("Mermaid", Some("mermaid")),
            ("MMD", Some("mermaid")),
            ("GraphViz", Some("dot")),
            ("puml", Some("plantuml")),
            ("yaml", None),
        ] {
            assert_eq!(diagram_language(word), language, "{word}");
        }
    }
}
