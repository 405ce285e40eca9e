//! Addresses on other hosts, requested from servers on this machine: `external` as a library,
//! without a site. No test uses the network.
//!
//! Not here: which addresses a site has, and the command.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use docsite::diagnostic::Position;
use docsite::external::{Answer, Options, Pattern, Place, ask, findings};
use docsite::fingerprint::Fingerprint;
use docsite::memo::{Looked, Memo, Written};

use crate::web::{Reply, Web};

fn options() -> Options {
    Options {
        backoff: Duration::from_millis(1),
        ..Options::new(
            Duration::from_secs(10),
            2,
            Duration::ZERO,
            Duration::from_hours(1),
            &[],
        )
    }
}

fn ask_all(urls: &[String], options: &Options) -> BTreeMap<String, Answer> {
    ask(urls.iter().map(String::as_str), options, &Memo::default())
}

fn ask_one(url: &str) -> Answer {
    ask_with(url, &options())
}

fn ask_with(url: &str, options: &Options) -> Answer {
    let mut answers = ask([url], options, &Memo::default());
    answers.remove(url).expect("an answer")
}

const ALIVE: Answer = Answer::Alive {
    moved: None,
    missing_anchor: false,
};
const NO_ANCHOR: Answer = Answer::Alive {
    moved: None,
    missing_anchor: true,
};

fn moved(to: &str) -> Answer {
    Answer::Alive {
        moved: Some(to.to_owned()),
        missing_anchor: false,
    }
}

#[track_caller]
fn dead(answer: &Answer, why: &str) {
    assert!(
        matches!(answer, Answer::Dead(text) if text.contains(why)),
        "{answer:?} is not dead for {why:?}"
    );
}

#[track_caller]
fn unverified(answer: &Answer, why: &str) {
    assert!(
        matches!(answer, Answer::Unverified(text) if text.contains(why)),
        "{answer:?} is not unverified for {why:?}"
    );
}

// What a page answers.

#[test]
fn a_page_that_is_there_is_asked_for_its_head_alone() {
    let web = Web::new().on("/", [Reply::ok()]);
    assert_eq!(ask_one(&web.url("/")), ALIVE);
    assert_eq!(web.requests(), ["HEAD /"]);
}

#[test]
fn a_page_that_is_gone_is_dead() {
    let web = Web::new().on("/x", [Reply::status(404)]);
    dead(&ask_one(&web.url("/x")), "answers 404 Not Found");
    assert_eq!(web.requests(), ["HEAD /x", "GET /x"]);
}

#[test]
fn where_head_is_refused_the_page_is_got() {
    for refusal in [400, 403, 404, 405, 500, 501, 503] {
        let web = Web::new().on("/", [Reply::status(refusal), Reply::ok()]);
        assert_eq!(ask_one(&web.url("/")), ALIVE, "{refusal}");
        assert_eq!(web.requests(), ["HEAD /", "GET /"]);
    }
    let web = Web::new().on("/", [Reply::raw(""), Reply::ok()]);
    assert_eq!(ask_one(&web.url("/")), ALIVE);
}

#[test]
fn who_shuts_programs_out_may_be_there_for_readers() {
    for status in [401, 403, 429, 999] {
        let web = Web::new().on("/", [Reply::status(status)]);
        unverified(&ask_one(&web.url("/")), &format!("answers {status}"));
    }
}

#[test]
fn what_does_not_answer_with_http_is_dead() {
    for garbage in [
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 xyz\r\n\r\n",
        "\0\0\0\0",
    ] {
        let web = Web::new().on("/", [Reply::raw(garbage)]);
        let answer = ask_one(&web.url("/"));
        assert!(matches!(answer, Answer::Dead(_)), "{garbage:?}: {answer:?}");
    }
    let endless = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(1 << 20));
    let web = Web::new().on("/", [Reply::raw(&endless)]);
    assert!(matches!(ask_one(&web.url("/")), Answer::Dead(_)));
}

// Redirects.

