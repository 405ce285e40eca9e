//! The content type and the policy of a file, as the `Caddyfile` gives them.

use super::target::Target;

const TEXT: &str = "text/plain; charset=utf-8";
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// Pages: nothing inline, nothing from elsewhere.
pub(super) const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Pages with the script that hears of builds.
pub(super) const LIVE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
     connect-src 'self'";
/// Drawings and web pages among the attachments.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
     frame-ancestors 'none'; sandbox";
pub(super) const LISTING: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Endings of files that browsers show as they are.
const SHOWN: [(&str, &str); 32] = [
    ("html", HTML),
    ("htm", HTML),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("xml", "text/xml; charset=utf-8"),
    ("xhtml", "application/xhtml+xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/vnd.microsoft.icon"),
    ("bmp", "image/bmp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("wasm", "application/wasm"),
    ("zip", "application/zip"),
    ("gz", "application/gzip"),
    ("mp3", "audio/mpeg"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("ogg", "audio/ogg"),
];
/// Endings of sources, which are shown as text.
const SOURCES: &str = "md markdown txt text adoc rst csv tsv log diff patch yaml yml toml ini cfg cnf conf \
     config properties env editorconfig sh bash zsh fish ps1 bat awk sed jq py go rs rb pl lua c h cc cpp \
     hpp java kt scala swift php ts tsx jsx vue sql proto graphql rego cue jsonnet libsonnet jsonl ndjson \
     tf tfvars hcl nix bazel bzl gradle cmake mk mod sum lock tpl tmpl j2 gotmpl service socket timer \
     network rules cron promql lds vcl dot d2 mmd puml http pem crt csr pub dockerfile";

/// What browsers take a file for.
pub(super) fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return TEXT;
    };
    let is_source = SOURCES.split_whitespace().any(|source| source == ending)
        || ending != "html"
            && ["dockerfile", "makefile"].contains(&stem.split('.').next().unwrap_or(stem));
    if is_source {
        return TEXT;
    }
    let shown = SHOWN.iter().find(|(shown, _)| *shown == ending);
    shown.map_or("application/octet-stream", |(_, kind)| kind)
}

/// What a file may do in a browser.
pub(super) fn policy(target: &Target) -> &'static str {
    let path = target.path.to_lowercase();
    let is = |endings: &[&str]| {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| endings.contains(&ending))
    };
    let is_foreign = path.starts_with("attachment/") && is(&["html", "htm", "xhtml", "xml"]);
    if is_foreign || is(&["svg"]) {
        SANDBOX
    } else {
        STRICT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the `Caddyfile` takes for sources, and its policies, are held to the same here.
    #[test]
    fn the_caddyfile_has_the_same_kinds_and_policies() {
        let caddyfile = include_str!("../../Caddyfile");
        let lines = caddyfile.lines().map(str::trim);
        let sources = lines.filter_map(|line| line.strip_prefix("path *."));
        let mut count = 0;
        for source in sources.flat_map(str::split_whitespace) {
            let name = source.trim_start_matches("*.").replace('*', "x");
            assert_eq!(
                content_type(&format!("a.{}", name.trim_start_matches("*."))),
                TEXT,
                "{name}"
            );
            count += 1;
        }
        assert!(count > 90, "{count}");
        for policy in [STRICT, SANDBOX, LISTING] {
            assert!(caddyfile.contains(policy), "{policy}");
        }
        assert_eq!(LIVE, format!("{STRICT}; connect-src 'self'"));
    }
}
