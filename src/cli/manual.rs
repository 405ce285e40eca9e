//! What shells and `man` know of the command line, made from its own description: completions, and
//! manual pages, one for each subcommand.
//!
//! Not here: writing pages to a folder (`commands::man`).

use std::path::Path;

use anyhow::Result;
use clap::{Arg, Command, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::commands;
use crate::report::Report;

/// What a shell runs to complete the words after `docsite`.
pub(super) fn completions(command: &Command, shell: Shell) -> String {
    let mut script = Vec::new();
    let mut command = with_hints(visible(command));
    clap_complete::generate(shell, &mut command, "docsite", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if shell == Shell::Fish {
        without_files(&command, "", &mut script);
    }
    script
}

/// In fish, arguments of a subcommand are files unless the script says otherwise, and what is made from
/// the hints says so of options only.
fn without_files(command: &Command, above: &str, script: &mut String) {
    for subcommand in command.get_subcommands() {
        let name = subcommand.get_name();
        let here = match above {
            "" => format!("__fish_docsite_using_subcommand {name}"),
            above => format!("{above}; and __fish_seen_subcommand_from {name}"),
        };
        if !subcommand.get_positionals().any(is_path) {
            script.push_str(&format!("complete -c docsite -n \"{here}\" -f\n"));
        }
        without_files(subcommand, &here, script);
    }
}

fn is_path(arg: &Arg) -> bool {
    let hints = [ValueHint::AnyPath, ValueHint::FilePath, ValueHint::DirPath];
    hints.contains(&arg.get_value_hint())
}

/// Prints the main page, or writes all pages to a folder.
pub(super) fn man(command: &Command, folder: Option<&Path>, report: &mut Report) -> Result<()> {
    let mut command = visible(command).disable_help_subcommand(true);
    command.build();
    let Some(folder) = folder else {
        report.text(&String::from_utf8_lossy(&page(&command)?.1));
        return Ok(());
    };
    let mut pages = Vec::new();
    gather(&command, &mut pages)?;
    commands::man::write(folder, &pages)?;
    report.manual(pages.len(), folder);
    Ok(())
}

/// A shell offers files for every value of which it knows nothing, also for a basename.
fn with_hints(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let is_unknown = arg.get_value_hint() == ValueHint::Unknown;
        if is_unknown && arg.get_action().takes_values() {
            arg.value_hint(ValueHint::Other)
        } else {
            arg
        }
    });
    command.mut_subcommands(with_hints)
}

/// Without the subcommands that docsite calls itself: a shell would offer them.
fn visible(command: &Command) -> Command {
    let subcommands: Vec<Command> = command
        .get_subcommands()
        .filter(|subcommand| !subcommand.is_hide_set())
        .cloned()
        .collect();
    let mut bare = Command::new("docsite")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .args(command.get_arguments().cloned())
        .subcommands(subcommands);
    if let Some(about) = command.get_about() {
        bare = bare.about(about.clone());
    }
    bare
}

fn gather(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    pages.push(page(command)?);
    for subcommand in command.get_subcommands() {
        gather(subcommand, pages)?;
    }
    Ok(())
}

/// The file name of a command's page, and the page.
fn page(command: &Command) -> Result<(String, Vec<u8>)> {
    // Of a subcommand the version is the program's.
    let version = concat!("docsite ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).source(version);
    let mut text = Vec::new();
    man.render(&mut text)?;
    Ok((man.get_filename(), text))
}
