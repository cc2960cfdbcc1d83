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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// The pull side of the distribution specification, for one repository at one registry.
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
            RegistrySettings settings,
            Backoff backoff)
            throws InterruptedException {
        this.endpoint = endpoint;
        this.backoff = backoff;
        this.wire =
                new Wire(
                        endpoint.insecure()
                                ? Trust.anybody()
                                : Trust.of(settings.certificateDirectories(), endpoint.host()),
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
                HttpRequest.newBuilder(URI.create(with + "://" + endpoint.host() + "/v2/"))
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

    /// By tag, or by digest, which is then verified.
    Fetched manifest(String reference, Optional<Digest> expected)
            throws RegistryFailure, InterruptedException {
        for (var failures = 1; ; failures++) {
            try {
                return manifestOnce(reference, expected);
            } catch (RegistryFailure e) {
                retryOrThrow(e, failures);
            }
        }
    }

    private Fetched manifestOnce(String reference, Optional<Digest> expected)
            throws RegistryFailure, InterruptedException {
        var response = get("/manifests/" + reference, MANIFESTS, OptionalLong.empty());
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

    /// Streams a blob into `writer`; after a break it goes on where it stopped.
    void blob(Descriptor blob, BlobWriter writer, LongConsumer progress)
            throws RegistryFailure, InterruptedException {
        for (var failures = 1; ; failures++) {
            try {
                blobOnce(blob, writer, progress);
                return;
            } catch (RegistryFailure e) {
                retryOrThrow(e, failures);
            }
        }
    }

    private void blobOnce(Descriptor blob, BlobWriter writer, LongConsumer progress)
            throws RegistryFailure, InterruptedException {
        var from = writer.size();
        var response =
                get(
                        "/blobs/" + blob.digest(),
                        "",
                        from == 0 ? OptionalLong.empty() : OptionalLong.of(from));
        try (var body = response.body();
                var stall = new StallGuard(body)) {
            if (from > 0 && response.statusCode() != 206) {
                body.skipNBytes(from);
            }
            copy(
                    body,
                    blob,
                    writer,
                    count -> {
                        stall.alive();
                        progress.accept(count);
                    });
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

    private HttpResponse<InputStream> get(String path, String accept, OptionalLong from)
            throws RegistryFailure, InterruptedException {
        var uri = URI.create(scheme + "://" + endpoint.host() + "/v2/" + endpoint.path() + path);
        var sent = authorization.header();
        var response = wire.get(new Wire.Get(uri, accept, sent, from));
        if (response.statusCode() == 401) {
            var challenges = Challenge.parse(response.headers().allValues("WWW-Authenticate"));
            if (authorization.renew(sent, challenges)) {
                Wire.closeQuietly(response.body());
                response = wire.get(new Wire.Get(uri, accept, authorization.header(), from));
            }
        }
        if (response.statusCode() == 200 || response.statusCode() == 206) {
            return response;
        }
        throw refused(response);
    }

    private RegistryFailure refused(HttpResponse<InputStream> response) {
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
        var after = response.headers().firstValue("Retry-After").orElse("");
        return RegistryFailure.refused(
                from()
                        + " "
                        + meaning
                        + " ("
                        + status
                        + ")"
                        + (words.isEmpty() ? "" : ": " + words),
                status,
                Duration.ofSeconds(after.matches("[0-9]{1,4}") ? Long.parseLong(after) : 0));
    }

    private void retryOrThrow(RegistryFailure failure, int failures)
            throws RegistryFailure, InterruptedException {
        if (!failure.passing || !backoff.again(failures)) {
            throw failure;
        }
        backoff.pause(failures, String.valueOf(failure.getMessage()), failure.retryAfter);
    }

    private RegistryFailure brokeOff(String what, IOException cause) {
        var reason =
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return RegistryFailure.interrupted(from() + " broke off in " + what + ": " + reason, cause);
    }

    private String from() {
        return "registry '" + endpoint.host() + "'";
    }

    @Override
    public void close() {
        wire.close();
    }
}
