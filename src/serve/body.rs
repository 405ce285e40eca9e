//! The body of an answer: bytes, a part of a file, or events as they come.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc;

use crate::disk::Opened;

/// Of a file, so much is in memory at a time.
const CHUNK: u64 = 256 << 10;

pub(super) enum Reply {
    Bytes(Option<Bytes>),
    File { file: Opened, at: u64, left: u64 },
    Events(mpsc::Receiver<Bytes>),
}

impl Reply {
    pub(super) fn of(bytes: impl Into<Bytes>) -> Self {
        Self::Bytes(Some(bytes.into()))
    }
}

impl Body for Reply {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match self.get_mut() {
            Self::Bytes(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::File { left: 0, .. } => Poll::Ready(None),
            Self::File { file, at, left } => {
                let read = file.part(*at, CHUNK.min(*left));
                Poll::Ready(Some(read.map(|bytes| {
                    let length = bytes.len() as u64;
                    *at += length;
                    *left -= length;
                    Frame::data(bytes.into())
                })))
            }
            Self::Events(events) => {
                let next = events.poll_recv(context);
                next.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Bytes(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Self::File { left, .. } => SizeHint::with_exact(*left),
            Self::Events(_) => SizeHint::default(),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Bytes(None) | Self::File { left: 0, .. })
    }
}
