package dev.kelpie.image.registry;

import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.MediaType;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Puts blobs and manifests into one repository (distribution-spec, "Push"): a blob in one request,
/// or in pieces where a registry takes it only so; after a break, from where the registry stopped
/// if it says so.
final class Uploads {

    private static final long PIECE = 32 << 20;

    /// Slower than this a transfer is taken for dead: bytes a second.
    private static final long SLOWEST = 20_000;

    private final RegistryClient client;

    Uploads(RegistryClient client) {
        this.client = client;
    }

    /// Whether the repository has the blob.
    boolean has(Digest blob) throws RegistryFailure, InterruptedException {
        return client.backoff()
                .until(() -> {
                    var response =
                            plain("HEAD", client.uri("/blobs/" + blob), Map.of(), Optional.empty());
                    Wire.closeQuietly(response.body());
                    if (response.statusCode() == 404) {
                        return false;
                    }
                    client.ok(response, 200);
                    return true;
                });
    }

    /// Has the registry take the blob from another of its repositories; false when it will not.
    boolean mount(Digest blob, String from) throws RegistryFailure, InterruptedException {
        var response =
                plain(
                        "POST",
                        client.uri("/blobs/uploads/?mount=" + blob + "&from=" + from),
                        Map.of(),
                        Optional.empty());
        Wire.closeQuietly(response.body());
        if (response.statusCode() == 202) {
            // an upload was begun instead
            plain("DELETE", client.location(client.uri("/"), response), Map.of(), Optional.empty());
        }
        return response.statusCode() == 201;
    }

    /// Sends a blob, again and from where it broke off if need be.
    void blob(Descriptor blob, BlobBytes bytes, LongConsumer progress)
            throws RegistryFailure, InterruptedException {
        var upload = new Upload(blob, bytes, progress);
        client.backoff()
                .until(() -> {
                    upload.carryOn();
                    return blob;
                });
    }

    /// Names a manifest; the registry's word for its digest must be ours.
    void manifest(String reference, MediaType type, byte[] bytes)
            throws RegistryFailure, InterruptedException {
        client.backoff()
                .until(() -> {
                    var response =
                            plain(
                                    "PUT",
                                    client.uri("/manifests/" + reference),
                                    Map.of("Content-Type", type.value()),
                                    Optional.of(HttpRequest.BodyPublishers.ofByteArray(bytes)));
                    client.ok(response, 200, 201, 202);
                    Wire.closeQuietly(response.body());
                    var said = response.headers().firstValue("Docker-Content-Digest").orElse("");
                    var ours = Digest.of(bytes).toString();
                    if (said.startsWith("sha256:") && !said.equals(ours)) {
                        throw RegistryFailure.wrong(
                                "%s stored the manifest as %s, not %s"
                                        .formatted(client.from(), said, ours));
                    }
                    return response;
                });
    }

    private HttpResponse<java.io.InputStream> plain(
            String method,
            URI uri,
            Map<String, String> headers,
            Optional<HttpRequest.BodyPublisher> body)
            throws RegistryFailure, InterruptedException {
        return client.exchange(
                new Wire.Request(method, uri, headers, Optional.empty(), body, Wire.UNTIL_HEADERS));
    }

    /// One blob on its way, perhaps through several breaks.
    private final class Upload {
        private final Descriptor blob;
        private final BlobBytes bytes;
        private final LongConsumer progress;
        private Optional<URI> at = Optional.empty();
        private boolean inPieces;

        Upload(Descriptor blob, BlobBytes bytes, LongConsumer progress) {
            this.blob = blob;
            this.bytes = bytes;
            this.progress = progress;
        }

        void carryOn() throws RegistryFailure, InterruptedException {
            var there = at.isPresent() ? reached(at.get()) : 0;
            if (there == 0) {
                at = Optional.of(begin());
            }
            if (there == 0 && !inPieces) {
                whole();
            } else {
                pieces(there);
            }
        }

        private URI begin() throws RegistryFailure, InterruptedException {
            var uri = client.uri("/blobs/uploads/");
            var response =
                    client.ok(
                            plain(
                                    "POST",
                                    uri,
                                    Map.of(),
                                    Optional.of(HttpRequest.BodyPublishers.noBody())),
                            202);
            Wire.closeQuietly(response.body());
            return client.location(uri, response);
        }

        /// How many bytes the registry has kept of an upload that broke off; 0 if it has forgotten.
        private long reached(URI upload) throws RegistryFailure, InterruptedException {
            var response = plain("GET", upload, Map.of(), Optional.empty());
            Wire.closeQuietly(response.body());
            var range = response.headers().firstValue("Range").orElse("");
            if (response.statusCode() != 204 || !range.matches("(bytes=)?0-[0-9]{1,18}")) {
                return 0;
            }
            if (response.headers().firstValue("Location").isPresent()) {
                at = Optional.of(client.location(upload, response));
            }
            var last = Long.parseLong(range.substring(range.indexOf('-') + 1));
            return last <= 0 || last >= blob.size() ? 0 : last + 1;
        }

        private void whole() throws RegistryFailure, InterruptedException {
            var response = send("PUT", finished(at.orElseThrow()), 0, blob.size());
            switch (response.statusCode()) {
                case 405, 411, 413, 416 -> {
                    Wire.closeQuietly(response.body());
                    inPieces = true;
                    at = Optional.of(begin());
                    pieces(0);
                }
                default -> {
                    client.ok(response, 201, 204);
                    Wire.closeQuietly(response.body());
                }
            }
        }

        private void pieces(long from) throws RegistryFailure, InterruptedException {
            for (var start = from; start < blob.size(); start += PIECE) {
                var length = Math.min(PIECE, blob.size() - start);
                var upload = at.orElseThrow();
                var response = client.ok(send("PATCH", upload, start, length), 202);
                Wire.closeQuietly(response.body());
                at = Optional.of(client.location(upload, response));
            }
            var response =
                    client.ok(
                            plain(
                                    "PUT",
                                    finished(at.orElseThrow()),
                                    Map.of(),
                                    Optional.of(HttpRequest.BodyPublishers.noBody())),
                            201,
                            204);
            Wire.closeQuietly(response.body());
        }

        private URI finished(URI upload) {
            var query = upload.getRawQuery();
            var digest = "digest=" + blob.digest();
            return URI.create(upload + (query == null ? "?" : "&") + digest);
        }

        private HttpResponse<java.io.InputStream> send(
                String method, URI uri, long start, long length)
                throws RegistryFailure, InterruptedException {
            var headers =
                    method.equals("PUT")
                            ? Map.of("Content-Type", "application/octet-stream")
                            : Map.of(
                                    "Content-Type",
                                    "application/octet-stream",
                                    "Content-Range",
                                    start + "-" + (start + length - 1));
            return client.exchange(
                    new Wire.Request(
                            method,
                            uri,
                            headers,
                            Optional.empty(),
                            Optional.of(bytes.publisher(start, length, progress)),
                            Wire.UNTIL_HEADERS.plus(Duration.ofSeconds(length / SLOWEST))));
        }
    }
}
