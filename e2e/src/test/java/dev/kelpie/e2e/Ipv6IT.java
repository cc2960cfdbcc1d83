package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Networks with IPv6 beside IPv4: addresses, names, the way out, and ports at `[::1]`.
@OnlyKelpie
class Ipv6IT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @AfterEach
    void nothingStays() {
        kelpie.removeAll();
        kelpie.ok("network", "prune", "--force");
    }

    @Test
    void podsHaveBothFamiliesAndTheirPortsToo() {
        var hasIt = Files.exists(Path.of("/proc/net/if_inet6"));
        assumeTrue(hasIt, "this host has no IPv6");
        var random = "fd6b:%x::".formatted(ProcessHandle.current().pid() & 0xffff);
        kelpie.ok("network", "create", "--subnet", random + "/64", "both");
        var refused = kelpie.fails(125, "network", "create", "--subnet", random + "/80", "again");
        assertThat(refused).contains("already used");
        var port = Host.freePort();
        serve(random + "7", port);
        var settings = kelpie.inspect("web").at("/NetworkSettings/Networks/both");
        assertThat(settings.at("/GlobalIPv6Address").asText()).isEqualTo(random + "7");
        assertThat(settings.at("/IPv6Gateway").asText()).isEqualTo(random + "1");
        assertThat(settings.at("/IPAddress").asText()).endsWith(".7");
        Host.awaitPage("http://127.0.0.1:" + port + "/", "six");
        Host.awaitPage("http://[::1]:" + port + "/", "six");
        var asked =
                "wget -qO- http://[%s7]/; nslookup -type=AAAA web; ip -6 route".formatted(random);
        assertThat(kelpie.ok("run", "--rm", "--network", "both", Box.IMAGE, "sh", "-c", asked))
                .startsWith("six\n")
                .contains("Address: " + random + "7")
                .contains("default via " + random + "1 dev eth0");
        kelpie.killService();
        kelpie.ok("ps");
        Host.awaitPage("http://[::1]:" + port + "/", "six");
        kelpie.removeAll();
        assertThat(Host.page("http://[::1]:" + port + "/")).isEmpty();
    }

    private void serve(String address, int port) {
        kelpie.ok(
                "run",
                "-d",
                "--name",
                "web",
                "--network",
                "both",
                "--ip6",
                address,
                "-p",
                port + ":80",
                Box.IMAGE,
                "sh",
                "-c",
                "mkdir /w; echo six >/w/index.html; exec busybox httpd -f -p 80 -h /w");
    }

    /// The address that stands in for the host's `[::1]` takes answers only.
    @Test
    void podsDoNotPassForTheHost() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "this host has no IPv6");
        assumeTrue(Host.isRoot(), "nothing listens in the namespace of an ordinary user's engine");
        kelpie.ok("network", "create", "--subnet", "fd6b:77::/64", "--ipv6", "both");
        try (var secret = new ServerSocket(0, 5, InetAddress.ofLiteral("::"))) {
            secret.setSoTimeout(100);
            var asking = "wget -T 1 -O- http://[fd6b:77::%s]:" + secret.getLocalPort();
            var asked =
                    kelpie.run(
                            "run",
                            "--rm",
                            "--network",
                            "both",
                            Box.IMAGE,
                            "sh",
                            "-c",
                            asking.formatted("ff"));
            assertThat(asked.exitCode()).isNotZero();
            assertThatThrownBy(secret::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aPortAtAnIpv6AddressNeedsANetworkThatHasIt() {
        var port = "[::1]:" + Host.freePort() + ":80";
        assertThat(kelpie.fails(126, "run", "-d", "-p", port, Box.IMAGE, "sleep", "100"))
                .contains("network 'kelpie' has no IPv6 (network create --ipv6)");
    }
}
