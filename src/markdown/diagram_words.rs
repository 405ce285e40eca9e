//! The words of fences that are pictures, and the language that each means.
//!
//! Not here: which of the languages are drawn (`diagram`), and the rest of an info string (`fence`).

/// Fences whose pictures are drawn in letters: with a place's name (`{#name}`) they are diagrams.
pub const LETTER_LANGUAGES: [&str; 3] = ["text", "txt", "ascii"];

/// The language of a fence with this word, if it is a picture's.
pub fn diagram_language(word: &str) -> Option<&'static str> {
    Some(match word {
        "mermaid" | "mmd" => "mermaid",
        "dot" | "graphviz" | "gv" => "dot",
        "svgbob" | "bob" => "svgbob",
        "d2" => "d2",
        "plantuml" => "plantuml",
        _ => return None,
    })
}
