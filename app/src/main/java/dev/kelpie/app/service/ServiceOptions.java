package dev.kelpie.app.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the service is started with.
///
/// @param root the engine's root, kept over reboots
/// @param runRoot the engine's per-boot directory
/// @param socket where to listen
/// @param home where Kelpie is installed (`kelpie-service` lies there)
/// @param idle how long to stay with nothing to do; zero: for ever
/// @param build what the client was built from, to tell an old service from a new client
public record ServiceOptions(
        Path root, Path runRoot, Path socket, Path home, Duration idle, String build) {
    /// The default of `system service --time` on demand, unlike Podman's 5 s: a warm service is the
    /// point.
    public static final Duration DEFAULT_IDLE = Duration.ofMinutes(1);

    /// Reads `--root R --runroot R --socket S --home H --build B [--time SECONDS]`.
    ///
    /// @throws ServiceException for anything else
    public static ServiceOptions parse(List<String> arguments) {
        var values = new TreeMap<String, String>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            values.put(arguments.get(i), arguments.get(i + 1));
        }
        var time = values.remove("--time");
        var options =
                new ServiceOptions(
                        path(values, "--root"),
                        path(values, "--runroot"),
                        path(values, "--socket"),
                        path(values, "--home"),
                        time == null ? DEFAULT_IDLE : seconds(time),
                        value(values, "--build"));
        if (!values.isEmpty() || arguments.size() % 2 != 0) {
            throw new ServiceException(
                    "unexpected arguments: '" + String.join(" ", arguments) + "'");
        }
        return options;
    }

    /// The file whose flock(2) makes this the root's only service.
    public Path lockFile() {
        return root.resolve("service.lock");
    }

    /// Locked too, so that two roots cannot share a run root by mistake.
    public Path runLockFile() {
        return runRoot.resolve("service.lock");
    }

    /// Holds the process id of the running service.
    public Path pidFile() {
        return runRoot.resolve("service.pid");
    }

    /// Everything the service says goes there; who starts it opens it.
    public Path logFile() {
        return runRoot.resolve("service.log");
    }

    /// The script that conmon runs when a container has ended.
    public Path exitScript() {
        return runRoot.resolve("exited.sh");
    }

    /// Where that script puts the ids of ended containers.
    public Path exitInbox() {
        return runRoot.resolve("exited");
    }

    /// The words that start a service like this one.
    public List<String> toArguments() {
        return new ArrayList<>(
                List.of(
                        "--root", root.toString(),
                        "--runroot", runRoot.toString(),
                        "--socket", socket.toString(),
                        "--home", home.toString(),
                        "--build", build,
                        "--time", Long.toString(idle.toSeconds())));
    }

    private static String value(Map<String, String> values, String name) {
        var value = values.remove(name);
        if (value == null) {
            throw new ServiceException("option " + name + " is missing");
        }
        return value;
    }

    private static Path path(Map<String, String> values, String name) {
        var path = Path.of(value(values, name));
        if (!path.isAbsolute()) {
            throw new ServiceException("option " + name + " must be absolute, was '" + path + "'");
        }
        return path.normalize();
    }

    private static Duration seconds(String text) {
        try {
            return Duration.ofSeconds(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException e) {
            throw new ServiceException("option --time must be seconds, was '" + text + "'", e);
        }
    }
}
