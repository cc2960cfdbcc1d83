package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Host names, hosts files, resolv.conf and DNS between pods.
class NamesIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String PAGE =
            "mkdir /www; echo \"alpha's page\" > /www/index.html; exec httpd -f -p 80 -h /www";

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void podsFindEachOtherByPodName() {
        kelpie.play(
                Box.pod("alpha", Box.container("a", PAGE))
                        + "---\n"
                        + Box.pod("beta", Box.container("b", Box.staying())));
        var address = address("beta-b");
        assertThat(kelpie.ok("exec", "alpha-a", "nslookup", "beta")).contains(address);
        assertThat(kelpie.ok("exec", "beta-b", "wget", "-q", "-O", "-", "http://alpha/"))
                .isEqualTo("alpha's page");
    }

    @Test
    void containersOfAPodShareItsAddress() {
        kelpie.play(
                Box.pod(
                        "pair",
                        Box.container("a", Box.staying()),
                        Box.container("b", Box.staying())));
        assertThat(address("pair-a")).isNotEmpty().isEqualTo(address("pair-b"));
    }

    @Test
    void namesVanishWithTheirPod() {
        var gone = Box.pod("gone", Box.container("a", Box.staying()));
        kelpie.play(gone + "---\n" + Box.pod("asker", Box.container("a", Box.staying())));
        kelpie.ok("exec", "asker-a", "nslookup", "gone");
        kelpie.ok("pod", "rm", "-f", "gone");
        Await.until(
                "the name to be unknown",
                () -> kelpie.run("exec", "asker-a", "nslookup", "gone").exitCode() != 0);
    }

    @Test
    void hostNameIsThePodsNameUnlessGiven() {
        kelpie.play(
                Box.pod("plain", Box.container("a", Box.staying()))
                        + "---\n"
                        + Box.podWith(
                                "fancy", "hostname: top-hat\n", Box.container("a", Box.staying())));
        assertThat(kelpie.ok("exec", "plain-a", "hostname")).isEqualTo("plain");
        assertThat(kelpie.ok("exec", "fancy-a", "hostname")).isEqualTo("top-hat");
    }

    @Test
    void hostsFileKnowsThePodItself() {
        kelpie.play(Box.pod("self", Box.container("a", Box.staying())));
        assertThat(kelpie.ok("exec", "self-a", "cat", "/etc/hosts"))
                .contains("127.0.0.1", "localhost", address("self-a"))
                .containsPattern("\\sself(\\s|$)");
    }

    @Test
    void resolvConfNamesTheNetworksServer() {
        kelpie.play(Box.pod("resolver", Box.container("a", Box.staying())));
        var gateway =
                kelpie.ok("exec", "resolver-a", "sh", "-c", "busybox ip route | grep default");
        assertThat(kelpie.ok("exec", "resolver-a", "cat", "/etc/resolv.conf"))
                .contains("nameserver " + gateway.split("\\s+", 4)[2]);
    }

    @Test
    void hostNetworkSharesTheHostsName() {
        kelpie.play(Box.podWith("open", "hostNetwork: true\n", Box.container("a", Box.staying())));
        assertThat(kelpie.ok("exec", "open-a", "hostname")).isEqualTo(Host.run("hostname").text());
        assertThat(kelpie.ok("exec", "open-a", "cat", "/proc/net/dev"))
                .hasLineCount(Host.run("cat", "/proc/net/dev").lines().size());
    }

    private String address(String container) {
        var words =
                kelpie.ok("exec", container, "busybox", "ip", "-4", "-o", "addr", "show", "eth0");
        return words.replaceAll("(?s).*inet ([0-9.]+)/.*", "$1");
    }
}
