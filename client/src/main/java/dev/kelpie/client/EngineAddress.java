package dev.kelpie.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where an engine keeps its things and where its service listens. Each pair of root and run root
/// is an engine of its own.
record EngineAddress(Path root, Path runRoot, Path socket) {
    /// `sun_path` of `unix(7)` has 108 bytes, the last one NUL.
    private static final int MAX_SOCKET_PATH = 107;

    private static final String SOCKET = "kelpie.sock";

    /// @param userId of the caller; 0 uses the system's directories, others the XDG ones
    static EngineAddress of(
            Invocation invocation, Map<String, String> environment, int userId, Path directory) {
        boolean system = userId == 0;
        var state =
                system
                        ? Path.of("/var/lib/kelpie")
                        : home(environment, "XDG_DATA_HOME", ".local/share").resolve("kelpie");
        var runtime = system ? Path.of("/run/kelpie") : userRuntime(environment, userId);
        var root =
                invocation.root().isEmpty()
                        ? state
                        : directory.resolve(invocation.root()).normalize();
        // another root with the same run root would be two engines in one place
        var usual =
                root.equals(state) ? runtime : runtime.resolve("roots/" + hash(root.toString()));
        var runRoot =
                invocation.runRoot().isEmpty()
                        ? usual
                        : directory.resolve(invocation.runRoot()).normalize();
        return new EngineAddress(root, runRoot, socket(root, runRoot, runtime));
    }

    /// The running service's folder below /proc, if there is one.
    Optional<Path> serviceProcess() throws IOException {
        var pidFile = runRoot.resolve("service.pid");
        return Files.exists(pidFile)
                ? Optional.of(Path.of("/proc", Files.readString(pidFile).trim()))
                : Optional.empty();
    }

    private static Path socket(Path root, Path runRoot, Path runtime) {
        var inRunRoot = runRoot.resolve(SOCKET);
        if (inRunRoot.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH) {
            return inRunRoot;
        }
        return runtime.resolve("sockets/" + hash(root + "\n" + runRoot) + ".sock");
    }

    private static Path userRuntime(Map<String, String> environment, int userId) {
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return runtime.startsWith("/")
                ? Path.of(runtime, "kelpie")
                : Path.of("/tmp/kelpie-run-" + userId);
    }

    private static Path home(Map<String, String> environment, String variable, String usual) {
        var set = environment.getOrDefault(variable, "");
        return set.startsWith("/")
                ? Path.of(set)
                : Path.of(environment.getOrDefault("HOME", "/")).resolve(usual);
    }

    /// FNV-1a, 64 bits: enough to keep a user's own few roots apart, and it loads no class.
    private static String hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return Long.toHexString(hash);
    }
}
