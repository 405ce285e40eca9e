//! Findings: what is wrong with a corpus, each with its code, its place and the nearest correct
//! replacement.
//!
//! They are based on the facts that the renderer uses, so the two cannot disagree. Not here:
//! reading files, git, other hosts, and how findings are printed.

pub mod baseline;
pub mod change;
pub mod changed;
pub mod documents;
pub mod files;
pub mod fixes;
pub mod flow;
pub mod ignores;
pub mod judge;
pub mod links;
pub mod names;
pub mod pages;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::model::catalogue::Catalogue;
use crate::model::corpus::DocId;
use crate::rule::Rule;

/// Further findings of one code in one document are counted, not listed, so that a generated
/// document does not hide the rest.
const MOST: usize = 200;

/// Findings about the published documents, their links and their places; in no particular order.
pub fn find(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let names = names::Names::new(catalogue);
    let published: Vec<DocId> = catalogue.published.iter().copied().collect();
    let mut findings: Vec<Diagnostic> = published
        .into_par_iter()
        .flat_map_iter(|id| {
            let of_links = links::find(catalogue, &names, id);
            let of_page = links::in_page(catalogue, &names, id);
            let own = of_links.chain(of_page);
            capped(own.chain(documents::find(catalogue, id)).collect())
        })
        .collect();
    findings.extend(documents::titles(catalogue));
    findings.extend(documents::places(catalogue));
    findings.extend(documents::aliases(catalogue));
    findings.extend(documents::leftovers(catalogue));
    findings.extend(flow::find(catalogue));
    findings.extend(flow::unpublished(catalogue));
    findings
}

/// The first findings of each code, and how many more there are.
fn capped(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if findings.len() <= MOST {
        return findings;
    }
    let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    for finding in findings {
        let count = counts.entry(finding.kind).or_default();
        *count += 1;
        if *count <= MOST {
            kept.push(finding);
        }
    }
    for (rule, count) in counts {
        if count > MOST
            && let Some(last) = kept.iter().rev().find(|finding| finding.kind == rule)
        {
            let message = format!("and {} more of this kind in this document", count - MOST);
            let more = Diagnostic {
                message,
                help: None,
                ..last.clone()
            };
            kept.push(more);
        }
    }
    kept
}
