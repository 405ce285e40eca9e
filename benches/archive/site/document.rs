//! One document: front matter, title, sections of text, code, tables, lists and pictures, and links
//! to others.
//!
//! Not here: the words (`prose`) and the code.

use super::code::{self, LANGUAGES};
use super::diagram;
use super::prose::{paragraph, phrase, term};
use super::random::Random;
use super::{Archive, PER_ATTACHMENT, Part};

/// Of three documents, how many are in Korean.
const KOREAN: usize = 2;

pub(super) fn text(archive: &Archive, number: u32) -> String {
    let mut writer = Writer {
        archive,
        number,
        random: archive.random(number, Part::Body),
        is_korean: is_korean(archive, number),
        text: String::new(),
    };
    writer.front_matter();
    if archive.short {
        writer.paragraph(2);
        writer.links(1);
    } else {
        writer.paragraph(3);
        writer.section(&first_heading(archive, number));
        for _ in 0..2 + writer.random.below(4) {
            let heading = phrase(&mut writer.random, writer.is_korean);
            writer.section(&heading);
        }
        writer.links(3);
    }
    writer.text
}

/// What links name: it depends on nothing but the document's number.
fn first_heading(archive: &Archive, number: u32) -> String {
    let mut random = archive.random(number, Part::Heading);
    phrase(&mut random, is_korean(archive, number))
}

fn is_korean(archive: &Archive, number: u32) -> bool {
    archive.random(number, Part::Name).below(3) < KOREAN
}

struct Writer<'a> {
    archive: &'a Archive,
    number: u32,
    random: Random,
    is_korean: bool,
    text: String,
}

impl Writer<'_> {
    fn front_matter(&mut self) {
        let description = paragraph(&mut self.random, self.is_korean, 1).replace(['*', '`'], "");
        let tags: Vec<String> = (0..3)
            .map(|_| term(&mut self.random).replace(' ', "-"))
            .collect();
        let (month, day) = (1 + self.random.below(12), 1 + self.random.below(28));
        let title = phrase(&mut self.random, self.is_korean);
        self.text.push_str(&format!(
            "---\ndescription: \"{description}\"\ntags: [{}]\ndate: 2026-{month:02}-{day:02}\n---\n# {title} {}\n\n",
            tags.join(", "),
            self.number,
        ));
    }

    fn section(&mut self, heading: &str) {
        self.text.push_str(&format!("## {heading}\n\n"));
        self.paragraph(3);
        match self.random.below(8) {
            0 => self.table(),
            1 => self.list(),
            2 if self.archive.diagrams => self.diagram(),
            3 => self.alert(),
            4 => self.paragraph(4),
            _ => self.code(),
        }
        self.links(1);
        self.paragraph(2);
    }

    fn paragraph(&mut self, sentences: usize) {
        let text = paragraph(&mut self.random, self.is_korean, sentences);
        self.text.push_str(&text);
        self.text.push_str("\n\n");
    }

    fn code(&mut self) {
        // Notes have more of the first languages than of the last.
        let end = 1 + self.random.below(LANGUAGES.len());
        let name = LANGUAGES[self.random.below(end)];
        let code = code::block(name, &mut self.random);
        self.fence(name, &code);
    }

    fn diagram(&mut self) {
        if self.random.once_in(4) {
            let source = diagram::dot(&mut self.random);
            self.fence("dot", &source);
        } else {
            let source = diagram::mermaid(&mut self.random);
            self.fence("mermaid", &source);
        }
    }

    fn fence(&mut self, name: &str, text: &str) {
        self.text.push_str(&format!("```{name}\n{text}```\n\n"));
    }

    fn table(&mut self) {
        self.text
            .push_str("| 항목 | 값 | 설명 |\n| --- | ---: | --- |\n");
        for _ in 0..3 + self.random.below(6) {
            let (name, number) = (term(&mut self.random), self.random.below(10_000));
            let about = phrase(&mut self.random, self.is_korean);
            self.text
                .push_str(&format!("| `{name}` | {number} | {about} |\n"));
        }
        self.text.push('\n');
    }

    fn list(&mut self) {
        for _ in 0..3 + self.random.below(4) {
            let sentence = paragraph(&mut self.random, self.is_korean, 1);
            self.text.push_str(&format!("- {sentence}\n"));
        }
        self.text.push('\n');
    }

    fn alert(&mut self) {
        let kind = self.random.pick(&["NOTE", "WARNING", "TIP"]);
        let sentence = paragraph(&mut self.random, self.is_korean, 2);
        self.text
            .push_str(&format!("> [!{kind}]\n> {sentence}\n\n"));
    }

    /// A sentence with links: to the next document, so that none is an orphan, or to any; and
    /// sometimes to a heading or an attachment.
    fn links(&mut self, count: usize) {
        let mut links = Vec::new();
        for place in 0..count {
            let documents = self.archive.documents as usize;
            let any = u32::try_from(self.random.below(documents)).unwrap_or_default();
            let is_next = place == 0 && (self.archive.short || count > 1);
            let next = (self.number + 1) % self.archive.documents;
            links.push(self.link(if is_next { next } else { any }));
        }
        if count > 1 {
            let path = self.archive.attachment(self.number / PER_ATTACHMENT);
            links.push(format!("[values](../{path})"));
        }
        let see = if self.is_korean {
            "함께 볼 글: "
        } else {
            "See also "
        };
        self.text
            .push_str(&format!("{see}{}.\n\n", links.join(", ")));
    }

    fn link(&mut self, to: u32) -> String {
        let basename = self.archive.basename(to);
        let words = phrase(&mut self.random, self.is_korean);
        if self.archive.short || self.random.once_in(2) {
            return format!("[{words}]({basename}.md)");
        }
        let heading = slug(&first_heading(self.archive, to));
        format!("[{words}]({basename}.md#{heading})")
    }
}

/// The id of a heading. Its words have no marks, so that this is all there is to it.
fn slug(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}
