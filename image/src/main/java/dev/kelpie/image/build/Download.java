package dev.kelpie.image.build;

import dev.kelpie.image.registry.SteadyBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// Fetches one file from the web, for ADD and as a build context.
public final class Download {

    private static final long LARGEST = 16L << 30;

    private Download() {}

    /// Writes what the address gives to a new file; when it says it was changed last, else the
    /// epoch.
    public static Instant to(Path file, URI address) throws IOException, InterruptedException {
        var client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(Duration.ofSeconds(15))
                        .build();
        try (client) {
            var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var in = new SteadyBody(response.body());
                    var out = Files.newOutputStream(file)) {
                if (response.statusCode() != 200) {
                    throw new IOException("'" + address + "' answers " + response.statusCode());
                }
                var buffer = new byte[1 << 16];
                var size = 0L;
                for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    out.write(buffer, 0, count);
                    size += count;
                    if (size > LARGEST) {
                        throw new IOException("'" + address + "' is larger than " + LARGEST);
                    }
                }
            }
            return response.headers()
                    .firstValue("Last-Modified")
                    .map(Download::time)
                    .orElse(Instant.EPOCH);
        } catch (IllegalArgumentException e) {
            throw new IOException("not an address: '" + address + "'", e);
        } catch (IOException e) {
            var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException("cannot fetch '" + address + "': " + reason, e);
        }
    }

    private static Instant time(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