#[test]
fn a_move_for_good_is_reported_with_the_last_address_of_it() {
    let web = Web::new()
        .on("/a", [Reply::to(301, "/b")])
        .on("/b", [Reply::to(308, "c/?x=1")])
        .on("/c/", [Reply::ok()]);
    assert_eq!(ask_one(&web.url("/a")), moved(&web.url("/c/?x=1")));
    let answer = ask_one(&web.url("/a#L3"));
    assert_eq!(answer, moved(&web.url("/c/?x=1#L3")), "keeps its fragment");
}

#[test]
fn a_move_for_now_is_none() {
    for status in [302, 303, 307] {
        let web = Web::new()
            .on("/a", [Reply::to(status, "/b")])
            .on("/b", [Reply::to(301, "/c")])
            .on("/c", [Reply::ok()]);
        assert_eq!(ask_one(&web.url("/a")), ALIVE, "{status}");
    }
    let web = Web::new()
        .on("/a", [Reply::to(301, "/b")])
        .on("/b", [Reply::to(302, "/c")])
        .on("/c", [Reply::ok()]);
    assert_eq!(ask_one(&web.url("/a")), moved(&web.url("/b")));
}

#[test]
fn a_redirect_to_another_host_is_followed_and_one_to_a_dead_page_says_where() {
    let there = Web::new().on("/gone", [Reply::status(410)]);
    let web = Web::new().on("/", [Reply::to(301, &there.url("/gone"))]);
    let why = format!(
        "redirects to `{}`, which answers 410 Gone",
        there.url("/gone")
    );
    dead(&ask_one(&web.url("/")), &why);
}

#[test]
fn circles_and_long_ways_end() {
    let web = Web::new()
        .on("/a", [Reply::to(302, "/b")])
        .on("/b", [Reply::to(302, "/a")]);
    dead(&ask_one(&web.url("/a")), "redirects in a loop");
    let web = Web::new().otherwise(|path| Reply::to(302, &format!("{path}x")));
    dead(&ask_one(&web.url("/")), "redirects more than 10 times");
    assert_eq!(web.requests().len(), 11);
}

#[test]
fn redirects_to_what_is_not_asked_are_not_followed() {
    for target in [
        "file:///etc/passwd",
        "ftp://a.b/",
        "http://169.254.169.254/",
        "javascript:x",
    ] {
        let web = Web::new().on("/", [Reply::to(302, target)]);
        unverified(
            &ask_one(&web.url("/")),
            "redirects to an address that is not checked",
        );
    }
    let web = Web::new().on("/", [Reply::to(302, "http://[")]);
    dead(&ask_one(&web.url("/")), "redirects to an invalid address");
    let web = Web::new().on("/", [Reply::status(301)]);
    dead(&ask_one(&web.url("/")), "redirects without a target");
}

// Places in a page.

#[test]
fn places_are_looked_for_and_the_page_is_got_once_for_all() {
    let page = "<h1 id=top2>x</h1><h2 id=\"설정-방법\">x</h2><a name='old'></a>\
                <h2 id='user-content-readme'></h2>";
    let web = Web::new().on("/", [Reply::html(page)]);
    let good = [
        "#top2",
        "#설정-방법",
        "#%EC%84%A4%EC%A0%95-%EB%B0%A9%EB%B2%95",
        "#old",
        "#readme",
        "",
        "#top",
    ];
    let bad = ["#nothing", "#설정"];
    let urls: Vec<String> = good
        .iter()
        .chain(&bad)
        .map(|end| web.url(&format!("/{end}")))
        .collect();
    let answers = ask_all(&urls, &options());
    for (url, expected) in urls.iter().zip([ALIVE; 7].iter().chain(&[NO_ANCHOR; 2])) {
        assert_eq!(&answers[url], expected, "{url}");
    }
    assert_eq!(web.requests(), ["GET /"]);
}

#[test]
fn fragments_that_name_no_place_need_no_page() {
    let web = Web::new().otherwise(|_| Reply::ok());
    for end in ["#", "#top", "#:~:text=word", "#L10-L20", "#!/x", "#/route"] {
        assert_eq!(ask_one(&web.url(&format!("/{end}"))), ALIVE, "{end}");
    }
    assert!(web.requests().iter().all(|request| request == "HEAD /"));
}

