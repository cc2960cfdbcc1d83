package dev.kelpie.app.command.kube;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Asks a port for its front page, to see whether somebody is there and speaks HTTP.
final class HttpGreeting {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = 2000;
    private static final int MOST_BYTES = 64 << 10;
    private static final int LONGEST_LINE = 120;

    private final String host;
    private final int port;

    HttpGreeting(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /// What was heard.
    ///
    /// @param http whether it was HTTP
    /// @param line the first line of the page, may be empty
    record Heard(boolean http, String line) {
        String said(String where) {
            return " answers on "
                    + (http ? "http://" + where : where)
                    + (line.isEmpty() ? "" : ": " + line);
        }
    }

    /// Empty while nobody listens, or the connection is dropped without a word.
    Optional<Heard> ask() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            var request = "GET / HTTP/1.0\r\nHost: " + host + ":" + port + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return heard(socket.getInputStream());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<Heard> heard(InputStream in) throws IOException {
        var answer = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        try {
            for (int n = in.read(buffer);
                    n >= 0 && answer.size() < MOST_BYTES;
                    n = in.read(buffer)) {
                answer.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException _) {
            // a server that says nothing until it is spoken to in its own tongue
            return Optional.of(read(answer.toString(StandardCharsets.UTF_8)));
        }
        return answer.size() == 0
                ? Optional.empty()
                : Optional.of(read(answer.toString(StandardCharsets.UTF_8)));
    }

    /// The first line of the page that is not blank, without control characters.
    static Heard read(String answer) {
        if (!answer.startsWith("HTTP/")) {
            return new Heard(false, "");
        }
        int body = answer.indexOf("\r\n\r\n");
        var line =
                body < 0
                        ? ""
                        : answer.substring(body)
                                .lines()
                                .filter(each -> !each.isBlank())
                                .findFirst()
                                .orElse("");
        var clean = line.replaceAll("\\p{Cntrl}", "").strip();
        return new Heard(true, clean.substring(0, Math.min(LONGEST_LINE, clean.length())));
    }
}
