package dev.kelpie.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The groups of this process, `ID:CONTROLLERS:PATH` each, see cgroups(7).
final class OwnCgroups {

    private OwnCgroups() {}

    static List<String> read() {
        try {
            return Files.readAllLines(Path.of("/proc/self/cgroup"));
        } catch (IOException _) {
            return List.of();
        }
    }
}