#[test]
fn other_formats_than_html_have_anchors_of_their_own() {
    let web = Web::new().on("/a.pdf", [Reply::of("application/pdf", "%PDF")]);
    assert_eq!(ask_one(&web.url("/a.pdf#page=3")), ALIVE);
}

#[test]
fn an_anchor_is_looked_for_in_the_target_of_a_redirect() {
    let web = Web::new()
        .on("/a", [Reply::to(302, "/b")])
        .on("/b", [Reply::html("<p id=x>")])
        .on("/c", [Reply::to(302, "/b#own")]);
    assert_eq!(ask_one(&web.url("/a#x")), ALIVE);
    assert_eq!(ask_one(&web.url("/a#y")), NO_ANCHOR);
    assert_eq!(
        ask_one(&web.url("/c#y")),
        ALIVE,
        "the redirect chose a place"
    );
}

#[test]
fn a_page_is_read_to_a_bound_and_what_is_behind_it_is_unknown() {
    let web = Web::new().on("/", [Reply::html("<p id=x>").endless()]);
    let url = web.url("/");
    assert_eq!(ask_one(&format!("{url}#x")), ALIVE);
    unverified(&ask_one(&format!("{url}#y")), "is larger than 4 MiB");
    let web = Web::new().on("/", [Reply::html("<p id=x>").encoded("br")]);
    unverified(&ask_one(&web.url("/#x")), "compressed");
}

#[test]
fn a_page_that_never_ends_takes_no_longer_than_a_request_may() {
    let web = Web::new().on("/", [Reply::html("<p id=x>").stalled()]);
    let options = Options {
        timeout: Duration::from_secs(1),
        ..options()
    };
    unverified(
        &ask_with(&web.url("/#y"), &options),
        "ends in the middle of its text",
    );
}

// What goes wrong, and passes.

#[test]
fn what_passes_is_asked_again() {
    for status in [500, 502, 503, 429] {
        let web = Web::new().on(
            "/",
            [Reply::status(status), Reply::status(status), Reply::ok()],
        );
        assert_eq!(ask_one(&web.url("/")), ALIVE, "{status}");
    }
    let web = Web::new().on("/", [Reply::raw(""), Reply::raw(""), Reply::ok()]);
    assert_eq!(ask_one(&web.url("/")), ALIVE);
}

#[test]
fn what_does_not_pass_is_not_asked_for_ever() {
    let web = Web::new().on("/", [Reply::status(503)]);
    dead(&ask_one(&web.url("/")), "answers 503 Service Unavailable");
    assert_eq!(web.requests(), ["HEAD /", "GET /", "GET /", "GET /"]);
    let web = Web::new().on("/", [Reply::status(404)]);
    let options = Options {
        retries: 10,
        ..options()
    };
    dead(&ask_with(&web.url("/"), &options), "404");
    assert_eq!(web.requests().len(), 2, "a page that is gone stays gone");
}

#[test]
fn retry_after_is_waited_for() {
    let web = Web::new()
        .on("/a", [Reply::status(429).after("1"), Reply::ok()])
        .on("/b", [Reply::ok()]);
    let answers = ask_all(&[web.url("/a"), web.url("/b")], &options());
    assert!(answers.values().all(|answer| *answer == ALIVE));
    let times = web.times();
    assert_eq!(times[0].0, "HEAD /a");
    let waited = times[1].1.duration_since(times[0].1);
    assert!(
        waited >= Duration::from_millis(900),
        "the whole host is left alone: {waited:?}"
    );
}

#[test]
fn who_wants_to_be_left_alone_for_long_is() {
    for after in ["86400", "Fri, 31 Dec 2999 23:59:59 GMT"] {
        for status in [429, 503] {
            let web = Web::new().on("/", [Reply::status(status).after(after)]);
            let answer = ask_one(&web.url("/"));
            assert!(matches!(answer, Answer::Unverified(_)), "{answer:?}");
            assert_eq!(web.requests().len(), 1);
        }
    }
}

