package dev.kelpie.client;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `system service` that listens by itself: on the socket that systemd handed over, or at the
/// address it was told.
///
/// @param address where to listen, null for the socket that was handed over
/// @param seconds with no caller until it leaves, 0 for never
record ServiceCall(@Nullable Path address, int seconds) {
    /// Podman's, which counts on being started again by the next caller.
    private static final int DEFAULT_SECONDS = 5;

    private static final String UNIX = "unix:";

    /// Reads the words after `system service`; null when it is not to listen by itself.
    ///
    /// @param handedOver whether there is a socket from systemd
    /// @throws ClientException for an address that is none, or a flag that is unknown here
    static @Nullable ServiceCall parse(List<String> words, boolean handedOver) {
        int seconds = DEFAULT_SECONDS;
        String address = null;
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.equals("--time") || word.equals("-t")) {
                seconds = seconds(i + 1 < words.size() ? words.get(++i) : "");
            } else if (word.startsWith("--time=")) {
                seconds = seconds(word.substring("--time=".length()));
            } else if (word.startsWith("-t")) {
                seconds = seconds(word.substring(2));
            } else if (word.startsWith("-")) {
                return null; // help, --stop, and what the command refuses
            } else if (address == null) {
                address = word;
            } else {
                throw new ClientException("accepts at most 1 arg(s), received more: " + word);
            }
        }
        if (handedOver) {
            return new ServiceCall(null, seconds);
        }
        return address == null ? null : new ServiceCall(path(address), seconds);
    }

    private static Path path(String address) {
        var text = address.startsWith(UNIX) ? address.substring(UNIX.length()) : address;
        if (!text.startsWith("/")) {
            throw new ClientException(
                    "cannot serve on '"
                            + address
                            + "': only unix:///PATH, nobody would ask other callers who they are");
        }
        return Path.of(text).normalize();
    }

    private static int seconds(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new ClientException("--time must be seconds, was '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
