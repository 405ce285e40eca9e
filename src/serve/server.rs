//! Connections: their number and times are limited, and the oldest gives way to a new one.
//!
//! Not here: what a request gets (`answer`).

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::task::{AbortHandle, LocalSet};

use super::answer::Answering;
use super::shared::Shared;

/// Ports after a taken one that are tried, to name one that is free.
const NEXT_PORTS: u16 = 100;
const MOST_CONNECTIONS: usize = 256;
/// For the head of a request, and between two of one connection.
const PATIENCE: Duration = Duration::from_secs(15);
const MOST_HEADERS: usize = 64;
/// In bytes; of a head.
const LARGEST_HEAD: usize = 32 << 10;
/// After a connection that could not be taken, for example without a free descriptor.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes a port.
///
/// # Errors
///
/// If it is taken, with one that is free; or if there is no such address.
pub fn listen(address: IpAddr, port: u16) -> Result<TcpListener> {
    let at = SocketAddr::new(address, port);
    match TcpListener::bind(at) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let mut next = (port..=port.saturating_add(NEXT_PORTS)).skip(1);
            let free = next.find(|port| TcpListener::bind((address, *port)).is_ok());
            match free {
                Some(free) => bail!("{at} is in use; --port {free} is free"),
                None => bail!("{at} is in use"),
            }
        }
        listener => listener.with_context(|| format!("cannot listen on {at}")),
    }
}

/// Answers requests, in a thread of its own, until the program ends.
///
/// # Errors
///
/// If the system refuses what that needs.
pub fn start(listener: TcpListener, shared: Arc<Shared>) -> Result<()> {
    listener.set_nonblocking(true).context("a socket")?;
    let address = listener.local_addr().context("a socket")?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("a runtime")?;
    let serving = move || {
        LocalSet::new().block_on(&runtime, async {
            // It was bound, and is not blocking: there is nothing left that may fail.
            if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                accept(listener, address, shared).await;
            }
        });
    };
    thread::Builder::new()
        .name("serve".to_owned())
        .spawn(serving)
        .context("a thread")?;
    Ok(())
}

async fn accept(listener: tokio::net::TcpListener, address: SocketAddr, shared: Arc<Shared>) {
    let answering = Rc::new(Answering { address, shared });
    let mut open: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        open.retain(|one| !one.is_finished());
        if open.len() >= MOST_CONNECTIONS
            && let Some(oldest) = open.pop_front()
        {
            oldest.abort();
        }
        let serving = tokio::task::spawn_local(serve(stream, answering.clone()));
        open.push_back(serving.abort_handle());
    }
}

async fn serve(stream: TcpStream, answering: Rc<Answering>) {
    let service = service_fn(move |request| {
        let answering = answering.clone();
        async move { Ok::<_, Infallible>(answering.answer(&request)) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // Whoever breaks off hears nothing more.
    let _ = connection.await;
}
