package dev.kelpie.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an engine root left on the host: processes, mounts, control groups, network interfaces.
final class Leftovers {

    private Leftovers() {}

    static List<String> of(Path base, String cgroup) throws IOException {
        var found = new ArrayList<String>();
        try (var mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
            mounts.filter(line -> line.contains(base.toString())).forEach(found::add);
        }
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                var line = commandLine(process);
                if (line.contains("conmon") && line.contains(base.toString())) {
                    found.add(line);
                }
            }
        }
        var groups = Path.of("/sys/fs/cgroup/memory" + cgroup);
        if (Files.isDirectory(groups)) {
            try (var children = Files.list(groups)) {
                children.filter(Files::isDirectory)
                        .filter(child -> !child.endsWith("conmon"))
                        .map(Path::toString)
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException _) {
            return "";
        }
    }
}
