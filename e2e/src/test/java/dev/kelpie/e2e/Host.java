package dev.kelpie.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The machine that the tests run on: its programs, files and ports.
final class Host {
    private static final Path HERE = Path.of("").toAbsolutePath();

    private Host() {}

    /// The checkout's top directory.
    static Path checkout() {
        return HERE.endsWith("e2e") ? HERE.resolve("..").normalize() : HERE;
    }

    static Path example(String name) {
        return checkout().resolve("examples").resolve(name);
    }

    /// Runs a program of the host to its end, without input.
    static Result run(String... command) {
        return Running.start(HERE, Map.of("LC_ALL", "C"), List.of(command)).closeInput().await();
    }

    static boolean has(String program) {
        return run("sh", "-c", "command -v " + program).exitCode() == 0;
    }

    static boolean isRoot() {
        return run("id", "-u").text().equals("0");
    }

    /// A TCP port of the host that nobody listens on now.
    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the URL's body is; empty while nobody answers.
    static String page(String url) {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static void awaitPage(String url, String wanted) {
        Await.until(
                () -> "'" + wanted + "' at " + url + ", got '" + page(url) + "'",
                () -> page(url).contains(wanted));
    }

    /// Writes a file, with the directories above it, and returns it.
    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