#[test]
fn a_host_that_is_not_there_is_dead_and_is_not_tried_for_each_page() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let urls: Vec<String> = (0..200)
        .map(|n| format!("http://127.0.0.1:{port}/{n}"))
        .collect();
    // The time would not do for each of them.
    let options = Options {
        backoff: Duration::from_millis(200),
        ..options()
    };
    for answer in ask_all(&urls, &options).values() {
        dead(answer, "cannot be reached: connection refused");
    }
    dead(&ask_one("http://127.0.0.1:0/"), "");
}

#[test]
fn who_does_not_answer_in_time_is_dead() {
    let web = Web::new().on("/", [Reply::silence()]);
    let options = Options {
        timeout: Duration::from_millis(400),
        retries: 1,
        ..options()
    };
    dead(
        &ask_with(&web.url("/"), &options),
        "does not answer within 400ms",
    );
    assert_eq!(web.requests(), ["HEAD /", "GET /", "GET /"]);
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_dead_and_says_why() {
    let url = crate::web::self_signed();
    let answer = ask_one(&url);
    let why = "has no secure connection: invalid peer certificate";
    // A machine without certificates cannot verify any.
    if !matches!(&answer, Answer::Unverified(why) if why.contains("no certificates")) {
        dead(&answer, why);
    }
    let web = Web::new().otherwise(|_| Reply::ok());
    let no_tls = ask_one(&web.url("/").replace("http:", "https:"));
    assert_ne!(no_tls, ALIVE);
}

#[test]
fn all_together_end_in_time() {
    let web = Web::new().otherwise(|_| Reply::silence());
    let urls: Vec<String> = (0..50).map(|n| web.url(&format!("/{n}"))).collect();
    let options = Options {
        timeout: Duration::from_millis(100),
        total: Duration::from_millis(250),
        retries: 0,
        ..options()
    };
    let answers = ask_all(&urls, &options);
    assert_eq!(answers.len(), 50);
    unverified(&answers[&urls[9]], "there was no time left");
}

// Manners.

#[test]
fn a_host_is_asked_for_one_page_at_a_time() {
    let web = Web::new().otherwise(|_| Reply::ok().slow());
    let urls: Vec<String> = (0..12).map(|n| web.url(&format!("/{n}"))).collect();
    assert!(
        ask_all(&urls, &options())
            .values()
            .all(|answer| *answer == ALIVE)
    );
    assert_eq!(web.most_at_once(), 1);
    assert_eq!(web.requests().len(), 12);
}

#[test]
fn requests_to_a_host_keep_their_distance() {
    let web = Web::new()
        .on("/1", [Reply::status(405), Reply::to(302, "/2")])
        .otherwise(|_| Reply::ok());
    let pace = Duration::from_millis(60);
    let options = Options { pace, ..options() };
    let start = Instant::now();
    ask_all(&[web.url("/1"), web.url("/3")], &options);
    assert_eq!(web.requests().len(), 4, "each step of a page counts");
    assert!(start.elapsed() >= pace * 3);
}

#[test]
fn hosts_are_asked_side_by_side_but_not_more_than_so_many() {
    // Each server answers only when both were asked: one after the other would time out.
    let meeting = std::sync::Arc::new(std::sync::Barrier::new(2));
    let webs = [0, 1].map(|_| {
        let meeting = std::sync::Arc::clone(&meeting);
        Web::new().otherwise(move |_| {
            meeting.wait();
            Reply::ok()
        })
    });
    let urls = [webs[0].url("/"), webs[1].url("/")];
    assert!(
        ask_all(&urls, &options())
            .values()
            .all(|answer| *answer == ALIVE)
    );

    let crowd = std::sync::Arc::new(crate::web::Crowd::default());
    let webs: Vec<Web> = (0..6)
        .map(|_| Web::in_crowd(&crowd).otherwise(|_| Reply::ok().slow()))
        .collect();
    let urls: Vec<String> = webs.iter().map(|web| web.url("/")).collect();
    let options = Options {
        concurrency: 2,
        ..options()
    };
    assert!(
        ask_all(&urls, &options)
            .values()
            .all(|answer| *answer == ALIVE)
    );
    assert!((1..=2).contains(&crowd.most()), "{}", crowd.most());
}

#[test]
fn it_says_who_it_is_and_sends_no_password() {
    let web = Web::new().on("/", [Reply::status(404)]);
    let url = web.url("/").replace("http://", "http://me:secret@");
    let place = [place(&url)];
    let found = findings(&place, &ask_all(std::slice::from_ref(&url), &options()));
    let heads = web.heads().join("\n").to_ascii_lowercase();
    assert!(heads.contains("user-agent: docsite/"), "{heads}");
    assert!(!heads.contains("authorization"), "{heads}");
    assert!(!format!("{found:?}").contains("secret"), "{found:?}");
    assert_eq!(found.len(), 1);
}

#[test]
fn what_is_excluded_or_no_web_address_is_not_asked() {
    let web = Web::new().otherwise(|_| Reply::ok());
    let options = Options {
        exclude: vec![Pattern::new("127.0.0.1"), Pattern::new("*/private/*")],
        ..options()
    };
    let others = [
        "mailto:a@b.c",
        "ftp://a.b",
        "a.md",
        "#x",
        "",
        "http://169.254.169.254/x",
        "https://a.b/private/",
    ];
    for url in others.into_iter().chain([web.url("/").as_str()]) {
        assert_eq!(ask_with(url, &options), Answer::NotAsked, "{url}");
    }
    assert_eq!(web.requests(), [""; 0]);
}

#[test]
fn any_text_has_an_answer() {
    let long = format!("http://127.0.0.1:1/{}", "가".repeat(100_000));
    let host = format!("http://{}/", "a".repeat(100_000));
    for url in [
        long.as_str(),
        host.as_str(),
        "http://",
        "https://:80",
        "http://[::1",
        "http://[::1]:1/",
        "http://127.0.0.1:99999/",
        "http://\u{0}/",
        "http://xn--/",
        "http://%00@/",
        "http://127.0.0.1:1/\u{0}\r\nHost: x",
        "http://127.0.0.1:1/|^`{}\"<>\\ #%zz%",
    ] {
        let mut options = options();
        options.retries = 0;
        let answer = ask_with(url, &options);
        let place = [place(url)];
        let found = findings(&place, &BTreeMap::from([(url.to_owned(), answer.clone())]));
        let message = found.first().map_or("", |d| d.message.as_str());
        assert!(
            matches!(answer, Answer::Dead(_)),
            "{message} {answer:.200?}"
        );
        assert!(message.len() < 2000 && !message.contains(char::is_control));
    }
}

// The cache.

#[test]
fn what_was_alive_is_not_asked_again_and_what_was_not_is() {
    let web = Web::new()
        .on("/a", [Reply::html("<p id=x>")])
        .on("/b", [Reply::to(301, "/a")])
        .on("/c", [Reply::status(404)]);
    let urls = ["/a", "/a#x", "/a#y", "/b", "/c"].map(|path| web.url(path));
    let ask_of =
        |urls: &[String], memo: &Memo| ask(urls.iter().map(String::as_str), &options(), memo);
    let memo = Memo::default();
    let first = ask_of(&urls, &memo);
    let before = web.requests().len();

    let version = Fingerprint::of(b"1");
    let written = memo.write(version, Looked::Whole, 1 << 20, |written| match written {
        Written::Whole(pieces) => {
            let bytes = pieces.iter().map(|piece| piece.bytes().unwrap());
            bytes.collect::<Vec<_>>().concat()
        }
        Written::Added { .. } => panic!("there was nothing before"),
    });
    let bytes = written.unwrap();
    let next = Memo::new(version, move || bytes.clone());
    let second = ask_of(&[urls[0].clone(), urls[1].clone(), urls[3].clone()], &next);
    assert!(second.iter().all(|(url, answer)| first[url] == *answer));
    assert_eq!(web.requests().len(), before, "from the cache");

    assert_eq!(ask_of(&urls, &next), first);
    let again: Vec<String> = web.requests().split_off(before);
    assert_eq!(again.len(), 3, "{again:?}");
    assert!(
        again
            .iter()
            .all(|request| request != "HEAD /b" && request != "HEAD /a")
    );
}

#[test]
fn what_is_older_than_its_age_is_asked_again() {
    let web = Web::new().on("/", [Reply::ok()]);
    let url = web.url("/");
    let memo = Memo::default();
    ask([url.as_str()], &options(), &memo);
    let key = Fingerprint::of(url.as_bytes());
    let mut json: serde_json::Value = serde_json::from_slice(&memo.get(key).unwrap()).unwrap();
    let asked = json["asked"].as_u64().unwrap();
    for (time, requests) in [(asked - 1800, 1), (asked - 7200, 2), (asked + 7200, 3)] {
        json["asked"] = time.into();
        let old = Memo::default();
        old.put(key, json.to_string().into_bytes());
        assert_eq!(ask([url.as_str()], &options(), &old)[&url], ALIVE);
        assert_eq!(web.requests().len(), requests);
    }
    let none = Options {
        cache_age: Duration::ZERO,
        ..options()
    };
    ask([url.as_str()], &none, &memo);
    assert_eq!(web.requests().len(), 4);
}

#[test]
fn an_answer_that_cannot_be_read_is_asked_for_again() {
    let web = Web::new().on("/", [Reply::ok()]);
    let url = web.url("/");
    let key = Fingerprint::of(url.as_bytes());
    let deep = "[".repeat(100_000);
    let values = ["", "\0\0\0", "null", "{}", "7", "{\"asked\":-1}", &deep];
    for (before, value) in values.into_iter().enumerate() {
        let memo = Memo::default();
        memo.put(key, value.into());
        assert_eq!(ask([url.as_str()], &options(), &memo)[&url], ALIVE);
        assert_eq!(web.requests().len(), before + 1, "{value:.40}");
    }
}

// Findings.

fn place(url: &str) -> Place {
    Place {
        url: url.to_owned(),
        path: "markdown/a__note-b.md".to_owned(),
        position: Position { line: 3, column: 5 },
        length: 7,
    }
}

#[test]
fn each_place_of_an_address_has_its_finding_and_it_is_asked_once() {
    let web = Web::new()
        .on("/gone", [Reply::status(404)])
        .on("/old", [Reply::to(301, "/new")])
        .on("/new", [Reply::html("<p id=x>")])
        .on("/shut", [Reply::status(403)]);
    let mut places: Vec<Place> = ["/gone", "/old#설정", "/old", "/new#x", "/shut"]
        .map(|path| place(&web.url(path)))
        .into();
    places.push(Place {
        path: "markdown/a__note-a.md".to_owned(),
        ..places[0].clone()
    });
    let urls: Vec<String> = places.iter().map(|place| place.url.clone()).collect();
    let found = findings(&places, &ask_all(&urls, &options()));
    let base = web.url("");
    let told: Vec<String> = found
        .iter()
        .map(|d| {
            let at = d.position.unwrap();
            assert_eq!((at.line, at.column, d.length), (3, 5, 7));
            let level = d.kind.level();
            let help = d.help.clone().unwrap_or_default();
            format!(
                "{} {level:?} {}: {} ({help})",
                &d.path[9..],
                d.kind.code(),
                d.message
            )
            .replace(&base, "")
        })
        .collect();
    assert_eq!(
        told,
        [
            "a__note-a.md Error dead-link: `/gone` answers 404 Not Found (fix it, or exclude it with `exclude` in [check.external])",
            "a__note-b.md Error dead-link: `/gone` answers 404 Not Found (fix it, or exclude it with `exclude` in [check.external])",
            "a__note-b.md Warn dead-anchor: the page of `/old#설정` has no anchor `#설정` ()",
            "a__note-b.md Warn moved-link: `/old#설정` moved permanently (it is now `/new#%EC%84%A4%EC%A0%95`)",
            "a__note-b.md Warn moved-link: `/old` moved permanently (it is now `/new`)",
        ]
    );
    let gone = web
        .requests()
        .iter()
        .filter(|request| request.ends_with("/gone"))
        .count();
    assert_eq!(gone, 2, "HEAD and GET");
}
