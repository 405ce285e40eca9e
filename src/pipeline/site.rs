//! A site on disk: its folder, its settings, and the folder of its output.
//!
//! Not here: its content (`load`).

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::diagnostic::BuildError;
use crate::disk::{self, Kind};
use crate::fingerprint::Fingerprint;
use crate::git;
use crate::model::document::decode;
use crate::model::settings::{self, Language, Settings};
use crate::progress::Progress;

/// A site with valid settings.
#[derive(Debug, Clone)]
pub struct Site {
    /// The folder that contains `markdown/`.
    pub root: PathBuf,
    /// From `docsite.toml`, or the defaults.
    pub settings: Settings,
    /// Whether there is a `docsite.toml`.
    pub configured: bool,
    /// What changes with each commit, if pages show days of git.
    pub head: Option<Fingerprint>,
    /// Where work on it counts how far it is.
    pub progress: Progress,
    /// Whether somebody is writing in it: a document whose front matter cannot be read, or that is empty,
    /// keeps its page meanwhile.
    pub is_edited: bool,
}

/// The errors that prevent a run, with their places.
#[derive(Debug)]
pub struct Refused(pub Vec<BuildError>);

impl Refused {
    pub fn one(error: BuildError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.0.first().map_or("", |problem| &problem.message);
        f.write_str(first)
    }
}

impl std::error::Error for Refused {}

impl Site {
    /// Opens a site as `open` does, for work that counts its progress there.
    ///
    /// # Errors
    ///
    /// As `open`.
    pub fn watched(folder: Option<&Path>, progress: &Progress) -> Result<Self> {
        Ok(Self {
            progress: progress.clone(),
            ..Self::open(folder)?
        })
    }

    /// The same, while somebody writes in it.
    #[must_use]
    pub fn edited(self) -> Self {
        Self {
            is_edited: true,
            ..self
        }
    }

    /// Opens the site at `folder`, or else the nearest one upwards from the current folder.
    ///
    /// # Errors
    ///
    /// If there is none, or its settings or its output cannot be used.
    pub fn open(folder: Option<&Path>) -> Result<Self> {
        let root = Self::find(folder)?;
        disk::finish_interrupted(&root)?;
        match disk::kind(&root).with_context(|| root.display().to_string())? {
            Kind::Absent => bail!(
                "{} does not exist; `docsite init` makes a site",
                root.display()
            ),
            Kind::File | Kind::Other => bail!("{} is not a directory", root.display()),
            Kind::Folder | Kind::Link => {}
        }
        let site = Self::read(root)?;
        if !site.configured && disk::kind(&site.markdown())? == Kind::Absent {
            bail!(
                "{} is not a site: it has neither markdown/ nor docsite.toml; `docsite init` makes one",
                site.root.display()
            );
        }
        site.check_markdown()?;
        site.check_output()?;
        Ok(site)
    }

    /// The folder of the site that `open` opens.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn find(folder: Option<&Path>) -> Result<PathBuf> {
        folder.map_or_else(nearest, |folder| Ok(folder.to_owned()))
    }

    fn read(root: PathBuf) -> Result<Self> {
        let (settings, configured) = match disk::read(&root.join(settings::FILE))? {
            None => (Settings::default_for(Language::English), false),
            Some(bytes) => {
                let text = decode(settings::FILE, &bytes).map_err(Refused::one)?;
                let settings = settings::reading::parse(&text).map_err(Refused)?;
                (settings, true)
            }
        };
        let has_days = settings.git_dates && !settings.is_flat();
        Ok(Self {
            head: has_days.then(|| git::head(&root)).flatten(),
            root,
            settings,
            configured,
            progress: Progress::default(),
            is_edited: false,
        })
    }

    pub fn markdown(&self) -> PathBuf {
        self.root.join("markdown")
    }

    pub fn output(&self) -> PathBuf {
        if self.settings.is_flat() {
            self.root.clone()
        } else {
            self.root.join(&self.settings.output)
        }
    }

    pub fn output_file(&self, path: &str) -> PathBuf {
        self.output().join(path)
    }

    /// A path of the output relative to the site, for messages.
    pub fn shown(&self, path: &str) -> String {
        if self.settings.is_flat() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.settings.output)
        }
    }

    /// Rejects a `markdown/` that is a link out of the site: those documents are not the site's to
    /// publish.
    fn check_markdown(&self) -> Result<()> {
        let folder = self.markdown();
        match disk::kind(&folder)? {
            Kind::Absent | Kind::Folder => Ok(()),
            Kind::Link if self.holds(&folder) => Ok(()),
            Kind::Link => bail!("{} is a symbolic link out of the site", folder.display()),
            Kind::File | Kind::Other => bail!("{} is not a directory", folder.display()),
        }
    }

    /// The output must be a folder in the site, without a link on the way to it.
    fn check_output(&self) -> Result<()> {
        if self.settings.is_flat() {
            return Ok(());
        }
        let mut folder = self.root.clone();
        for part in self.settings.output.split('/') {
            folder.push(part);
            let shown = folder.display();
            match disk::kind(&folder).with_context(|| shown.to_string())? {
                Kind::Absent => return Ok(()),
                Kind::Folder => {}
                Kind::Link if self.holds(&folder) => {}
                Kind::Link => bail!("the output {shown} is a symbolic link out of the site"),
                Kind::File | Kind::Other => bail!("the output {shown} is not a directory"),
            }
        }
        Ok(())
    }

    /// Whether a path, with links resolved, is in the site and not hidden there.
    pub fn holds(&self, path: &Path) -> bool {
        let (Some(root), Some(real)) = (disk::real(&self.root), disk::real(path)) else {
            return false;
        };
        real.strip_prefix(&root).is_ok_and(|inside| {
            inside
                .components()
                .all(|part| !part.as_os_str().to_string_lossy().starts_with('.'))
        })
    }
}

fn nearest() -> Result<PathBuf> {
    let here = std::env::current_dir().context("no current folder")?;
    let is_site = |folder: &&Path| {
        let has = |name| disk::kind(&folder.join(name)).is_ok_and(|kind| kind != Kind::Absent);
        has(settings::FILE) || has("markdown")
    };
    match here.ancestors().find(is_site) {
        Some(folder) => Ok(folder.to_owned()),
        None => bail!(
            "no site here: no folder from {} upwards has markdown/ or docsite.toml; \
             `docsite init` makes one",
            here.display()
        ),
    }
}
