//! The requests for one page: after each reply, what to request next. Pure.
//!
//! Not here: requesting (`client`), and waiting (`schedule`).

use std::collections::BTreeSet;
use std::time::Duration;

use url::Url;

use super::address::{self, Address};
use super::answer::Answer;
use super::client::{Failure, Method, Reply, status_words};
use super::options::Options;
use super::user::without_user;

/// If a server asks for a longer pause, the page is unverified.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The result of visiting a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PageAnswer {
    Alive {
        moved: Option<String>,
        /// Those of the wanted anchors that it has.
        found: BTreeSet<String>,
        /// Why the others may exist nevertheless.
        unread: Option<String>,
    },
    Dead(String),
    Unverified(String),
}

impl PageAnswer {
    /// The answer for one of the addresses of the page.
    pub(super) fn answer(&self, address: &Address) -> Answer {
        let (moved, found, unread) = match self {
            Self::Dead(why) => return Answer::Dead(why.clone()),
            Self::Unverified(why) => return Answer::Unverified(why.clone()),
            Self::Alive {
                moved,
                found,
                unread,
            } => (moved, found, unread),
        };
        let missing_anchor = address
            .anchor
            .as_ref()
            .is_some_and(|anchor| !found.contains(anchor));
        match unread {
            Some(why) if missing_anchor => Answer::Unverified(why.clone()),
            _ => Answer::Alive {
                moved: moved.as_ref().map(|to| with_fragment(to, address)),
                missing_anchor,
            },
        }
    }
}

/// A redirect keeps the fragment, unless its target has one.
fn with_fragment(to: &str, address: &Address) -> String {
    match &address.fragment {
        Some(fragment) if !to.contains('#') => format!("{to}#{fragment}"),
        _ => to.to_owned(),
    }
}

/// What to do after a reply.
#[derive(Debug)]
pub(super) enum Next {
    /// Request `Visit::here`.
    Ask {
        wait: Duration,
        /// Whether other requests to this host wait, too.
        whole_host: bool,
    },
    Done {
        outcome: PageAnswer,
        /// Why the host cannot be reached; its other pages are not requested then.
        host_down: Option<String>,
    },
}

/// A page being requested, over its redirects and repetitions.
#[derive(Debug)]
pub(super) struct Visit {
    start: Url,
    here: Url,
    method: Method,
    anchors: BTreeSet<String>,
    /// All addresses so far, to detect a redirect loop.
    trodden: Vec<Url>,
    /// The target of the permanent redirects up to the first temporary one.
    moved: Option<Url>,
    for_good: bool,
    /// A redirect went to another anchor than the documents name.
    elsewhere: bool,
    tries: u32,
}

impl Visit {
    pub(super) fn new(page: Url, anchors: BTreeSet<String>) -> Self {
        Self {
            here: page.clone(),
            method: if anchors.is_empty() {
                Method::Head
            } else {
                Method::Get
            },
            anchors,
            trodden: vec![page.clone()],
            start: page,
            moved: None,
            for_good: true,
            elsewhere: false,
            tries: 0,
        }
    }

    pub(super) fn start(&self) -> &str {
        self.start.as_str()
    }

    /// The address to request next.
    pub(super) fn here(&self) -> &Url {
        &self.here
    }

    pub(super) fn method(&self) -> Method {
        self.method
    }

    /// The anchors to look for in it.
    pub(super) fn anchors(&self) -> &BTreeSet<String> {
        &self.anchors
    }

    pub(super) fn hear(&mut self, reply: Result<Reply, Failure>, options: &Options) -> Next {
        let reply = match reply {
            Ok(reply) => reply,
            Err(failure) => return self.failed(failure, options),
        };
        match reply.status {
            301 | 302 | 303 | 307 | 308 => self.follow(&reply, options),
            200..400 => self.arrive(reply),
            429 => self.slow_down(&reply, options),
            400.. if self.method == Method::Head => self.get_instead(reply.retry_after),
            503 if reply.retry_after.is_some() => self.slow_down(&reply, options),
            // The server exists and refuses programs, or requires a login: a reader may see the page.
            // 999 and other made-up statuses mean just that.
            401 | 402 | 403 | 405 | 406 | 407 | 600.. => self.untold(&status_phrase(&reply)),
            408 | 425 | 500..600 => self.again_or(options, Self::dead, &status_phrase(&reply)),
            _ => self.dead(&status_phrase(&reply)),
        }
    }

