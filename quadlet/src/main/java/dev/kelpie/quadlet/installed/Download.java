package dev.kelpie.quadlet.installed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Files behind web addresses.
final class Download {
    /// No unit file is as long, and what answers may never end.
    private static final int MOST_BYTES = 1 << 20;

    private static final int OK = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Download() {}

    static boolean isMeant(String operand) {
        return operand.startsWith("https://") || operand.startsWith("http://");
    }

    /// The name that the file will have: the last part of the address's path.
    static String name(String address) {
        try {
            var path = URI.create(address).getPath();
            var name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
            boolean plain = name.chars().noneMatch(Character::isISOControl);
            if (!name.isEmpty() && !name.startsWith(".") && plain) {
                return name;
            }
        } catch (IllegalArgumentException _) { // said below
        }
        throw new InstallException("the address '" + address + "' names no file");
    }

    static byte[] fetch(String address) {
        try (var client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(PATIENCE)
                        .build()) {
            var request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw failed(address, "the answer is " + answer.statusCode());
                }
                var content = body.readNBytes(MOST_BYTES + 1);
                if (content.length > MOST_BYTES) {
                    throw failed(address, "it is larger than " + MOST_BYTES + " bytes");
                }
                return content;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw failed(address, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw failed(address, "interrupted");
        }
    }

    private static InstallException failed(String address, String why) {
        return new InstallException("cannot fetch '" + address + "': " + why);
    }
}
