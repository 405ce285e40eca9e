//! The table of cases that the page's script runs too: what both make of texts and words.

use serde_json::{Value, json};

use crate::hangul::particles::particle;
use crate::hangul::verbs::forms;
use crate::search::distance::distance;
use crate::search::fold::{fold, names, squash};
use crate::search::hangul_word::stem;
use crate::search::keyboard::{to_hangul, to_keys};
use crate::search::latin_word::split;
use crate::search::logarithm::{log2, rarity};
use crate::search::sound::{Heard, Spelt, cost, keys_of_hangul, keys_of_latin, next_syllables};
use crate::search::terms::{Kind, identifier, runs};

/// The bits of a number, for which nearly the same is not the same.
fn bits(number: f64) -> Value {
    Value::from(format!("{:016x}", number.to_bits()))
}

fn run_list(text: &str) -> Value {
    let kind = |kind| match kind {
        Kind::Hangul => "hangul",
        Kind::Jamo => "jamo",
        Kind::Latin => "latin",
        Kind::Other => "other",
    };
    let runs = runs(text).into_iter();
    runs.map(|run| json!([kind(run.kind), run.written, run.word, run.start, run.end]))
        .collect()
}

/// What a rule makes of a case, which has its arguments first.
fn outcome(rule: &str, case: &[Value]) -> Value {
    let text = |at: usize| case[at].as_str().unwrap();
    let number = |at: usize| case[at].as_f64().unwrap();
    let chars = |at: usize| text(at).chars().collect::<Vec<char>>();
    let string = |chars: &[char]| chars.iter().collect::<String>();
    match rule {
        "fold" => fold(text(0)).into(),
        "squash" => squash(text(0)).into(),
        "names" => json!(names(text(0))),
        "runs" => run_list(text(0)),
        "identifier" => identifier(&chars(0)).map(|(whole, _)| whole).into(),
        "parts" => split(text(0)).into(),
        "particle" => {
            let chars = chars(0);
            string(&chars[chars.len() - particle(&chars, 1)..]).into()
        }
        "forms" => json!(forms(&chars(0))),
        "stem" => string(&chars(0)[..stem(&chars(0))]).into(),
        "to_hangul" => to_hangul(text(0)).into(),
        "to_keys" => to_keys(text(0)).into(),
        "sound" => cost(&chars(0), &Heard::new(text(1)), 1.0).map(bits).into(),
        "next_syllables" => {
            let next = next_syllables(&chars(0), &Spelt::new(text(1))).into_iter();
            next.map(|(next, cost)| json!([next, bits(cost)])).collect()
        }
        "keys_of_hangul" => json!(keys_of_hangul(&chars(0))),
        "keys_of_latin" => json!(keys_of_latin(text(0))),
        "log2" => bits(log2(number(0))),
        "rarity" => bits(rarity(number(0), number(1))),
        "distance" => {
            let most = usize::try_from(case[2].as_u64().unwrap()).unwrap();
            distance(&chars(0), &chars(1), most).into()
        }
        rule => panic!("{rule} is not a rule"),
    }
}

#[test]
fn the_table_agrees() {
    let table = include_str!("../../../tests/search/cases.json");
    let table: Value = serde_json::from_str(table).unwrap();
    let rules = table.as_object().unwrap();
    let cases = rules.iter().flat_map(|(rule, cases)| {
        let cases = cases.as_array().unwrap().iter();
        cases.map(move |case| (rule, case.as_array().unwrap()))
    });
    let wrong: Vec<String> = cases
        .filter_map(|(rule, case)| {
            let is = outcome(rule, case);
            (case.last() != Some(&is)).then(|| format!("{rule} {case:?}: {is}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
