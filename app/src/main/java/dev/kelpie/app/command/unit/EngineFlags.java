package dev.kelpie.app.command.unit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The flags that lead a unit's commands to an engine, where they would find another one by
/// themselves: systemd gives a unit HOME and XDG_RUNTIME_DIR, not what else the caller has set.
final class EngineFlags {
    private EngineFlags() {}

    /// @param user whether it is a user's unit
    /// @param environment the caller's
    static List<String> of(Path root, Path runRoot, boolean user, Map<String, String> environment) {
        var flags = new ArrayList<String>();
        var home = Path.of(environment.getOrDefault("HOME", "/"));
        if (!root.equals(user ? home.resolve(".local/share/kelpie") : Path.of("/var/lib/kelpie"))) {
            flags.addAll(List.of("--root", root.toString()));
        }
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "/");
        if (!runRoot.equals(user ? Path.of(runtime, "kelpie") : Path.of("/run/kelpie"))) {
            flags.addAll(List.of("--runroot", runRoot.toString()));
        }
        return flags;
    }
}
