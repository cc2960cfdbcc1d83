package dev.kelpie.image.registry;

import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.store.BlobWriter;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/// One repository at one registry, as the distribution specification has it: what every request
/// needs, and manifests and blobs on their way here. What goes there is [Uploads]'.
final class RegistryClient implements AutoCloseable {

    private static final String MANIFESTS =
            String.join(
                    ", ",
                    List.of(
                            MediaType.OCI_MANIFEST.value(),
                            MediaType.OCI_INDEX.value(),
                            MediaType.DOCKER_MANIFEST.value(),
                            MediaType.DOCKER_MANIFEST_LIST.value()));

    private static final Duration UNTIL_PONG = Duration.ofSeconds(5);

    private final Endpoint endpoint;
    private final Wire wire;
    private final Backoff backoff;
    private final Authorization authorization;
    private final String scheme;

    RegistryClient(
            Endpoint endpoint,
            Optional<Credentials> credentials,
            List<Path> certificates,
            Backoff backoff)
            throws InterruptedException {
        this.endpoint = endpoint;
        this.backoff = backoff;
        this.wire =
                new Wire(
                        endpoint.insecure()
                                ? Trust.anybody()
                                : Trust.of(certificates, endpoint.host()),
                        endpoint.insecure());
        this.authorization = new Authorization(wire, endpoint, credentials);
        this.scheme = endpoint.insecure() && !speaksTls() ? "http" : "https";
    }

    /// Where insecure is allowed, TLS is still tried first; but on loopback, where nobody listens
    /// in, plain HTTP is what registries speak.
    private boolean speaksTls() throws InterruptedException {
        if (endpoint.isLoopback()) {
            // 400 is how TLS servers turn down plain HTTP
            var status = ping("http");
            if (status != 0 && status != 400) {
                return false;
            }
        }
        return ping("https") != 0;
    }

    /// The status of an answer, 0 without one.
    private int ping(String with) throws InterruptedException {
        var request =
                // without a body the connection serves for what is asked next
                HttpRequest.newBuilder(URI.create(with + "://" + endpoint.host() + "/v2/"))
                        .HEAD()
                        .timeout(UNTIL_PONG)
                        .build();
        try {
            var response = wire.send(request);
            Wire.closeQuietly(response.body());
            return response.statusCode();
        } catch (RegistryFailure e) {
            return 0;
        }
    }

    /// A manifest or index as it came, its digest computed from its bytes.
    static final class Fetched {
        final byte[] bytes;
        final Digest digest;
        final MediaType type;

        Fetched(byte[] bytes, Digest digest, MediaType type) {
            this.bytes = bytes;
            this.digest = digest;
            this.type = type;
        }
    }

    /// The digest of a manifest, if the registry says it without sending the manifest.
    Optional<Digest> digest(String reference) throws RegistryFailure, InterruptedException {
        var response =
                exchange(
                        new Wire.Request(
                                "HEAD",
                                uri("/manifests/" + reference),
                                Map.of("Accept", MANIFESTS),
                                Optional.empty(),
                                Optional.empty(),
                                Wire.UNTIL_HEADERS));
        Wire.closeQuietly(response.body());
        return response.headers()
                .firstValue("Docker-Content-Digest")
                .filter(text -> response.statusCode() == 200 && text.matches("sha256:[0-9a-f]{64}"))
                .map(Digest::parse);
    }

    /// By tag, or by digest, which is then verified.
    Fetched manifest(String reference, Optional<Digest> expected)
            throws RegistryFailure, InterruptedException {
        return backoff.until(() -> manifestOnce(reference, expected));
    }

    private Fetched manifestOnce(String reference, Optional<Digest> expected)
            throws RegistryFailure, InterruptedException {
        var response = get("/manifests/" + reference, Map.of("Accept", MANIFESTS));
        byte[] bytes;
        try (var body = response.body()) {
            bytes = body.readNBytes(ImageJson.LARGEST_MANIFEST + 1);
        } catch (IOException e) {
            throw brokeOff("the manifest", e);
        }
        if (bytes.length > ImageJson.LARGEST_MANIFEST) {
            throw RegistryFailure.wrong(
                    from()
                            + " sent a manifest larger than "
                            + ImageJson.LARGEST_MANIFEST
                            + " bytes");
        }
        var digest = Digest.of(bytes);
        var promised =
                expected.map(Digest::toString)
                        .or(() -> response.headers().firstValue("Docker-Content-Digest"))
                        .filter(text -> text.startsWith("sha256:"));
        if (promised.isPresent() && !promised.get().equals(digest.toString())) {
            throw RegistryFailure.wrong(
                    from() + " sent a manifest that is " + digest + ", not " + promised.get());
        }
        var json = ImageJson.object(bytes, "manifest from " + from());
        var type = response.headers().firstValue("Content-Type").orElse("");
        return new Fetched(
                bytes,
                digest,
                json.has("mediaType") || type.isEmpty()
                        ? ImageJson.typeOf(json)
                        : new MediaType(type.replaceAll(";.*", "").strip()));
    }

