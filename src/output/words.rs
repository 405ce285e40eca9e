//! The words of the interface, in the languages that docsite speaks: templates write `{{ t.key }}`.
//!
//! A sentence with a number or a name in it is composed by the template from words that stand
//! well on their own in every language.
//!
//! What is deliberately not here: what the command line says, the names of topics and types (they
//! are the site's), and any choice of language beyond [`Words::of`].

use serde::Serialize;

/// One language's words.
///
/// The field names are part of what a site's own templates may use.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "the words below say what each one is")]
pub struct Words {
    // Every page.
    pub home: &'static str,
    pub skip: &'static str,
    pub theme: &'static str,
    pub theme_auto: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub files: &'static str,
    pub viz_title: &'static str,
    pub deprecated: &'static str,
    pub document_unit: &'static str,
    pub documents_unit: &'static str,
    // A document's page.
    pub deprecated_title: &'static str,
    pub successor: &'static str,
    pub draft: &'static str,
    pub dated: &'static str,
    pub updated: &'static str,
    pub tags: &'static str,
    pub source: &'static str,
    pub reading_time: &'static str,
    pub minutes_unit: &'static str,
    pub contents: &'static str,
    pub side: &'static str,
    pub steps: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub attachments: &'static str,
    pub attachments_note: &'static str,
    pub backlinks: &'static str,
    // The catalogue.
    pub views: &'static str,
    pub flow: &'static str,
    pub topics: &'static str,
    pub graph: &'static str,
    pub stages: &'static str,
    pub references: &'static str,
    pub no_stages: &'static str,
    pub kinds: &'static str,
    pub no_documents: &'static str,
    pub documents: &'static str,
    pub links: &'static str,
    pub legend_in: &'static str,
    pub legend_out: &'static str,
    pub audit: &'static str,
    pub audit_note: &'static str,
    pub broken: &'static str,
    pub broken_note: &'static str,
    pub orphans: &'static str,
    pub orphans_note: &'static str,
    pub outside: &'static str,
    pub outside_note: &'static str,
    pub all_well: &'static str,
    // The file tree.
    pub files_title: &'static str,
    pub file_count: &'static str,
    // Inside a document's body, and what the link check finds there.
    pub anchor: &'static str,
    pub footnotes: &'static str,
    pub back_to_text: &'static str,
    pub table: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub undrawn: &'static str,
    pub alert_note: &'static str,
    pub alert_tip: &'static str,
    pub alert_important: &'static str,
    pub alert_warning: &'static str,
    pub alert_caution: &'static str,
    pub wikilink: &'static str,
    pub unpublished_document: &'static str,
    pub broken_document: &'static str,
    pub broken_heading: &'static str,
    pub broken_attachment: &'static str,
}

/// Korean.
pub static KO: Words = Words {
    home: "🏠 목록",
    skip: "본문으로 건너뛰기",
    theme: "화면 색",
    theme_auto: "자동",
    theme_light: "밝게",
    theme_dark: "어둡게",
    files: "📁 폴더 구조",
    viz_title: "그림이 있는 문서",
    deprecated: "deprecated",
    document_unit: "편",
    documents_unit: "편",
    deprecated_title: "더 이상 쓰지 않는 문서",
    successor: "대신 볼 문서",
    draft: "초안",
    dated: "작성",
    updated: "고침",
    tags: "태그",
    source: "Markdown 원본",
    reading_time: "읽는 시간",
    minutes_unit: "분",
    contents: "이 문서의 차례",
    side: "이 문서의 차례와 둘레",
    steps: "흐름의 이전과 다음",
    previous: "이전",
    next: "다음",
    attachments: "첨부",
    attachments_note: "이 문서가 근거로 삼은 실제 파일",
    backlinks: "이 문서를 가리키는 문서",
    views: "보는 방법",
    flow: "이해의 흐름",
    topics: "토픽 목록",
    graph: "관계도",
    stages: "흐름의 단계",
    references: "첨부와 바깥 링크",
    no_stages: "flow.json에 적은 단계가 아직 없다.",
    kinds: "타입별 문서 수",
    no_documents: "게시된 문서가 아직 없다.",
    documents: "문서",
    links: "링크",
    legend_in: "이 문서를 가리키는 문서의 수",
    legend_out: "이 문서가 가리키는 문서",
    audit: "링크 점검",
    audit_note: "본문의 링크를 다시 읽어 만든 목록. 고칠 곳은 언제나 Markdown 원본이다.",
    broken: "끊긴 링크",
    broken_note: "가리키는 곳이 없다",
    orphans: "고아 문서",
    orphans_note: "아무 문서도 가리키지 않는다",
    outside: "흐름 밖의 문서",
    outside_note: "흐름의 어느 단계에도 없다",
    all_well: "모든 링크가 닿고, 고아 문서도 없다.",
    files_title: "폴더 구조",
    file_count: "파일",
    anchor: "이 절의 링크",
    footnotes: "각주",
    back_to_text: "본문으로",
    table: "표",
    copy: "복사",
    copied: "복사됨",
    undrawn: "아직 그려지지 않은 다이어그램",
    alert_note: "참고",
    alert_tip: "도움말",
    alert_important: "중요",
    alert_warning: "주의",
    alert_caution: "위험",
    wikilink: "위키 링크",
    unpublished_document: "아직 게시되지 않은 문서",
    broken_document: "없는 문서",
    broken_heading: "없는 제목",
    broken_attachment: "없는 첨부 파일",
};

