package dev.kelpie.quadlet;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where the generator's words go: the kernel's log, since no other is there when it runs at boot.
final class GeneratorLog {
    private final boolean kmsg;
    private final boolean verbose;
    private final PrintStream stderr;
    private boolean failed;
    private boolean silent = true;

    GeneratorLog(boolean kmsg, boolean verbose, PrintStream stderr) {
        this.kmsg = kmsg;
        this.verbose = verbose;
        this.stderr = stderr;
    }

    void debug(String message) {
        if (verbose) {
            write(message);
        }
    }

    void warn(String message) {
        write(message);
    }

    synchronized void error(String message) {
        failed = true;
        write(message);
    }

    synchronized boolean hasErrors() {
        return failed;
    }

    /// Whether nobody was told anything.
    synchronized boolean isSilent() {
        return silent;
    }

    private synchronized void write(String message) {
        silent = false;
        var line =
                "quadlet-generator["
                        + ProcessHandle.current().pid()
                        + "]: "
                        + message.replace('\n', ' ')
                        + "\n";
        if (kmsg) {
            try (var device = new FileOutputStream("/dev/kmsg", true)) {
                device.write(line.getBytes(StandardCharsets.UTF_8)); // one record is one write
                return;
            } catch (IOException _) { // a container, or a user's systemd
            }
        }
        stderr.print(line);
    }
}
