//! How addresses are requested.

use std::time::Duration;

use url::Url;

use super::exclude::Pattern;

#[derive(Debug, Clone)]
pub struct Options {
    /// For one request, from the look-up of its host to its last byte.
    pub timeout: Duration,
    /// For all requests together; one that is running may finish.
    pub total: Duration,
    /// How often a request is repeated after a failure that may be temporary.
    pub retries: u32,
    /// Before the first repetition; doubled for each further one.
    pub backoff: Duration,
    /// Between the starts of two requests to one host, which are never parallel.
    pub pace: Duration,
    /// Parallel requests to all hosts.
    pub concurrency: usize,
    /// How many redirects of one page are followed.
    pub max_redirects: usize,
    pub user_agent: String,
    /// How long a cached answer is valid.
    pub cache_age: Duration,
    pub exclude: Vec<Pattern>,
}

impl Options {
    /// Options from a site's settings; the others are the same for all sites.
    pub fn new(
        timeout: Duration,
        retries: u32,
        pace: Duration,
        cache_age: Duration,
        exclude: &[String],
    ) -> Self {
        Self {
            timeout,
            total: Duration::from_mins(10),
            retries,
            backoff: Duration::from_secs(1),
            pace,
            concurrency: 16,
            max_redirects: 10,
            user_agent: concat!("docsite/", env!("CARGO_PKG_VERSION"), " (link check)").to_owned(),
            cache_age,
            exclude: exclude.iter().map(|text| Pattern::new(text)).collect(),
        }
    }

    pub(super) fn excludes(&self, url: &Url) -> bool {
        self.exclude.iter().any(|pattern| pattern.matches(url))
    }
}
