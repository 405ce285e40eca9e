//! Counts with their nouns.

pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

pub(super) fn pages(count: usize) -> String {
    plural(count, "page", "pages")
}

pub(super) fn documents(count: usize) -> String {
    plural(count, "document", "documents")
}

pub(super) fn files(count: usize) -> String {
    plural(count, "file", "files")
}
