//! The log on standard error. A reader that stops reading must not stop the server, so a thread of its own
//! writes, and lines that do not fit its queue are counted instead.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::{EnvFilter, fmt};

use crate::config::{Config, LogFormat};

/// Lines that wait for a slow reader.
const QUEUE: usize = 4096;

static WRITER: OnceLock<Writer> = OnceLock::new();

/// Starts logging, at `level` unless UNDERSTUDY_LOG_LEVEL says otherwise.
///
/// # Errors
/// When UNDERSTUDY_LOG_LEVEL is no filter.
pub fn start(config: &Config, level: &str) -> Result<()> {
    let filter = EnvFilter::try_new(config.log_level.as_deref().unwrap_or(level)).context("UNDERSTUDY_LOG_LEVEL")?;
    let writer = WRITER.get_or_init(Writer::start).clone();
    let builder = fmt().with_env_filter(filter).with_writer(writer).with_ansi(false);
    let started = match config.log {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("{error}"))?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// A panic is a line like any other, and no reason to wait for whoever reads the log.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let backtrace = Backtrace::capture();
    let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    let text = panic.payload_as_str().unwrap_or("no text");
    tracing::error!(place, backtrace, "panicked: {text}");
}

/// Waits a moment for the lines that are still queued.
pub fn flush() {
    if let Some(writer) = WRITER.get() {
        let (sender, done) = channel();
        if writer.queue.try_send(Message::Flush(sender)).is_ok() {
            // A reader that does not read is no reason not to exit.
            let _ = done.recv_timeout(Duration::from_secs(1));
        }
    }
}

enum Message {
    Line(Vec<u8>),
    Flush(Sender<()>),
}

#[derive(Clone)]
struct Writer {
    queue: SyncSender<Message>,
    dropped: Arc<AtomicU64>,
}

impl Writer {
    fn start() -> Self {
        let (queue, lines) = sync_channel(QUEUE);
        let dropped = Arc::new(AtomicU64::new(0));
        let writer = Self { queue, dropped: Arc::clone(&dropped) };
        // Without the thread the queue fills, and lines are counted as dropped; the server works on.
        let _ = thread::Builder::new().name("log".into()).spawn(move || write_all(&lines, &dropped));
        writer
    }
}

fn write_all(lines: &Receiver<Message>, dropped: &AtomicU64) {
    let mut out = io::stderr();
    for message in lines {
        let lost = dropped.swap(0, Ordering::Relaxed);
        if lost > 0 {
            let _ = writeln!(out, "{lost} lines of the log were dropped: nobody read them");
        }
        match message {
            // There is nowhere to report that the log cannot be written.
            Message::Line(line) => drop(out.write_all(&line)),
            Message::Flush(done) => drop(done.send(())),
        }
    }
}

/// One event's text, queued when it is complete.
struct Line {
    text: Vec<u8>,
    writer: Writer,
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.is_empty() && self.writer.queue.try_send(Message::Line(text)).is_err() {
            self.writer.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl<'a> MakeWriter<'a> for Writer {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { text: Vec::new(), writer: self.clone() }
    }
}
