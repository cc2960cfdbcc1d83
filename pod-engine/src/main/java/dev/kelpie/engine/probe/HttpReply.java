package dev.kelpie.engine.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The head of an HTTP/1 answer and the begin of its body, read within limits.
///
/// @param location where it redirects to
record HttpReply(int status, Optional<String> location, String body) {

    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_LINES = 200;

    static HttpReply exchange(InputStream in, OutputStream out, String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
        var buffered = new java.io.BufferedInputStream(in, 1024);
        while (true) {
            var reply = read(buffered);
            if (reply.status() >= 200) {
                return reply;
            }
        }
    }

    private static HttpReply read(InputStream in) throws IOException {
        var status = status(line(in));
        var location = Optional.<String>empty();
        long length = 0; // of a body that does not tell its length nothing is read
        for (int i = 0; i < MOST_LINES; i++) {
            var line = line(in);
            if (line.isEmpty()) {
                return new HttpReply(status, location, status < 200 ? "" : body(in, length));
            }
            var colon = line.indexOf(':');
            var name = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1).strip();
            if (name.equalsIgnoreCase("Location")) {
                location = Optional.of(value);
            } else if (name.equalsIgnoreCase("Content-Length")) {
                length = number(value);
            }
        }
        throw new IOException("malformed HTTP response: more than " + MOST_LINES + " headers");
    }

    private static int status(String line) throws IOException {
        var from = line.indexOf(' ') + 1;
        var space = line.indexOf(' ', from);
        var code = line.substring(from, space < 0 ? line.length() : space);
        if (!line.startsWith("HTTP/1.") || code.length() != 3 || !isNumber(code)) {
            var shown = line.length() > 40 ? line.substring(0, 40) : line;
            throw new IOException("malformed HTTP response \"" + shown + "\"");
        }
        return Integer.parseInt(code);
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long number(String text) throws IOException {
        if (text.isEmpty() || text.length() > 18 || !isNumber(text)) {
            throw new IOException("malformed HTTP response: bad Content-Length \"" + text + "\"");
        }
        return Long.parseLong(text);
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (true) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException("EOF");
            }
            if (next == '\n') {
                var end = text.length();
                return end > 0 && text.charAt(end - 1) == '\r'
                        ? text.substring(0, end - 1)
                        : text.toString();
            }
            if (text.length() >= LONGEST_LINE) {
                throw new IOException("malformed HTTP response: a line of more than 8 KB");
            }
            text.append((char) next);
        }
    }

    private static String body(InputStream in, long length) throws IOException {
        var bytes = in.readNBytes((int) Math.min(length, Answer.LONGEST));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
