package dev.kelpie.runtime.network;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A process that this or an earlier service started, found again by its pid file. The pid may
/// belong to somebody else by now, or the file be half written; the words on its command line tell.
///
/// @param words that follow each other there, and only there
record StartedProcess(Path pidFile, List<String> words) {

    StartedProcess {
        words = List.copyOf(words);
    }

    /// It, if it runs.
    Optional<ProcessIdentity> find() {
        try {
            var pid = Integer.parseInt(Files.readString(pidFile).strip());
            return is(pid) ? ProcessIdentity.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// It among all processes, which takes long where many run.
    Optional<ProcessIdentity> search() {
        return ProcessHandle.allProcesses()
                .map(handle -> Math.toIntExact(handle.pid()))
                .filter(this::is)
                .findFirst()
                .flatMap(ProcessIdentity::of);
    }

    private boolean is(int pid) {
        try {
            return isOf(Files.readString(Path.of("/proc/" + pid + "/cmdline")));
        } catch (IOException _) {
            return false;
        }
    }

    /// Whether a command line, as proc(5) has it, holds the words: the first may have a path.
    boolean isOf(String commandLine) {
        return commandLine.contains(String.join("\0", words) + "\0");
    }
}
