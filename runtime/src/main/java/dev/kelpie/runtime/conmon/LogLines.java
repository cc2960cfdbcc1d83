package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.conmon.AttachSession.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Joins the records of a k8s-file log to lines: `TIME stdout|stderr F|P BYTES`, where P is a part
/// of a line that goes on in the next record of the same stream. Other bytes than UTF-8 pass
/// unharmed; records that are none are passed over.
final class LogLines {

    /// A container that never ends its line must not fill our memory.
    private static final int MOST_LINE_BYTES = 1 << 20;

    private final Map<Stream, Part> parts = new EnumMap<>(Stream.class);
    private final Consumer<LogLine> sink;

    private record Part(Instant time, ByteArrayOutputStream bytes) {}

    LogLines(Consumer<LogLine> sink) {
        this.sink = sink;
    }

    /// Takes one record without its line end.
    void record(byte[] record, int length) {
        var head = Head.parse(record, length);
        if (head.isEmpty()) {
            return;
        }
        var stream = head.get().stream();
        var part =
                parts.computeIfAbsent(
                        stream, _ -> new Part(head.get().time(), new ByteArrayOutputStream()));
        part.bytes().write(record, head.get().length(), length - head.get().length());
        if (!head.get().partial() || part.bytes().size() > MOST_LINE_BYTES) {
            parts.remove(stream);
            sink.accept(line(stream, part, !head.get().partial()));
        }
    }

    /// Gives out what never got its end.
    void finish() {
        parts.forEach((stream, part) -> sink.accept(line(stream, part, false)));
        parts.clear();
    }

    private static LogLine line(Stream stream, Part part, boolean complete) {
        return new LogLine(
                part.time(), stream, ByteBuffer.wrap(part.bytes().toByteArray()), complete);
    }

    /// What stands before the bytes of a record; `length` counts it.
    record Head(Instant time, Stream stream, boolean partial, int length) {

        static Optional<Head> parse(byte[] record, int recordLength) {
            int first = space(record, 0, recordLength);
            int second = space(record, first + 1, recordLength);
            int third = space(record, second + 1, recordLength);
            if (third != second + 2) {
                return Optional.empty();
            }
            var stream =
                    new String(record, first + 1, second - first - 1, StandardCharsets.US_ASCII);
            var tag = record[second + 1];
            if (!(stream.equals("stdout") || stream.equals("stderr"))
                    || !(tag == 'F' || tag == 'P')) {
                return Optional.empty();
            }
            try {
                var time =
                        OffsetDateTime.parse(
                                        new String(record, 0, first, StandardCharsets.US_ASCII))
                                .toInstant();
                var which = stream.equals("stdout") ? Stream.STDOUT : Stream.STDERR;
                return Optional.of(new Head(time, which, tag == 'P', third + 1));
            } catch (DateTimeException _) {
                return Optional.empty();
            }
        }

        private static int space(byte[] bytes, int from, int to) {
            int at = Math.max(from, 0);
            while (at < to && bytes[at] != ' ') {
                at++;
            }
            return at < to ? at : -2;
        }
    }
}
