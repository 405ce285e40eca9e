//! Archives of any size, for measurements: notes in Korean and English with code, tables, links,
//! diagrams, front matter, a reading path and attachments.
//!
//! The same fields give the same bytes on every machine. A document is a function of the archive
//! and its number, so that any number of them needs no memory. Not here: writing files, and texts
//! that are hostile or wrong (`tests/` has those).

pub mod code;
pub mod diagram;
mod document;
mod prose;
pub mod random;

use self::prose::{MIDDLES, TOPICS};
use self::random::Random;

/// Documents for each attachment.
const PER_ATTACHMENT: u32 = 10;
/// At most, of the reading path.
const STAGES: u32 = 12;
/// At most, of a stage.
const STATIONS: u32 = 12;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Archive {
    pub documents: u32,
    pub seed: u64,
    /// A sentence or two and a link in each document, instead of 2 to 7 kB.
    pub short: bool,
    /// In every third document, where it is not short.
    pub diagrams: bool,
}

impl Archive {
    pub fn new(documents: u32) -> Self {
        Self {
            documents,
            seed: 1,
            short: false,
            diagrams: true,
        }
    }

    /// All files, as paths in the site and texts.
    pub fn files(&self) -> impl Iterator<Item = (String, String)> {
        let settings = [
            ("docsite.toml".to_owned(), self.settings()),
            ("flow.json".to_owned(), self.flow()),
        ];
        let documents = (0..self.documents).map(|number| {
            let path = format!("markdown/{}.md", self.basename(number));
            (path, self.document(number))
        });
        let attachments = (0..self.documents.div_ceil(PER_ATTACHMENT)).map(|number| {
            let mut random = self.random(number, Part::Attachment);
            (self.attachment(number), code::block("yaml", &mut random))
        });
        settings.into_iter().chain(documents).chain(attachments)
    }

    /// The text of a document.
    pub fn document(&self, number: u32) -> String {
        document::text(self, number)
    }

    pub fn basename(&self, number: u32) -> String {
        let mut random = self.random(number, Part::Name);
        let topic = self.topic(number);
        if number < self.topics() {
            return format!("{topic}__MOC-{topic}");
        }
        let kind = random.pick(&["note", "note", "note", "guide", "src", "report", "runbook"]);
        let middle = random.pick(&MIDDLES);
        format!("{topic}__{kind}-{middle}-{number}")
    }

    fn topic(&self, number: u32) -> &'static str {
        TOPICS[(number % self.topics()) as usize].0
    }

    fn topics(&self) -> u32 {
        let most = u32::try_from(TOPICS.len()).unwrap_or(u32::MAX);
        (self.documents / 20).clamp(1, most)
    }

    /// The path of the attachment that documents of this group name.
    fn attachment(&self, number: u32) -> String {
        format!("attachment/{}/values-{number}.yaml", self.topic(number))
    }

    /// Numbers that depend on the archive, on the document, and on what they are for, and on
    /// nothing that was asked for before.
    fn random(&self, number: u32, part: Part) -> Random {
        Random::new(self.seed, u64::from(number) << 8 | part as u64)
    }

    fn settings(&self) -> String {
        let mut text = format!(
            "title = \"기술 문서 {}편\"\ndescription = \"service mesh 운영 기록\"\nlanguage = \"ko\"\noutput = \"public\"\n",
            self.documents
        );
        for (prefix, name) in &TOPICS[..self.topics() as usize] {
            text.push_str(&format!(
                "\n[[topics]]\nprefix = \"{prefix}\"\nname = \"{name}\"\n"
            ));
        }
        text
    }

    fn flow(&self) -> String {
        let count = (self.documents / STATIONS).clamp(1, STAGES);
        let stages: Vec<String> = (0..count).map(|stage| self.stage(stage)).collect();
        let stages = stages.join(",\n");
        format!("{{\n  \"title\": \"읽는 순서\",\n  \"stages\": [\n{stages}\n  ]\n}}\n")
    }

    fn stage(&self, stage: u32) -> String {
        let mut random = self.random(stage, Part::Flow);
        let stations = self.documents.min(STATIONS);
        let docs = (0..stations).map(|n| stage * STATIONS + n);
        let docs: Vec<String> = docs
            .filter(|number| *number < self.documents)
            .map(|number| {
                let note = prose::korean(&mut random);
                let doc = self.basename(number);
                format!("      {{ \"doc\": \"{doc}\", \"note\": \"{note}\" }}")
            })
            .collect();
        let why = prose::korean(&mut random);
        let docs = docs.join(",\n");
        format!(
            "    {{ \"title\": \"{stage} 단계\", \"why\": \"{why}\", \"docs\": [\n{docs}\n    ] }}"
        )
    }
}

/// What numbers are drawn for.
#[derive(Debug, Clone, Copy)]
enum Part {
    Name,
    Heading,
    Body,
    Attachment,
    Flow,
}
