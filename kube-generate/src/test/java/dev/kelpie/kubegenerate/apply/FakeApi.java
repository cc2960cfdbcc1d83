package dev.kelpie.kubegenerate.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// An API server that keeps what is applied to it (fabric8's own mock knows no server-side apply),
/// and says what a test has put in its mouth.
final class FakeApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private int version;

    private record Answer(int code, String text) {}

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Method, address and manager of each request that changes something.
    List<String> changes() {
        return requests.stream().filter(each -> !each.startsWith("GET")).toList();
    }

    /// What is said to the next changes of this path, or looks at it if nothing is there.
    void says(String path, int code, String json) {
        answers.put(path, new Answer(code, json));
    }

    Optional<ObjectNode> object(String path) {
        return Optional.ofNullable(objects.get(path));
    }

    void status(String path, String json) {
        try {
            object(path).orElseThrow().set("status", JSON.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var method = exchange.getRequestMethod();
        requests.add(method + " " + exchange.getRequestURI());
        var said = answers.get(path);
        if (!"Bearer hush".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, status(401, "Unauthorized"));
        } else if (said != null && (method.equals("PATCH") || !objects.containsKey(path))) {
            send(exchange, said.code(), said.text());
        } else if (method.equals("GET")) {
            var found = objects.get(path);
            send(
                    exchange,
                    found == null ? 404 : 200,
                    found == null ? status(404, "NotFound") : found.toString());
        } else {
            send(exchange, 200, apply(exchange, path).toString());
        }
    }

    private ObjectNode apply(HttpExchange exchange, String path) throws IOException {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (!type.equals("application/apply-patch+yaml")) {
            throw new IOException("not an apply: " + type);
        }
        var wanted = (ObjectNode) JSON.readTree(exchange.getRequestBody());
        var old = object(path).map(ObjectNode::deepCopy);
        var before = old.map(it -> it.at("/metadata/resourceVersion").asText()).orElse("");
        old.ifPresent(it -> it.withObject("/metadata").remove("resourceVersion"));
        boolean same = wanted.equals(old.orElse(null));
        var versions = same ? before : Integer.toString(++version);
        wanted.withObject("/metadata").put("resourceVersion", versions);
        if (!exchange.getRequestURI().getQuery().contains("dryRun")) {
            objects.put(path, wanted);
        }
        return wanted;
    }

    private static String status(int code, String reason) {
        return """
        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "%s", "reason": "%s", "code": %d}
        """
                .formatted(reason, reason, code);
    }

    private static void send(HttpExchange exchange, int code, String text) throws IOException {
        var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
