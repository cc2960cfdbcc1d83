package dev.kelpie.client;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts the service when nobody answers, detached from us: a session of its own, its output in a
/// log file, none of our descriptors. Clients that want the same service at once start one.
final class ServiceStarter {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final int LOG_TAIL = 4096;
    private static final long LARGE_LOG = 4 << 20;

    /// What the service may see of the environment of whoever happened to start it.
    private static final List<String> HANDED_ON =
            List.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "LANG",
                    "TMPDIR",
                    "TZ",
                    "DBUS_SESSION_BUS_ADDRESS",
                    "CONTAINERS_REGISTRIES_CONF");

    private static final List<String> PREFIXES =
            List.of("KELPIE_", "XDG_", "REGISTRY_", "CONTAINERS_", "SSL_");

    private final EngineAddress engine;
    private final Caller caller;

    ServiceStarter(EngineAddress engine, Caller caller) {
        this.engine = engine;
        this.caller = caller;
    }

    /// Returns a connection to the service, which somebody else may have started meanwhile.
    ///
    /// @throws ClientException with the log's last lines when it does not come up
    Connection start() {
        makePrivate(engine.runRoot());
        makePrivate(engine.socket().resolveSibling("."));
        try (var channel =
                        FileChannel.open(
                                engine.runRoot().resolve("start.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var connection = tryConnect();
            return connection == null ? launch() : connection;
        } catch (IOException e) {
            throw new ClientException("cannot start the service: " + e, e);
        }
    }

    private Connection launch() throws IOException {
        var log = engine.runRoot().resolve("service.log");
        if (Files.exists(log) && Files.size(log) > LARGE_LOG) {
            Files.delete(log);
        }
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        var process = processBuilder(log.toFile()).start();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            var connection = tryConnect();
            if (connection != null) {
                return connection;
            }
            // status 0: another service was there first, it will answer in a moment
            if (!process.isAlive() && process.exitValue() != 0) {
                throw new ClientException(
                        "the service cannot start" + tail(log, logStart) + "\n(log: " + log + ")");
            }
            pause();
        }
        throw new ClientException(
                "the service does not answer on '"
                        + engine.socket()
                        + "'"
                        + tail(log, logStart)
                        + "\n(log: "
                        + log
                        + ")");
    }

    private ProcessBuilder processBuilder(File log) {
        var builder =
                new ProcessBuilder(
                        "setsid",
                        "/bin/sh",
                        caller.home().resolve("kelpie-service").toString(),
                        "--root",
                        engine.root().toString(),
                        "--runroot",
                        engine.runRoot().toString(),
                        "--socket",
                        engine.socket().toString(),
                        "--home",
                        caller.home().toString(),
                        "--build",
                        caller.build());
        builder.directory(new File("/"));
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(Redirect.appendTo(log));
        builder.redirectErrorStream(true);
        var environment = builder.environment();
        environment.clear();
        for (var entry : caller.environment().entrySet()) {
            if (isHandedOn(entry)) {
                environment.put(entry.getKey(), entry.getValue());
            }
        }
        return builder;
    }

    private static boolean isHandedOn(Map.Entry<String, String> entry) {
        var name = entry.getKey();
        if (HANDED_ON.contains(name) || name.endsWith("_proxy") || name.endsWith("_PROXY")) {
            return true;
        }
        for (var prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Connection tryConnect() {
        try {
            return Connection.open(engine.socket(), caller.build());
        } catch (IOException _) {
            return null;
        }
    }

    private static void makePrivate(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new ClientException(
                    "cannot make directory '" + directory + "': " + FileErrors.reason(e), e);
        }
    }

    private static String tail(Path log, long from) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(from, file.length() - LOG_TAIL));
            var bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8).trim();
            return text.isEmpty() ? "" : ":\n" + text;
        } catch (IOException _) {
            return "";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted", e);
        }
    }
}
