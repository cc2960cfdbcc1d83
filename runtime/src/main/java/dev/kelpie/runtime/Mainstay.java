package dev.kelpie.runtime;

import dev.kelpie.runtime.kernel.NamedPipes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A small process that stands for something in its systemd unit: it lives in the unit's control
/// group, belongs to the host's first process, and ends with the exit code that it is told.
public final class Mainstay {
    /// A shell waits at the pipe for its exit code. The one that starts it goes to the group first,
    /// and then away, so that systemd becomes its parent.
    private static final String START =
            """
            mkfifo -m 600 "$0" && echo $$ >"$1" || exit 1
            setsid /bin/sh -c 'read -r code <"$0"; exit "${code:-1}"' "$0" </dev/null >/dev/null 2>&1 &
            echo $!
            """;

    private Mainstay() {}

    /// Starts one; its process id.
    ///
    /// @param pipe is made, by which it is told
    /// @param group of the unit
    public static int start(Path pipe, String group) throws InterruptedException {
        var procs = Path.of("/sys/fs/cgroup" + group + "/cgroup.procs");
        var words = List.of("/bin/sh", "-c", START, pipe.toString(), procs.toString());
        var said = Command.of(words).withTimeout(Duration.ofSeconds(10)).run().stdout().strip();
        if (!said.matches("[1-9][0-9]{0,8}")) {
            throw CommandFailedException.exited(words, 0, "no process id: '" + said + "'");
        }
        return Integer.parseInt(said);
    }

    /// Lets it end with an exit code; nothing happens when it is gone.
    public static void end(Path pipe, int code) {
        NamedPipes.write(pipe, code + "\n");
    }
}
