package dev.kelpie.client;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The terminal we were started on, through stty(1): the JDK cannot set its modes.
final class Terminal {
    private static final File DEVICE = new File("/dev/tty");

    private String saved = "";

    /// Rows and columns in the halves of the number; 0 when there is no telling.
    int size() {
        try {
            var words = stty("size").trim().split(" ", -1);
            return words.length == 2
                    ? (Integer.parseInt(words[0]) << 16) | (Integer.parseInt(words[1]) & 0xffff)
                    : 0;
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }

    /// Raw mode without echo, or back.
    synchronized void raw(boolean on) {
        try {
            if (on && saved.isEmpty()) {
                saved = stty("-g").trim();
                stty("raw", "-echo");
            } else if (!on) {
                restore();
            }
        } catch (IOException _) {
            // without its terminal a command still runs
        }
    }

    /// Puts back what was there before.
    synchronized void restore() {
        if (saved.isEmpty()) {
            return;
        }
        try {
            stty(saved);
        } catch (IOException _) {
            // nothing is left to try
        }
        saved = "";
    }

    private static String stty(String... words) throws IOException {
        var command = new String[words.length + 1];
        command[0] = "stty";
        System.arraycopy(words, 0, command, 1, words.length);
        var process =
                new ProcessBuilder(command)
                        .redirectInput(DEVICE)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
