//! The body of an answer: bytes, a part of a file, or events as they come.

use std::collections::VecDeque;
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
    /// One after the other.
    File(Opened, VecDeque<Piece>),
    Events(mpsc::Receiver<Bytes>),
}

/// What is sent of a file, and between its parts.
#[derive(Debug)]
pub(super) enum Piece {
    Between(Bytes),
    Part { at: u64, left: u64 },
}

impl Piece {
    fn length(&self) -> u64 {
        match self {
            Self::Between(bytes) => bytes.len() as u64,
            Self::Part { left, .. } => *left,
        }
    }
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
            Self::File(file, pieces) => {
                let read = pieces.pop_front().map(|piece| match piece {
                    Piece::Between(bytes) => Ok(bytes),
                    Piece::Part { at, left } => {
                        let bytes = file.part(at, CHUNK.min(left))?;
                        let length = bytes.len() as u64;
                        if length < left {
                            let (at, left) = (at + length, left - length);
                            pieces.push_front(Piece::Part { at, left });
                        }
                        Ok(bytes.into())
                    }
                });
                Poll::Ready(read.map(|bytes| bytes.map(Frame::data)))
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
            Self::File(_, pieces) => SizeHint::with_exact(pieces.iter().map(Piece::length).sum()),
            Self::Events(_) => SizeHint::default(),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.is_none(),
            Self::File(_, pieces) => pieces.is_empty(),
            Self::Events(_) => false,
        }
    }
}
