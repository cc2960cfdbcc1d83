package dev.kelpie.image.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.store.LayerLab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A registry on loopback that behaves as badly as a test wants, over plain HTTP.
final class FakeRegistry implements AutoCloseable {

    /// Answers instead of the registry; false lets the registry answer.
    interface Trouble {
        boolean answer(HttpExchange exchange, String path) throws IOException;
    }

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;
    private final Map<String, byte[]> content = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private Trouble trouble = (exchange, path) -> false;

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "localhost:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void trouble(Trouble wanted) {
        trouble = wanted;
    }

    /// Serves an image as `team/app:v1`; returns its manifest's digest.
    Digest serve(byte[]... layers) {
        var diffIds = new ArrayList<Digest>();
        var descriptors = new ArrayList<String>();
        for (var layer : layers) {
            diffIds.add(Digest.of(layer));
            var packed = LayerLab.gzip(layer);
            blob(packed);
            descriptors.add(LayerLab.descriptor("layer.v1.tar+gzip", packed, ""));
        }
        var config = LayerLab.config(diffIds).getBytes(StandardCharsets.UTF_8);
        blob(config);
        var manifest =
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                        .formatted(
                                LayerLab.descriptor("config.v1+json", config, ""),
                                String.join(",", descriptors));
        return manifest("v1", manifest, "application/vnd.oci.image.manifest.v1+json");
    }

    Digest manifest(String tag, String json, String type) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        for (var name : List.of(tag, Digest.of(bytes).toString())) {
            content.put("/v2/team/app/manifests/" + name, bytes);
            types.put("/v2/team/app/manifests/" + name, type);
        }
        return Digest.of(bytes);
    }

    void blob(byte[] bytes) {
        content.put("/v2/team/app/blobs/" + Digest.of(bytes), bytes);
    }

    byte[] content(String path) {
        return content.getOrDefault(path, new byte[0]);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(path + (authorization == null ? "" : " " + authorization));
        try (exchange) {
            if (!trouble.answer(exchange, path)) {
                answer(exchange, path);
            }
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        var bytes = content.get(path);
        if (bytes == null) {
            send(
                    exchange,
                    404,
                    "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}");
            return;
        }
        if (types.containsKey(path)) {
            exchange.getResponseHeaders().add("Content-Type", types.get(path));
        }
        var range = exchange.getRequestHeaders().getFirst("Range");
        var from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length - from);
        exchange.getResponseBody().write(bytes, from, bytes.length - from);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
