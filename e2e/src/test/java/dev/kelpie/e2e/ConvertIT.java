package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Containers of other tools come in, and what runs here goes to a cluster.
@OnlyKelpie
class ConvertIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String COMPOSE =
            """
            services:
              reader:
                image: ${IMAGE}
                command: sh -c 'until wget -q -O - http://page:8000/index.html; do sleep 0.1; done; sleep 100'
                depends_on: [page]
                init: false
                stop_grace_period: 0s
              page:
                image: ${IMAGE}
                command: httpd -f -p 8000 -h /www
                environment: {COLOR: blue}
                configs: [{source: index, target: /www/index.html}]
                stop_grace_period: 0s
            configs: {index: {content: "good day"}}
            """;

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void aComposeProjectBecomesPodsThatFindEachOther() {
        var file = write("compose.yaml", COMPOSE);
        write(".env", "IMAGE=" + Box.IMAGE + "\n");
        var made = kelpie.directory().resolve("all.yaml").toString();
        kelpie.ok("convert", file, "-o", made);
        kelpie.ok("kube", "play", made);
        kelpie.awaitLog("reader-reader", "good day");
        assertThat(kelpie.ok("exec", "page-page", "sh", "-c", "echo $COLOR")).isEqualTo("blue");
        kelpie.ok("kube", "down", made);
    }

    @Test
    void notationsLeadToOneAnother() {
        var line =
                "docker run -d --name web -p 8080:80 -e A=1 -e 'B=two words' -v data:/data"
                        + " --cap-drop ALL --user 5 --restart always box:1 httpd -f\n";
        var run = write("run.txt", line);
        var direct = kelpie.ok("convert", run);
        for (var way : List.of("compose", "quadlet", "run")) {
            var folder = kelpie.directory().resolve("as-" + way);
            Host.write(folder.resolve("keep"), "");
            var file = folder.resolve(way.equals("quadlet") ? "web.container" : "file").toString();
            Host.write(Path.of(file), kelpie.ok("convert", "--to", way, run) + "\n");
            assertThat(withoutNotes(kelpie.ok("convert", file))).isEqualTo(withoutNotes(direct));
        }
        assertThat(kelpie.ok("convert", "--to", "compose", write("kube.yaml", direct)))
                .contains("image: box:1", "8080:80", "B=two words");
    }

    private static String withoutNotes(String yaml) {
        return yaml.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    @Test
    void podsGoToAClusterUnlessTheirImagesAreOnlyHere() throws IOException {
        var seen = new CopyOnWriteArrayList<String>();
        var server = cluster(seen);
        try {
            var config = write("config", kubeconfig(server.getAddress().getPort()));
            kelpie.ok("create", "--name", "lone", Box.IMAGE, "true");
            assertThat(kelpie.fails(125, "kube", "apply", "--kubeconfig", config, "lone"))
                    .contains("'kelpie push localhost/box:1 REGISTRY/box:1'")
                    .contains("nothing was applied");
            assertThat(seen).isEmpty();
            var applied = kelpie.ok("kube", "apply", "-k", config, "--allow-local-images", "lone");
            assertThat(applied).isEqualTo("pod/lone-pod created");
            assertThat(seen.getLast())
                    .startsWith("PATCH /api/v1/namespaces/shop/pods/lone-pod?")
                    .contains("fieldManager=kelpie");
        } finally {
            server.stop(0);
            kelpie.removeAll();
        }
    }

    @Test
    void aClusterThatIsNotThereIsNamedWithWhatWasNotDone() {
        var config = write("config", kubeconfig(1));
        var map = write("a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        assertThat(kelpie.fails(125, "kube", "apply", "-k", config, "-f", map))
                .contains("cannot reach the cluster")
                .contains("not done on http://127.0.0.1:1")
                .contains("configmap/a");
    }

    /// A server that has nothing and takes everything.
    private static HttpServer cluster(List<String> seen) throws IOException {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = HttpServer.create(loopback, 0);
        server.createContext(
                "/",
                exchange -> {
                    var change = exchange.getRequestMethod().equals("PATCH");
                    seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    var body = change ? exchange.getRequestBody().readAllBytes() : bytes("{}");
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(change ? 200 : 404, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String kubeconfig(int port) {
        return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: c, user: u, namespace: shop}}]
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: hush}}]
        """
                .formatted(port);
    }

    private String write(String name, String text) {
        return Host.write(kelpie.directory().resolve(name), text).toString();
    }
}
