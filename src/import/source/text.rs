//! Bytes on their way to who parts them into cells: as UTF-8, and never more than was allowed.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

/// No more may be read before somebody says how much.
pub(super) struct Bounded {
    inner: Box<dyn Read>,
    left: usize,
}

impl Bounded {
    pub(super) fn new(inner: impl Read + 'static) -> Self {
        Self {
            inner: Box::new(inner),
            left: 0,
        }
    }

    /// From now on so many bytes.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.left = bytes;
    }
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(into)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

/// A text of another encoding, as UTF-8.
pub(super) struct Transcoded<R> {
    from: R,
    decoder: Decoder,
    is_over: bool,
}

impl<R: BufRead> Transcoded<R> {
    pub(super) fn new(from: R, encoding: &'static Encoding) -> Self {
        Self {
            from,
            decoder: encoding.new_decoder_without_bom_handling(),
            is_over: false,
        }
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    /// `into` has room for a character at least: a larger buffer stands in front.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.is_over {
            let input = self.from.fill_buf()?;
            let is_last = input.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, into, is_last);
            self.from.consume(read);
            self.is_over = is_last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
            if result == CoderResult::OutputFull {
                return Err(io::ErrorKind::InvalidInput.into());
            }
        }
        Ok(0)
    }
}
