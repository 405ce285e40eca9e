//! Checks whether the addresses in a site's documents answer.
//!
//! Not here: the requests (`external`), and where answers are kept (`store`).

use crate::diagnostic::Diagnostic;
use crate::external::{Options, Place, ask, findings};
use crate::memo::Memo;
use crate::model::catalogue::Catalogue;
use crate::model::flow::FILE;
use crate::model::target::Target;

/// Findings about the addresses that published documents and the flow link to. `memo` has
/// answers of earlier runs, and gets those of this one.
pub(super) fn run(memo: &Memo, catalogue: &Catalogue) -> Vec<Diagnostic> {
    let settings = &catalogue.settings.check.external;
    let options = Options::new(
        settings.timeout,
        settings.retries,
        settings.pace,
        settings.cache,
        &settings.exclude,
    );
    let places = places(catalogue);
    let answers = ask(
        places.iter().map(|place| place.url.as_str()),
        &options,
        memo,
    );
    findings(&places, &answers)
}

fn places(catalogue: &Catalogue) -> Vec<Place> {
    let of_documents = catalogue.published.iter().flat_map(|id| {
        let document = catalogue.corpus.get(*id);
        let links = document.outline.links.iter();
        let followed = catalogue.links.links(*id).iter();
        followed.zip(links).filter_map(|(followed, link)| {
            let url = match &followed.target {
                Target::Outside => &link.target,
                Target::Source(url) => url,
                _ => return None,
            };
            Some(Place {
                url: url.clone(),
                path: document.name.source(),
                position: link.place.position,
                length: link.place.length,
            })
        })
    });
    let of_flow = catalogue.flow.stages.iter().flat_map(|stage| {
        stage.links.iter().map(|link| Place {
            url: link.url.clone(),
            path: FILE.to_owned(),
            position: stage.position,
            length: 0,
        })
    });
    of_documents.chain(of_flow).collect()
}
