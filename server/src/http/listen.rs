//! Takes connections and serves HTTP/1.1 on them, with a limit to everything a peer could spin out: the number
//! of connections, the headers' time and size, and the time an answer may wait to be read.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tower::ServiceExt;

use super::stall::Stall;
use crate::shutdown::{Lifecycle, Phase};

/// A request's head must be there by then; an idle connection is closed then.
const HEADERS: Duration = Duration::from_secs(10);
/// A head of this many bytes at most, cookies and signatures included.
const HEADER_BYTES: usize = 32 * 1024;
/// An answer that is not read for this long ends its connection.
const UNREAD: Duration = Duration::from_secs(30);
/// What is still running this long after the end was announced is cut off.
const DRAIN: Duration = Duration::from_secs(10);

/// The connections that all listeners may have together.
#[derive(Clone, Debug)]
pub struct Capacity(Arc<Semaphore>);

impl Capacity {
    /// Room for `connections`, or for as many as the process may have files open.
    pub fn new(connections: usize) -> Self {
        let files = raise_file_limit();
        let room = connections.min(files.saturating_sub(256)).max(16);
        if room < connections {
            tracing::warn!("room for {room} connections only: the limit of open files is {files}");
        }
        Self(Arc::new(Semaphore::new(room)))
    }

    async fn take(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.0).acquire_owned().await.expect("the semaphore is never closed")
    }
}

/// Raises the soft limit of open files to the hard one, and returns it.
fn raise_file_limit() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum {
        let raised = rustix::process::Rlimit { current: limit.maximum, maximum: limit.maximum };
        if setrlimit(Resource::Nofile, raised).is_ok() {
            limit = raised;
        }
    }
    limit.current.map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX))
}

/// Serves until the lifecycle closes, then lets open requests finish.
pub async fn serve(listener: TcpListener, router: Router, capacity: Capacity, lifecycle: Lifecycle) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = lifecycle.reached(Phase::Closing) => break,
            accepted = accept(&listener, &capacity) => accepted,
            Some(_) = connections.join_next() => continue,
        };
        match accepted {
            Ok((socket, permit)) => {
                let (router, lifecycle) = (router.clone(), lifecycle.clone());
                connections.spawn(async move {
                    connection(socket, router, lifecycle).await;
                    drop(permit);
                });
            }
            Err(error) => {
                // Out of files, or a peer that was gone at once: neither ends the server.
                tracing::warn!("taking a connection: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    let drained = tokio::time::timeout(DRAIN, async { while connections.join_next().await.is_some() {} }).await;
    if drained.is_err() {
        tracing::warn!("{} connections were cut off", connections.len());
        connections.shutdown().await;
    }
}

/// Room first, then the connection: what there is no room for waits in the kernel.
async fn accept(listener: &TcpListener, capacity: &Capacity) -> std::io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let permit = capacity.take().await;
    let (socket, _) = listener.accept().await?;
    Ok((socket, permit))
}

async fn connection(socket: TcpStream, router: Router, lifecycle: Lifecycle) {
    let Ok(peer) = socket.peer_addr() else { return };
    // An answer is written in one go; waiting for more to send only delays it.
    let _ = socket.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            let answer = router.oneshot(request).await;
            Ok::<_, Infallible>(answer.unwrap_or_else(|never| match never {}))
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_header_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(Stall::new(socket, UNREAD)), service);
    let mut served = pin!(served);
    let ended = tokio::select! {
        ended = served.as_mut() => ended,
        () = lifecycle.reached(Phase::Closing) => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("a connection ended: {error}");
    }
}