    /// A blob that is small, verified.
    byte[] small(Descriptor blob) throws RegistryFailure, InterruptedException {
        return backoff.until(() -> {
            var response = get("/blobs/" + blob.digest(), Map.of());
            try (var body = response.body()) {
                var bytes = body.readNBytes((int) blob.size() + 1);
                if (!Digest.of(bytes).equals(blob.digest())) {
                    throw RegistryFailure.wrong(
                            from() + " sent something else for blob " + blob.digest());
                }
                return bytes;
            } catch (IOException e) {
                throw brokeOff("blob " + blob.digest(), e);
            }
        });
    }

    /// Streams a blob into `writer`; after a break it goes on where it stopped.
    void blob(Descriptor blob, BlobWriter writer, LongConsumer progress)
            throws RegistryFailure, InterruptedException {
        backoff.until(() -> {
            blobOnce(blob, writer, progress);
            return blob;
        });
    }

    private void blobOnce(Descriptor blob, BlobWriter writer, LongConsumer progress)
            throws RegistryFailure, InterruptedException {
        var from = writer.size();
        var response =
                get(
                        "/blobs/" + blob.digest(),
                        from == 0 ? Map.of() : Map.of("Range", "bytes=" + from + "-"));
        try (var body = response.body()) {
            if (from > 0 && response.statusCode() != 206) {
                body.skipNBytes(from);
            }
            copy(body, blob, writer, progress);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw brokeOff("blob " + blob.digest(), e);
        }
        if (writer.size() < blob.size()) {
            throw RegistryFailure.interrupted(
                    from()
                            + " sent only "
                            + writer.size()
                            + " of "
                            + blob.size()
                            + " bytes of blob "
                            + blob.digest(),
                    new IOException("cut short"));
        }
    }

    private void copy(InputStream body, Descriptor blob, BlobWriter writer, LongConsumer progress)
            throws IOException, RegistryFailure {
        var buffer = new byte[1 << 16];
        for (var count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (writer.size() + count > blob.size()) {
                throw RegistryFailure.wrong(
                        from()
                                + " sent more than "
                                + blob.size()
                                + " bytes for blob "
                                + blob.digest());
            }
            writer.write(buffer, 0, count);
            progress.accept(writer.size());
        }
    }

    private HttpResponse<InputStream> get(String path, Map<String, String> headers)
            throws RegistryFailure, InterruptedException {
        return ok(exchange(Wire.Request.get(uri(path), headers, Optional.empty())), 200, 206);
    }

    /// An address of the registry itself.
    URI base(String path) {
        return URI.create(scheme + "://" + endpoint.host() + path);
    }

    /// An address below the repository's.
    URI uri(String path) {
        return URI.create(scheme + "://" + endpoint.host() + "/v2/" + endpoint.path() + path);
    }

    /// Where an answer to a request at `from` says to go on.
    URI location(URI from, HttpResponse<InputStream> response) throws RegistryFailure {
        return wire.redirected(from, response.headers().firstValue("Location").orElse(""));
    }

    /// Sends a request with the authorization that the registry wants, which goes to nobody else.
    HttpResponse<InputStream> exchange(Wire.Request request)
            throws RegistryFailure, InterruptedException {
        var ours = endpoint.host().equals(request.uri().getAuthority());
        var sent = ours ? authorization.header() : Optional.<String>empty();
        var response = wire.send(authorized(request, sent));
        if (ours && response.statusCode() == 401) {
            var challenges = Challenge.parse(response.headers().allValues("WWW-Authenticate"));
            if (authorization.renew(sent, challenges)) {
                Wire.closeQuietly(response.body());
                response = wire.send(authorized(request, authorization.header()));
            }
        }
        return response;
    }

    private static Wire.Request authorized(Wire.Request request, Optional<String> header) {
        return new Wire.Request(
                request.method(),
                request.uri(),
                request.headers(),
                header,
                request.body(),
                request.untilAnswer());
    }

    /// The response if its status is one of these.
    HttpResponse<InputStream> ok(HttpResponse<InputStream> response, int... expected)
            throws RegistryFailure {
        for (var status : expected) {
            if (response.statusCode() == status) {
                return response;
            }
        }
        throw refused(response);
    }

    Backoff backoff() {
        return backoff;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    RegistryFailure refused(HttpResponse<InputStream> response) {
        var status = response.statusCode();
        var words = RegistryWords.read(response.body());
        var meaning =
                switch (status) {
                    case 401 -> "wants a login that works";
                    case 403 -> "refuses access";
                    case 404 -> "does not have it";
                    case 429 -> "has had too many requests";
                    default -> "answered";
                };
        return RegistryFailure.refused(
                from()
                        + " "
                        + meaning
                        + " ("
                        + status
                        + ")"
                        + (words.isEmpty() ? "" : ": " + words),
                status,
                response.headers()
                        .firstValue("Retry-After")
                        .map(RegistryClient::pause)
                        .orElse(Duration.ZERO));
    }

    /// Seconds or a date (RFC 9110, section 10.2.3); none when it is neither.
    private static Duration pause(String after) {
        if (after.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(after));
        }
        try {
            var until = ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME);
            var pause = Duration.between(Instant.now(), until);
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    private RegistryFailure brokeOff(String what, IOException cause) {
        var reason =
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return RegistryFailure.interrupted(from() + " broke off in " + what + ": " + reason, cause);
    }

    String from() {
        return "registry '" + endpoint.host() + "'";
    }

    @Override
    public void close() {
        wire.close();
    }
}
