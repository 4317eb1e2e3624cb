//! Bodies have an end. What is too long is not kept, but read a while longer: whoever is still sending when the answer
//! comes and the connection goes hardly ever sees the answer.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::BoxError;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{Full, Limited};
use hyper::body::{Body as _, Frame, SizeHint};

/// How many bytes beyond the limit are read and thrown away before the answer. Whoever sends more is hung up on.
const SPARE: u64 = 8 * 1024 * 1024;

/// A body that fails as [`Limited`] does when it is longer than it may be.
#[derive(Debug)]
struct Bounded {
    body: Body,
    /// Bytes that may still come.
    room: u64,
    /// Whether more has come, or is said to come.
    over: bool,
    /// Bytes that are still thrown away.
    spare: u64,
}

impl Bounded {
    fn new(body: Body, most: u64) -> Self {
        let announced = body.size_hint().lower();
        // What cannot be read to its end need not be begun.
        let spare = if announced > most.saturating_add(SPARE) { 0 } else { SPARE };
        Self { body, room: most, over: announced > most, spare }
    }
}

impl hyper::body::Body for Bounded {
    type Data = Bytes;
    // What the framework's extractors look for must not be wrapped once more.
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        loop {
            if self.over && self.spare == 0 {
                return Poll::Ready(Some(Err(too_long(cx))));
            }
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(frame) => frame?,
                None if self.over => {
                    self.spare = 0;
                    continue;
                }
                None => return Poll::Ready(None),
            };
            let length = frame.data_ref().map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX));
            match self.room.checked_sub(length) {
                Some(room) if !self.over => {
                    self.room = room;
                    return Poll::Ready(Some(Ok(frame)));
                }
                _ => {
                    self.over = true;
                    self.spare = self.spare.saturating_sub(length);
                }
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        if self.over { SizeHint::default() } else { self.body.size_hint() }
    }
}

/// The error that the framework's extractors look for; only a body of that kind makes it.
fn too_long(cx: &mut Context<'_>) -> BoxError {
    let mut body = Limited::new(Full::new(Bytes::from_static(b"x")), 0);
    match Pin::new(&mut body).poll_frame(cx) {
        Poll::Ready(Some(Err(error))) => error,
        _ => "the body is too long".into(),
    }
}

/// Gives the request a body of so many bytes at the most.
pub async fn bound(State(most): State<usize>, request: Request, next: Next) -> Response {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    next.run(request.map(|body| Body::new(Bounded::new(body, most)))).await
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use axum::extract::FromRequest;

    use super::*;

    const PIECE: usize = 1024;
    const MOST: u64 = 4 * 1024;

    /// A body of so many pieces, which counts those that were taken.
    struct Pieces {
        left: u64,
        announced: bool,
        taken: Arc<AtomicU64>,
    }

    impl hyper::body::Body for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            let Some(left) = self.left.checked_sub(1) else { return Poll::Ready(None) };
            self.left = left;
            self.taken.fetch_add(1, Ordering::Relaxed);
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b'a'; PIECE])))))
        }

        fn size_hint(&self) -> SizeHint {
            if self.announced { SizeHint::with_exact(self.left * PIECE as u64) } else { SizeHint::default() }
        }
    }

    /// What an extractor makes of so many pieces: how many bytes, or the status; and how many pieces were taken.
    async fn read(pieces: u64, announced: bool) -> (Result<usize, u16>, u64) {
        let taken = Arc::new(AtomicU64::new(0));
        let body = Body::new(Pieces { left: pieces, announced, taken: taken.clone() });
        let request = Request::new(Body::new(Bounded::new(body, MOST)));
        let read = Bytes::from_request(request, &()).await;
        let read = read.map(|bytes| bytes.len()).map_err(|rejection| rejection.status().as_u16());
        (read, taken.load(Ordering::Relaxed))
    }

    #[tokio::test]
    async fn what_is_too_long_is_read_to_its_end_and_refused() {
        for announced in [true, false] {
            assert_eq!(read(0, announced).await, (Ok(0), 0));
            assert_eq!(read(4, announced).await, (Ok(4 * PIECE), 4));
            assert_eq!(read(5, announced).await, (Err(413), 5));
            assert_eq!(read(100, announced).await, (Err(413), 100));
        }
    }

    #[tokio::test]
    async fn what_never_ends_is_given_up() {
        let (refused, taken) = read(1_000_000, false).await;
        assert_eq!(refused, Err(413));
        assert!(taken <= 5 + SPARE / PIECE as u64, "{taken}");
        assert_eq!(read(1_000_000, true).await, (Err(413), 0), "nor is it begun where its length is known");
    }
}
