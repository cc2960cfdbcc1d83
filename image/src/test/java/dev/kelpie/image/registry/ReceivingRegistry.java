package dev.kelpie.image.registry;

import com.sun.net.httpserver.HttpExchange;
import dev.kelpie.image.spec.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The receiving half of a registry, as trouble for a [FakeRegistry], with troubles of its own.
final class ReceivingRegistry implements FakeRegistry.Trouble {

    final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    final Map<String, byte[]> manifests = Collections.synchronizedMap(new TreeMap<>());
    final Map<String, String> types = new ConcurrentHashMap<>();
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger serial = new AtomicInteger();

    /// Breaks off so many whole uploads half way.
    final AtomicInteger breaks = new AtomicInteger();

    /// Refuses blobs in one piece.
    boolean onlyPieces;

    /// Blobs of other repositories that may be mounted.
    final Map<String, byte[]> elsewhere = new ConcurrentHashMap<>();

    @Override
    public boolean answer(HttpExchange exchange, String path) throws IOException {
        var method = exchange.getRequestMethod();
        calls.add(method + " " + exchange.getRequestURI());
        if (path.equals("/v2/")) {
            FakeRegistry.send(exchange, 200, "{}");
        } else if (path.contains("/uploads/")) {
            upload(exchange, path, method);
        } else if (path.contains("/manifests/") && method.equals("PUT")) {
            manifest(exchange, path.substring(path.lastIndexOf('/') + 1));
        } else if (path.contains("/blobs/") && method.equals("HEAD")) {
            var found = blobs.containsKey(path.substring(path.lastIndexOf('/') + 1));
            exchange.sendResponseHeaders(found ? 200 : 404, -1);
        } else {
            return false;
        }
        return true;
    }

    byte[] manifest(String name) {
        return manifests.getOrDefault(name, new byte[0]);
    }

    private void manifest(HttpExchange exchange, String name) throws IOException {
        var bytes = exchange.getRequestBody().readAllBytes();
        manifests.put(name, bytes);
        types.put(name, exchange.getRequestHeaders().getFirst("Content-Type"));
        exchange.getResponseHeaders().add("Docker-Content-Digest", Digest.of(bytes).toString());
        exchange.sendResponseHeaders(201, -1);
    }

    private void upload(HttpExchange exchange, String path, String method) throws IOException {
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        var id = path.substring(path.lastIndexOf('/') + 1);
        switch (method) {
            case "POST" -> begin(exchange, query);
            case "PATCH" -> {
                uploads.computeIfAbsent(id, any -> new ByteArrayOutputStream())
                        .write(exchange.getRequestBody().readAllBytes());
                go(exchange, id, 202);
            }
            case "GET" -> {
                exchange.getResponseHeaders()
                        .add(
                                "Range",
                                "0-"
                                        + (uploads.computeIfAbsent(
                                                                id,
                                                                any -> new ByteArrayOutputStream())
                                                        .size()
                                                - 1));
                go(exchange, id, 204);
            }
            case "DELETE" -> exchange.sendResponseHeaders(204, -1);
            default -> finish(exchange, id, query.replaceAll(".*digest=", ""));
        }
    }

    private void begin(HttpExchange exchange, String query) throws IOException {
        var mounted = query.replaceAll("mount=([^&]*)&.*", "$1");
        if (elsewhere.containsKey(mounted)) {
            blobs.put(mounted, elsewhere.get(mounted));
            exchange.sendResponseHeaders(201, -1);
            return;
        }
        var id = "u" + serial.incrementAndGet();
        uploads.put(id, new ByteArrayOutputStream());
        go(exchange, id, 202);
    }

    private void finish(HttpExchange exchange, String id, String digest) throws IOException {
        var upload = uploads.computeIfAbsent(id, any -> new ByteArrayOutputStream());
        if (onlyPieces && upload.size() == 0) {
            FakeRegistry.send(exchange, 413, "too large");
            return;
        }
        if (upload.size() == 0 && breaks.getAndDecrement() > 0) {
            upload.write(exchange.getRequestBody().readNBytes(10));
            exchange.getResponseHeaders().add("Connection", "close");
            FakeRegistry.send(exchange, 502, "gateway");
            return;
        }
        upload.write(exchange.getRequestBody().readAllBytes());
        var bytes = upload.toByteArray();
        if (!Digest.of(bytes).toString().equals(digest)) {
            FakeRegistry.send(
                    exchange,
                    400,
                    "{\"errors\":[{\"code\":\"DIGEST_INVALID\",\"message\":\"not what it says\"}]}");
            return;
        }
        blobs.put(digest, bytes);
        exchange.sendResponseHeaders(201, -1);
    }

    private static void go(HttpExchange exchange, String id, int status) throws IOException {
        exchange.getResponseHeaders().add("Location", "/v2/team/app/blobs/uploads/" + id);
        exchange.sendResponseHeaders(status, -1);
    }
}
