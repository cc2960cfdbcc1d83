package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.spec.Linux;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which of /proc and /sys a container does not see or may not write; the field's lists. Entries
/// the host lacks do no harm.
final class Hiding {

    private static final List<String> MASKED =
            List.of(
                    "/proc/acpi",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/proc/interrupts",
                    "/sys/devices/virtual/powercap",
                    "/sys/firmware",
                    "/sys/fs/selinux");

    private static final List<String> READ_ONLY =
            List.of(
                    "/proc/asound",
                    "/proc/bus",
                    "/proc/fs",
                    "/proc/irq",
                    "/proc/sys",
                    "/proc/sysrq-trigger");

    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private Hiding() {}

    static Linux.Paths of(ContainerConfig config) {
        var propagation =
                config.mounts().stream()
                        .flatMap(mount -> mount.options().stream())
                        .filter(option -> option.matches("r?(shared|slave)"))
                        .findFirst();
        var label = config.security().labels().mountLabel();
        var view = config.security().proc();
        if (config.security().privileged() || view.unmasked().contains("ALL")) {
            return new Linux.Paths(view.masked(), List.of(), propagation, label);
        }
        var masked = new ArrayList<>(MASKED);
        masked.addAll(thermalThrottles());
        masked.removeIf(path -> isUnmasked(path, view.unmasked()));
        masked.addAll(view.masked());
        var readOnly = new ArrayList<>(READ_ONLY);
        readOnly.removeIf(path -> isUnmasked(path, view.unmasked()));
        return new Linux.Paths(masked, readOnly, propagation, label);
    }

    /// Patterns match as in a shell, `*` within one name.
    private static boolean isUnmasked(String path, List<String> unmasked) {
        return unmasked.stream()
                .anyMatch(pattern ->
                        pattern.equals(path)
                                || FileSystems.getDefault()
                                        .getPathMatcher("glob:" + pattern)
                                        .matches(Path.of(path)));
    }

    /// The runtimes expand no patterns, so the one there is, is expanded on the host.
    private static List<String> thermalThrottles() {
        if (!Files.isDirectory(CPUS)) {
            return List.of();
        }
        var found = new ArrayList<String>();
        try (var cpus = Files.newDirectoryStream(CPUS, "cpu[0-9]*")) {
            for (var cpu : cpus) {
                Optional.of(cpu.resolve("thermal_throttle"))
                        .filter(Files::isDirectory)
                        .ifPresent(folder -> found.add(folder.toString()));
            }
        } catch (IOException e) {
            throw new FileAccessException("cannot list '" + CPUS + "'", e);
        }
        return found;
    }
}
