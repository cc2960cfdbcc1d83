package dev.kelpie.image;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Debian's docker-registry, a process of this test's own, on a free port of loopback.
final class LoopbackRegistry {

    private final Process process;
    private final int port;

    private LoopbackRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static LoopbackRegistry start(Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/docker-registry"))
                        && Files.isExecutable(Path.of("/usr/bin/skopeo")),
                "docker-registry and skopeo are not installed");
        Files.createDirectories(directory);
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var config = directory.resolve("config.yml");
        Files.writeString(
                config,
                """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d"}
                """
                        .formatted(directory.resolve("data"), port));
        var process =
                new ProcessBuilder("/usr/bin/docker-registry", "serve", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        var registry = new LoopbackRegistry(process, port);
        registry.awaitAnswer();
        return registry;
    }

    private void awaitAnswer() throws InterruptedException {
        for (var i = 0; i < 300; i++) {
            try {
                var connection =
                        (HttpURLConnection)
                                URI.create("http://127.0.0.1:" + port + "/v2/")
                                        .toURL()
                                        .openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("docker-registry does not answer");
    }

    String name(String repository) {
        return "localhost:" + port + "/" + repository;
    }

    void push(String from, String name) throws IOException, InterruptedException {
        run("skopeo", "copy", "-q", "--dest-tls-verify=false", from, "docker://" + name(name));
    }

    static void run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.PIPE)
                        .start();
        var output =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
    }

    void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
