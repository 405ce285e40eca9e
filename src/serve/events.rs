//! The stream of events that open pages listen to.

use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::{mpsc, watch};

use super::body::Reply;
use super::shared::Status;

/// Also without news: so the server notices that a page is gone.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// What the last build came to, now and each time it changes.
pub(super) fn stream(mut status: watch::Receiver<Status>) -> Reply {
    let (sender, events) = mpsc::channel(4);
    status.mark_changed();
    tokio::task::spawn_local(async move {
        loop {
            let event = tokio::select! {
                changed = status.changed() => match changed {
                    Ok(()) => event(&status.borrow_and_update()),
                    Err(_) => return,
                },
                () = tokio::time::sleep(SIGN_OF_LIFE) => Bytes::from_static(b":\n\n"),
                () = sender.closed() => return,
            };
            if sender.send(event).await.is_err() {
                return;
            }
        }
    });
    Reply::Events(events)
}

fn event(status: &Status) -> Bytes {
    // JSON has no line break outside of strings, and escapes those.
    let json = serde_json::to_string(status).unwrap_or_default();
    format!("data: {json}\n\n").into()
}
