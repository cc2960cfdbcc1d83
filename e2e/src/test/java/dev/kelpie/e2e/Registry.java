package dev.kelpie.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Debian's docker-registry on a loopback port, with its data below a directory.
final class Registry implements AutoCloseable {
    private final Running process;
    private final int port;

    private Registry(Running process, int port) {
        this.process = process;
        this.port = port;
    }

    static Registry start(Path directory) {
        var port = Host.freePort();
        var config =
                """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """
                        .formatted(directory.resolve("registry"), port);
        var file = Host.write(directory.resolve("registry.yaml"), config).toString();
        var command = List.of("docker-registry", "serve", file);
        var registry = new Registry(Running.start(directory, Map.of(), command), port);
        Await.until("the registry to listen", () -> registry.answers());
        return registry;
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// `localhost:PORT`, the first part of its images' names.
    String host() {
        return "localhost:" + port;
    }

    /// Puts an image archive that skopeo can read into the registry and returns its name there.
    String push(String archive, String name) {
        var target = host() + "/" + name;
        Host.run(
                        "skopeo",
                        "--insecure-policy",
                        "copy",
                        "--dest-tls-verify=false",
                        archive,
                        "docker://" + target)
                .expect(0);
        return target;
    }

    /// The digest of a name's manifest, as the registry has it.
    String digest(String name) {
        return Host.run(
                        "skopeo",
                        "inspect",
                        "--tls-verify=false",
                        "--format",
                        "{{.Digest}}",
                        "docker://" + name)
                .expect(0)
                .text();
    }

    @Override
    public void close() {
        try (process) {
            process.signal("TERM");
            process.await();
        } catch (UncheckedIOException e) {
            throw new AssertionError("the registry did not end", e);
        }
    }
}
