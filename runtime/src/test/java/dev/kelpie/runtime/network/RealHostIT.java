package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.Command;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way the product goes: in the host's own namespace, with a root and a port of its own.
class RealHostIT {

    @TempDir Path folder;

    private NetworkState state = NetworkState.EMPTY;

    private NetworkRoot root() {
        return NetworkRoot.of(folder, folder.resolve("run"));
    }

    private NetworkBackend backend() {
        return new NftablesBackend(root(), () -> state);
    }

    private NetworkNamespaces namespaces() {
        return new NetworkNamespaces(folder.resolve("netns"));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        backend().removeAll();
        for (var name : namespaces().list()) {
            namespaces().delete(name);
        }
        assertThat(HostLinks.read().interfaces())
                .noneMatch(name -> name.startsWith(root().bridgePrefix()))
                .noneMatch(name -> name.startsWith(root().hostInterfacePrefix()));
        assertThat(Command.of("nft", "list", "tables").run().stdout())
                .doesNotContain(root().table());
        assertThat(root().directory()).doesNotExist();
    }

    @Test
    void publishedPortAnswersOnLoopbackAndTheHostsAddress() throws Exception {
        var network = BridgeNetwork.choose("net", root(), HostLinks.read(), List.of());
        var pod = pod(network);
        var ports = HostPorts.settle(List.of(PublishedPort.of(0, 80, Protocol.TCP)), List.of());
        HostPorts.requireFree(ports);
        state = new NetworkState(List.of(network), List.of(pod), Map.of("owner", ports));
        backend().attach(List.of(pod));
        var served = "served " + ThreadLocalRandom.current().nextInt();
        var server = serve(pod, served);
        try {
            var port = ports.getFirst().hostPort();
            assertThat(get("127.0.0.1", port)).endsWith(served);
            assertThat(get(network.gateway().getHostAddress(), port)).endsWith(served);
            assertThat(dig(pod.netns(), network.gateway(), "pod"))
                    .isEqualTo(pod.address().getHostAddress());
        } finally {
            server.destroyForcibly().waitFor();
        }
        state = NetworkState.EMPTY;
        backend().detach(List.of(pod));
    }

    private Attachment pod(BridgeNetwork network) throws InterruptedException {
        var address =
                AddressPool.next(network.subnet(), network.gateway(), Optional.empty(), List.of())
                        .orElseThrow();
        return new Attachment(
                "owner",
                namespaces().create("pod"),
                "eth0",
                address,
                Attachment.macOf(address),
                "net",
                List.of("pod"));
    }

    private Process serve(Attachment pod, String text) throws IOException {
        Files.writeString(folder.resolve("index.html"), text);
        var httpd = List.of("busybox", "httpd", "-f", "-p", "80", "-h", folder.toString());
        var argv = new ArrayList<>(List.of("nsenter", "--net=" + pod.netns()));
        argv.addAll(httpd);
        return new ProcessBuilder(argv).start();
    }

    private static String get(String address, int port) throws IOException, InterruptedException {
        for (var i = 0; i < 200; i++) {
            try (var socket = new Socket(InetAddress.ofLiteral(address), port)) {
                socket.setSoTimeout(5000);
                socket.getOutputStream()
                        .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (ConnectException e) {
                Thread.sleep(10); // httpd is not up yet.
            }
        }
        return "no answer";
    }

    private static String dig(Path netns, InetAddress server, String name)
            throws InterruptedException {
        var at = "@" + server.getHostAddress();
        return Command.of("nsenter", "--net=" + netns, "dig", "+short", at, name)
                .run()
                .stdout()
                .strip();
    }
}