/// English.
pub static EN: Words = Words {
    home: "🏠 Index",
    skip: "Skip to content",
    theme: "Colors",
    theme_auto: "Auto",
    theme_light: "Light",
    theme_dark: "Dark",
    files: "📁 Files",
    viz_title: "Has drawn diagrams",
    deprecated: "deprecated",
    document_unit: " document",
    documents_unit: " documents",
    deprecated_title: "No longer maintained",
    successor: "Read instead",
    draft: "draft",
    dated: "Written",
    updated: "Updated",
    tags: "Tags",
    source: "Markdown source",
    reading_time: "Reading time",
    minutes_unit: " min",
    contents: "On this page",
    side: "Contents and neighbors",
    steps: "Previous and next in the flow",
    previous: "Previous",
    next: "Next",
    attachments: "Attachments",
    attachments_note: "the files this document rests on",
    backlinks: "Documents that link here",
    views: "Views",
    flow: "Reading path",
    topics: "Topics",
    graph: "Graph",
    stages: "Stages of the path",
    references: "Attachments and outside links",
    no_stages: "There are no stages in flow.json yet.",
    kinds: "Documents by type",
    no_documents: "Nothing is published yet.",
    documents: "Documents",
    links: "Links",
    legend_in: "documents that link to it",
    legend_out: "documents it links to",
    audit: "Link check",
    audit_note: "Read anew from the links in every document. The place to mend them is always the Markdown.",
    broken: "Broken links",
    broken_note: "they lead nowhere",
    orphans: "Orphans",
    orphans_note: "no document links to them",
    outside: "Outside the path",
    outside_note: "they are in no stage",
    all_well: "Every link arrives, and no document is an orphan.",
    files_title: "Files",
    file_count: "Files",
    anchor: "Link to this section",
    footnotes: "Footnotes",
    back_to_text: "Back to the text",
    table: "Table",
    copy: "Copy",
    copied: "Copied",
    undrawn: "A diagram that is not drawn yet",
    alert_note: "Note",
    alert_tip: "Tip",
    alert_important: "Important",
    alert_warning: "Warning",
    alert_caution: "Caution",
    wikilink: "Wiki link",
    unpublished_document: "document not published yet",
    broken_document: "no such document",
    broken_heading: "no such heading",
    broken_attachment: "no such attachment",
};

impl Words {
    /// The words of a site's language: Korean for `ko`, English for all else.
    pub fn of(language: &str) -> &'static Self {
        match language {
            "ko" => &KO,
            _ => &EN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EN, KO, Words};

    #[test]
    fn both_languages_have_every_word() -> serde_json::Result<()> {
        let (ko, en) = (serde_json::to_value(KO)?, serde_json::to_value(EN)?);
        let keys = |words: &serde_json::Value| -> Vec<String> {
            words
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone())
                .collect()
        };
        assert!(!keys(&ko).is_empty());
        assert_eq!(keys(&ko), keys(&en));
        for key in keys(&ko) {
            for words in [&ko, &en] {
                let word = words[&key].as_str().unwrap_or_default();
                assert!(!word.trim().is_empty(), "{key} says nothing");
            }
        }
        Ok(())
    }

    #[test]
    fn a_language_without_words_of_its_own_reads_english() {
        assert_eq!(Words::of("ko").next, "다음");
        assert_eq!(Words::of("en").next, "Next");
        assert_eq!(Words::of("fr").next, "Next");
    }
}
