//! What languages are called in fences.
//!
//! Not here: how their code is read (`languages` for arborium's, and a file for each lexer of our own).

/// Each language, with the other names that people use for it.
pub const LANGUAGES: [(&str, &[&str]); 28] = [
    (
        "bash",
        &["sh", "shell", "zsh", "ksh", "bashrc", "dotenv", "env"],
    ),
    (
        "console",
        &["shell-session", "shellsession", "sh-session", "terminal"],
    ),
    ("css", &[]),
    ("diff", &["patch", "udiff"]),
    ("dockerfile", &["docker", "containerfile"]),
    ("go", &["golang"]),
    ("haproxy", &[]),
    ("hcl", &["tf", "terraform", "tfvars", "hcl2"]),
    ("html", &["htm", "xhtml"]),
    ("http", &["https"]),
    (
        "ini",
        &[
            "cfg",
            "conf",
            "properties",
            "systemd",
            "service",
            "editorconfig",
        ],
    ),
    ("java", &[]),
    ("javascript", &["js", "jsx", "mjs", "cjs", "node"]),
    ("json", &["jsonc", "json5", "jsonl", "ndjson"]),
    ("lua", &[]),
    ("make", &["makefile", "mk", "gnumakefile"]),
    ("nginx", &["nginxconf"]),
    ("promql", &[]),
    ("proto", &["protobuf"]),
    ("python", &["py", "python3", "py3"]),
    ("rego", &["opa"]),
    ("rust", &["rs"]),
    (
        "sql",
        &["mysql", "postgres", "postgresql", "psql", "sqlite", "plsql"],
    ),
    ("toml", &[]),
    ("tsx", &[]),
    ("typescript", &["ts", "mts", "cts"]),
    ("xml", &["svg", "xsd", "xsl", "xslt", "plist", "pom"]),
    ("yaml", &["yml"]),
];

/// The language of a name, in lower case.
pub(super) fn language(name: &str) -> Option<&'static str> {
    let mut known = LANGUAGES.iter();
    let (language, _) =
        known.find(|(language, others)| *language == name || others.contains(&name))?;
    Some(language)
}
