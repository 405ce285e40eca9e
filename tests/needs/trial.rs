//! A harness for tests that need a program or an archive which a machine may lack. There they are
//! ignored and counted, which the standard harness can decide only when it is compiled.
//! `--include-ignored` runs them all the same, and those fail that cannot run.
//!
//! Not here: how a need is met; each binary names its own.
#![allow(unreachable_pub, reason = "the module of several binaries")]

use libtest_mimic::{Arguments, Conclusion, Trial};

/// A function that passes when it returns.
pub struct Test {
    pub name: &'static str,
    pub run: fn(),
}

/// Something that a test cannot do without.
#[derive(Clone, Copy)]
pub struct Need {
    pub name: &'static str,
    pub is_met: bool,
}

/// The listed functions of a file, as tests. A function that is in no list is dead code, and a
/// warning says so.
macro_rules! tests {
    ($($name:ident,)*) => {
        &[$(crate::trial::Test {
            name: concat!(module_path!(), "::", stringify!($name)),
            run: $name,
        }),*]
    };
}
pub(crate) use tests;

/// Runs groups of tests as the command line of `cargo test` says.
pub fn run(groups: &[(&[Test], &[Need])]) -> Conclusion {
    let trials = groups.iter().flat_map(|(tests, needs)| {
        let missing: Vec<&str> = needs
            .iter()
            .filter(|need| !need.is_met)
            .map(|need| need.name)
            .collect();
        tests.iter().map(move |test| trial(test, &missing))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect())
}

fn trial(test: &Test, missing: &[&str]) -> Trial {
    // Named as by the standard harness: without the binary.
    let name = test.name.split_once("::").map_or(test.name, |name| name.1);
    let run = test.run;
    if missing.is_empty() {
        return Trial::test(name, move || {
            run();
            Ok(())
        });
    }
    let why = format!("needs {}", missing.join(" and "));
    let ignored = Trial::test(name, {
        let why = why.clone();
        move || Err(why.into())
    });
    ignored.with_kind(why).with_ignored_flag(true)
}
