package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Published ports: TCP, UDP, ranges, host addresses, `--publish`.
class PortsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private static String server(String page, int port) {
        return "mkdir /www; echo "
                + page
                + " > /www/index.html; exec busybox httpd -f -p "
                + port
                + " -h /www";
    }

    private static String pod(String name, String page, String ports) {
        return Box.pod(name, Box.containerWith("web", server(page, 80), "ports:\n" + ports));
    }

    @Test
    void publishesTcp() {
        var port = Host.freePort();
        kelpie.play(pod("tcp", "tcp page", "- {containerPort: 80, hostPort: " + port + "}\n"));
        Host.awaitPage("http://127.0.0.1:" + port + "/", "tcp page");
        Host.awaitPage("http://localhost:" + port + "/", "tcp page");
        Host.awaitPage("http://" + ownAddress() + ":" + port + "/", "tcp page");
        assertThat(kelpie.ok("ps", "--format", "{{.Ports}}"))
                .contains("0.0.0.0:" + port + "->80/tcp");
    }

    @Test
    void hostAddressLimitsWhoIsAnswered() throws IOException {
        var port = Host.freePort();
        var mapping = "- {containerPort: 80, hostPort: " + port + ", hostIP: 127.0.0.1}\n";
        kelpie.play(pod("local", "local page", mapping));
        Host.awaitPage("http://127.0.0.1:" + port + "/", "local page");
        assertThat(Host.page("http://" + ownAddress() + ":" + port + "/")).isEmpty();
    }

    @Test
    void publishesUdp() throws IOException {
        var port = Host.freePort();
        var mapping = "- {containerPort: 99, hostPort: " + port + ", protocol: UDP}\n";
        kelpie.play(pod("udp", "page", mapping));
        var before = datagramsWithoutListener();
        try (var socket = new DatagramSocket()) {
            var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            socket.send(new DatagramPacket(new byte[4], 4, target));
        }
        Await.until("the datagram in the pod", () -> datagramsWithoutListener() > before);
    }

    /// The pod's kernel counts the datagrams that came to a port without a listener.
    private int datagramsWithoutListener() {
        var lines = kelpie.ok("exec", "udp-web", "grep", "^Udp:", "/proc/net/snmp").lines();
        return Integer.parseInt(lines.toList().get(1).split(" ", 4)[2]);
    }

    @Test
    void publishFlagsAddAndMove() {
        var port = Host.freePort();
        kelpie.play(
                pod("moved", "moved page", "- {containerPort: 80}\n"), "--publish", port + ":80");
        Host.awaitPage("http://127.0.0.1:" + port + "/", "moved page");
    }

    @Test
    void publishesRanges() {
        var first =
                24_000
                        + IntStream.range(0, 1000)
                                .filter(PortsIT::isFreePair)
                                .findFirst()
                                .orElseThrow();
        kelpie.ok(
                "run",
                "-d",
                "--name",
                "ranged",
                "-p",
                first + "-" + (first + 1) + ":80-81",
                Box.IMAGE,
                "sh",
                "-c",
                server("ranged page", 81));
        Host.awaitPage("http://127.0.0.1:" + (first + 1) + "/", "ranged page");
        assertThat(kelpie.ok("ps", "--format", "{{.Ports}}"))
                .contains("0.0.0.0:" + first + "-" + (first + 1) + "->80-81/tcp");
    }

    private static boolean isFreePair(int offset) {
        try (var one = new ServerSocket(24_000 + offset);
                var two = new ServerSocket(24_001 + offset)) {
            return one.isBound() && two.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void findsAFreeHostPortByItself() {
        kelpie.ok(
                "run", "-d", "--name", "any", "-p", "80", Box.IMAGE, "sh", "-c", server("any", 80));
        var line = kelpie.ok("ps", "--format", "{{.Ports}}");
        assertThat(line).matches("0\\.0\\.0\\.0:[0-9]+->80/tcp");
        Host.awaitPage("http://127.0.0.1:" + line.replaceAll(".*:([0-9]+)->.*", "$1"), "any");
    }

    @Test
    void portsAreFreeAgainAfterDown() {
        var port = Host.freePort();
        var yaml = pod("brief", "first", "- {containerPort: 80, hostPort: " + port + "}\n");
        kelpie.play(yaml);
        Host.awaitPage("http://127.0.0.1:" + port + "/", "first");
        kelpie.ok("kube", "down", kelpie.manifest(yaml).toString());
        kelpie.play(pod("next", "second", "- {containerPort: 80, hostPort: " + port + "}\n"));
        Host.awaitPage("http://127.0.0.1:" + port + "/", "second");
    }

    @Test
    void refusesAPortThatThisEngineHasGivenAway() {
        var port = Host.freePort();
        var mapping = "- {containerPort: 80, hostPort: " + port + "}\n";
        kelpie.play(pod("holder", "held", mapping));
        assertThat(
                        kelpie.run(
                                "kube",
                                "play",
                                kelpie.manifest(pod("late", "x", mapping)).toString()))
                .satisfies(result -> assertThat(result.exitCode()).isIn(125, 126))
                .satisfies(result -> assertThat(result.stderr()).contains(Integer.toString(port)));
        Host.awaitPage("http://127.0.0.1:" + port + "/", "held");
        if (Kelpie.isKelpie()) {
            assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}}")).isEqualTo("holder");
        }
    }

    @Test
    @OnlyKelpie
    void refusesAPortThatAProgramOfTheHostHolds() throws IOException {
        try (var socket = new ServerSocket(0)) {
            var mapping = "- {containerPort: 80, hostPort: " + socket.getLocalPort() + "}\n";
            assertThat(kelpie.playFails(pod("late", "x", mapping)))
                    .contains(Integer.toString(socket.getLocalPort()));
        }
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    /// Another address than loopback: it alone is answered, and the pod sees who asked.
    @Test
    @OnlyKelpie
    void anAddressOfTheHostIsAnsweredThereAndTheClientIsSeen() {
        var port = Host.freePort();
        var own = ownAddress();
        assumeFalse(own.equals("127.0.0.1"), "this host has no other address");
        kelpie.ok(
                "run",
                "-d",
                "--name",
                "at",
                "-p",
                own + ":" + port + ":80",
                Box.IMAGE,
                "sh",
                "-c",
                "mkdir /w; echo here >/w/index.html; exec busybox httpd -v -f -p 80 -h /w");
        Host.awaitPage("http://" + own + ":" + port + "/", "here");
        assertThat(Host.page("http://127.0.0.1:" + port + "/")).isEmpty();
        assertThat(kelpie.run("logs", "at").stderr()).contains("[::ffff:" + own + "]:");
        kelpie.ok("rm", "-f", "-t", "0", "at");
    }

    /// An address of the host that is not its loopback.
    private static String ownAddress() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(link -> link.getName().matches("(e|v).*"))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address)
                    .map(address -> address.getHostAddress())
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