    fn failed(&mut self, failure: Failure, options: &Options) -> Next {
        match failure {
            // Some servers close the connection on `HEAD`.
            Failure::Broken(_) if self.method == Method::Head => self.get_instead(None),
            Failure::Broken(why) => self.again_or(options, Self::dead, &why),
            Failure::Unreachable(why) => self.again_or(options, Self::down, &why),
            Failure::Hopeless(why) => self.dead(&why),
            Failure::Ours(why) => self.untold(&why),
        }
    }

    fn arrive(&mut self, reply: Reply) -> Next {
        let looked = self.method == Method::Get && !self.elsewhere;
        done(PageAnswer::Alive {
            moved: self.moved.take().map(String::from),
            found: if looked && (200..300).contains(&reply.status) {
                reply.places.found
            } else {
                self.anchors.clone()
            },
            unread: reply.places.unread.filter(|_| looked),
        })
    }

    fn follow(&mut self, reply: &Reply, options: &Options) -> Next {
        let Some(location) = &reply.location else {
            return self.dead("redirects without a target");
        };
        let Ok(target) = self.here.join(location) else {
            return self.dead("redirects to an invalid address");
        };
        if !address::is_web(&target) || address::is_link_local(&target) || options.excludes(&target)
        {
            return self.untold("redirects to an address that is not checked");
        }
        self.elsewhere |= target.fragment().is_some_and(|own| !own.is_empty());
        let page = address::page_of(target.clone());
        if self.trodden.contains(&page) {
            return self.dead("redirects in a loop");
        }
        if self.trodden.len() > options.max_redirects {
            return self.dead(&format!(
                "redirects more than {} times",
                options.max_redirects
            ));
        }
        self.for_good &= matches!(reply.status, 301 | 308);
        if self.for_good {
            self.moved = Some(without_user(target));
        }
        self.trodden.push(page.clone());
        self.here = page;
        Next::Ask {
            wait: Duration::ZERO,
            whole_host: false,
        }
    }

    /// A failed `HEAD` is no evidence, since many servers do not support it, and does not count as
    /// a try.
    fn get_instead(&mut self, wait: Option<Duration>) -> Next {
        self.method = Method::Get;
        let wait = wait.unwrap_or_default();
        if wait > LONGEST_WAIT {
            return self.untold("asks clients to wait");
        }
        Next::Ask {
            wait,
            whole_host: !wait.is_zero(),
        }
    }

    fn slow_down(&mut self, reply: &Reply, options: &Options) -> Next {
        let wait = reply.retry_after.unwrap_or_else(|| self.backoff(options));
        self.method = Method::Get;
        if wait > LONGEST_WAIT || self.tries >= options.retries {
            return self.untold(&status_phrase(reply));
        }
        self.tries += 1;
        Next::Ask {
            wait,
            whole_host: true,
        }
    }

    fn again_or(&mut self, options: &Options, give_up: fn(&Self, &str) -> Next, why: &str) -> Next {
        if self.tries >= options.retries {
            return give_up(self, why);
        }
        let wait = self.backoff(options);
        self.tries += 1;
        self.method = Method::Get;
        Next::Ask {
            wait,
            whole_host: false,
        }
    }

    fn backoff(&self, options: &Options) -> Duration {
        let factor = 1_u32.checked_shl(self.tries).unwrap_or(u32::MAX);
        options.backoff.saturating_mul(factor).min(LONGEST_WAIT)
    }

    fn dead(&self, why: &str) -> Next {
        done(PageAnswer::Dead(self.seen_from_start(why)))
    }

    fn down(&self, why: &str) -> Next {
        Next::Done {
            outcome: PageAnswer::Dead(self.seen_from_start(why)),
            host_down: Some(why.to_owned()),
        }
    }

    fn untold(&self, why: &str) -> Next {
        done(PageAnswer::Unverified(self.seen_from_start(why)))
    }

    /// The answer if the host turned out to be unreachable.
    pub(super) fn give_up(&self, why: &str) -> PageAnswer {
        PageAnswer::Dead(self.seen_from_start(why))
    }

    fn seen_from_start(&self, why: &str) -> String {
        if self.here == self.start {
            return why.to_owned();
        }
        let here = address::shown(self.here.as_str());
        format!("redirects to `{here}`, which {why}")
    }
}

fn done(outcome: PageAnswer) -> Next {
    Next::Done {
        outcome,
        host_down: None,
    }
}

fn status_phrase(reply: &Reply) -> String {
    format!("answers {}", status_words(reply.status))
}
