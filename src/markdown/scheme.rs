//! The schemes of addresses: which a page may link to, and which must not be followed.
//!
//! Not here: whether an address answers (`external`), and bare addresses in text (`autolink`).

/// Schemes that every browser supports.
pub const WEB: [&str; 7] = ["http", "https", "mailto", "tel", "ftp", "sftp", "xmpp"];
/// Schemes that a program on the reader's machine opens: editors, notes, references, messages. None
/// of them executes its argument.
pub const APPS: [&str; 58] = [
    "bear",
    "callto",
    "craftdocs",
    "cursor",
    "discord",
    "drafts",
    "evernote",
    "facetime",
    "feishu",
    "figma",
    "geo",
    "git",
    "goland",
    "hook",
    "idea",
    "irc",
    "ircs",
    "jetbrains",
    "joplin",
    "kakaotalk",
    "lark",
    "linear",
    "logseq",
    "magnet",
    "matrix",
    "mattermost",
    "message",
    "mid",
    "msteams",
    "news",
    "notion",
    "obsidian",
    "omnifocus",
    "onenote",
    "pycharm",
    "raycast",
    "sgnl",
    "sip",
    "sips",
    "skype",
    "slack",
    "sms",
    "sourcetree",
    "spotify",
    "ssh",
    "tg",
    "things",
    "todoist",
    "vscode",
    "vscode-insiders",
    "vscodium",
    "webcal",
    "webstorm",
    "whatsapp",
    "windsurf",
    "x-devonthink-item",
    "zed",
    "zotero",
];

/// How a page may use a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Supported by every browser.
    Web,
    /// Opened by a program, if the reader has it.
    App,
    /// Must not be used: it executes its argument, or is unknown.
    Refused,
}

/// Whether a scheme, in lower case, is one that a page may link to.
pub fn is_known(scheme: &str) -> bool {
    WEB.contains(&scheme) || APPS.contains(&scheme)
}

/// The scheme of an address, if it has one, as a browser reads it: letters in any case, white space
/// and control characters skipped, so that `java\tscript:` is recognised.
pub fn of(address: &str) -> Option<Scheme> {
    let name = name(address)?;
    Some(if WEB.contains(&name.as_str()) {
        Scheme::Web
    } else if APPS.contains(&name.as_str()) {
        Scheme::App
    } else {
        Scheme::Refused
    })
}

fn name(address: &str) -> Option<String> {
    let mut name = String::new();
    let seen = |c: &char| !c.is_control() && !c.is_whitespace();
    for c in address.chars().filter(seen) {
        match c {
            ':' => return (!name.is_empty()).then_some(name),
            'a'..='z' | 'A'..='Z' => name.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !name.is_empty() => name.push(c),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_hidden_from_the_eye_is_still_a_scheme() {
        for address in [
            "java\tscript:x",
            "\u{1}javascript:x",
            "DATA:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ms-msdt:/id",
        ] {
            assert_eq!(of(address), Some(Scheme::Refused), "{address:?}");
        }
    }

    #[test]
    fn browsers_and_programs_have_their_schemes_and_paths_have_none() {
        assert_eq!(of("HTTPS://istio.io"), Some(Scheme::Web));
        for address in [
            "obsidian://open?vault=x",
            "vscode://file/x",
            "Zotero://select",
        ] {
            assert_eq!(of(address), Some(Scheme::App), "{address}");
        }
        for path in [
            "a.html#b:c",
            "attachment/a:b",
            ":x",
            "#a:b",
            "?a:b",
            "한글:x",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
