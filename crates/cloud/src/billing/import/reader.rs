//! An export, line by line.

use std::{
    io::{BufRead as _, BufReader, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use csv::{ErrorKind, StringRecord};
use flate2::bufread::MultiGzDecoder;

use super::columns::Columns;
use crate::billing::ledger::NewLine;

/// What is wrong with a line.
#[derive(Debug)]
pub(super) struct Fault {
    pub line: u64,
    pub column: Option<String>,
    pub reason: String,
}

/// The most that is read of an export, unpacked: a file of zeros packs into nothing.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;
/// The longest line: one of a real export has a few thousand characters.
const LONGEST_LINE: u64 = 1024 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// An export's lines. One that is at fault does not end them; one that cannot be told from the next does.
pub(super) struct Lines {
    reader: csv::Reader<Limited>,
    columns: Columns,
    record: StringRecord,
    line: u64,
    ended: bool,
    /// How much was read since the last line.
    since_line: Arc<AtomicU64>,
}

/// Stops where a line has no end, as one has none whose quotes are never closed.
struct Limited {
    source: Box<dyn Read + Send>,
    left: u64,
    since_line: Arc<AtomicU64>,
}

impl Read for Limited {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let wanted = into.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if wanted == 0 && !into.is_empty() {
            return Err(std::io::Error::other("The export is too long."));
        }
        let read = self.source.read(&mut into[..wanted])?;
        self.left -= read as u64;
        if self.since_line.fetch_add(read as u64, Ordering::Relaxed) > LONGEST_LINE {
            return Err(std::io::Error::other("A line is too long."));
        }
        Ok(read)
    }
}

fn unpacked(source: Box<dyn Read + Send>) -> std::io::Result<Limited> {
    let mut source = BufReader::new(source);
    let packed = source.fill_buf()?.starts_with(&GZIP);
    let source: Box<dyn Read + Send> = if packed { Box::new(MultiGzDecoder::new(source)) } else { Box::new(source) };
    Ok(Limited { source, left: MOST_BYTES, since_line: Arc::default() })
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("The line has {len} fields, the header {expected_len}.")
        }
        ErrorKind::Utf8 { err, .. } => format!("Field {} is not UTF-8.", err.field() + 1),
        ErrorKind::Io(error) => error.to_string(),
        _ => "The line cannot be read as CSV.".to_owned(),
    }
}

impl Lines {
    /// Reads the header.
    pub(super) fn of(source: Box<dyn Read + Send>) -> Result<Self, Fault> {
        let in_header = |reason: String| Fault { line: 1, column: None, reason };
        let source = unpacked(source).map_err(|error| in_header(error.to_string()))?;
        let since_line = source.since_line.clone();
        let mut reader = csv::ReaderBuilder::new().from_reader(source);
        let header = reader.headers().map_err(|error| in_header(reason(&error)))?;
        let columns = Columns::of(header).map_err(in_header)?;
        Ok(Self { reader, columns, record: StringRecord::new(), line: 1, ended: false, since_line })
    }

    /// `FOCUS` or `CUR`.
    pub(super) fn format(&self) -> &'static str {
        self.columns.format()
    }

    /// The line of the file that [`Lines::next`] answered last.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The next line, or what is wrong with it; nothing behind the last.
    pub(super) fn next(&mut self) -> Option<Result<NewLine, Fault>> {
        if self.ended {
            return None;
        }
        self.since_line.store(0, Ordering::Relaxed);
        match self.reader.read_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                self.line = self.record.position().map_or(self.line + 1, csv::Position::line);
                let line = self.line;
                let fault = |(column, reason): (Option<&str>, String)| Fault {
                    line,
                    column: column.map(str::to_owned),
                    reason,
                };
                Some(self.columns.line(&self.record).map_err(fault))
            }
            Err(error) => {
                self.line = error.position().map_or(self.line + 1, csv::Position::line);
                self.ended = matches!(error.kind(), ErrorKind::Io(_));
                Some(Err(Fault { line: self.line, column: None, reason: reason(&error) }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const HEAD: &str = "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceName\n";

    fn read(bytes: Vec<u8>) -> Vec<Result<NewLine, Fault>> {
        let mut lines = Lines::of(Box::new(std::io::Cursor::new(bytes))).expect("a header");
        let mut all = Vec::new();
        while let Some(line) = lines.next() {
            all.push(line);
        }
        all
    }

    #[test]
    fn a_line_at_fault_does_not_hide_the_others() {
        let mut text =
            format!("\u{feff}{HEAD}1,USD,Usage,2026-11-01T00:00:00Z,\"Two\nlines\"\nshort,USD\n").into_bytes();
        text.extend_from_slice(b"1,USD,Usage,2026-11-01T00:00:00Z,\xff\n");
        text.extend_from_slice(b"x,USD,Usage,2026-11-01T00:00:00Z,S\n2,USD,Usage,2026-11-02T00:00:00Z,S\n");
        let lines = read(text);
        let said: Vec<String> = lines
            .iter()
            .map(|line| match line {
                Ok(line) => format!("{} {}", line.day, line.unblended),
                Err(fault) => format!("{}: {}", fault.line, fault.reason),
            })
            .collect();
        assert_eq!(
            said,
            [
                "2: Member must have printable characters",
                "4: The line has 2 fields, the header 5.",
                "5: Field 5 is not UTF-8.",
                "6: not a number such as 100 or 0.0116",
                "2026-11-02 2",
            ]
        );
    }

    #[test]
    fn packed_files_and_files_without_end() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(format!("{HEAD}1,USD,Usage,2026-11-01T00:00:00Z,S\n").as_bytes()).unwrap();
        assert!(matches!(read(packer.finish().unwrap()).as_slice(), [Ok(_)]));
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(HEAD.as_bytes()).unwrap();
        packer.write_all(&vec![b'a'; 3 * 1024 * 1024]).unwrap();
        let lines = read(packer.finish().unwrap());
        assert!(matches!(lines.as_slice(), [Err(fault)] if fault.reason == "A line is too long."), "{lines:?}");
        let endless = format!("{HEAD}\"{}", "a\n".repeat(1024 * 1024));
        let lines = read(endless.into_bytes());
        assert!(matches!(lines.as_slice(), [Err(fault)] if fault.reason == "A line is too long."), "{lines:?}");
        let broken = [GZIP.as_slice(), b"no gzip at all"].concat();
        assert!(Lines::of(Box::new(std::io::Cursor::new(broken))).is_err());
    }
}
