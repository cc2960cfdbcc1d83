package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Networks are made, joined, listed and removed by commands, in Podman's words and with its exit
/// codes, and their members find each other by name.
class NetworkIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @AfterEach
    void nothingStays() {
        kelpie.removeAll();
        kelpie.ok("network", "prune", "--force");
    }

    private void stay(String name, String... flags) {
        var words = new java.util.ArrayList<>(java.util.List.of("run", "-d", "--name", name));
        words.addAll(java.util.List.of(flags));
        words.addAll(java.util.List.of(Box.IMAGE, "sh", "-c", Box.staying()));
        kelpie.ok(words.toArray(String[]::new));
    }

    /// Whether this container's resolver knows that name.
    private void assertFinds(String asker, String name) {
        assertThat(kelpie.ok("exec", asker, "nslookup", name)).contains("Name:");
    }

    private String subnet(String network) {
        return kelpie.ok(
                "network", "inspect", network, "-f", "{{range .subnets}}{{.subnet}}{{end}}");
    }

    @Test
    void membersFindEachOtherByName() {
        assertThat(kelpie.ok("network", "create", "lan")).isEqualTo("lan");
        stay("host1", "--network", "lan:alias=web");
        stay("host2", "--network", "lan", "--network-alias", "db");
        assertFinds("host1", "host2");
        assertFinds("host2", "web");
        assertFinds("host1", "db");
        assertThat(kelpie.json("network", "inspect", "lan").at("/0/containers")).hasSize(2);
        assertThat(kelpie.inspect("host1").at("/NetworkSettings/Networks/lan/IPAddress").asText())
                .startsWith("10.");
    }

    @Test
    void joinsSeveralNetworks() {
        kelpie.ok("network", "create", "front");
        kelpie.ok("network", "create", "back");
        assertThat(subnet("front")).isNotEqualTo(subnet("back"));
        stay("both", "--network", "front", "--network", "back");
        stay("behind", "--network", "back");
        assertThat(kelpie.ok("exec", "both", "ls", "/sys/class/net")).contains("eth0", "eth1");
        assertFinds("both", "behind");
        assertThat(kelpie.inspect("both").at("/NetworkSettings/Networks")).hasSize(2);
    }

    @Test
    void joinsAndLeavesWhileItRuns() {
        kelpie.ok("network", "create", "front");
        kelpie.ok("network", "create", "back");
        stay("mover", "--network", "front");
        stay("waiting", "--network", "back");
        kelpie.ok("network", "connect", "--alias", "www", "back", "mover");
        assertFinds("waiting", "www");
        assertFinds("mover", "waiting");
        assertThat(kelpie.fails(125, "network", "connect", "back", "mover"))
                .contains("network is already connected");
        kelpie.ok("network", "disconnect", "front", "mover");
        kelpie.ok("restart", "-t", "0", "mover");
        assertFinds("mover", "waiting");
        var own = kelpie.inspect("mover").at("/NetworkSettings/Networks");
        assertThat(own.has("back")).isTrue();
        assertThat(own.has("front")).isFalse();
        assertThat(kelpie.ok("exec", "mover", "cat", "/etc/hosts"))
                .contains(own.at("/back/IPAddress").asText());
        kelpie.ok("network", "disconnect", "back", "mover");
        assertThat(kelpie.ok("exec", "mover", "ls", "/sys/class/net")).isEqualTo("lo");
    }

    @Test
    void joinsTheNetworkOfAnotherContainer() {
        kelpie.ok("run", "-d", "--name", "owner", Box.IMAGE, "sleep", "100");
        kelpie.ok(
                "create",
                "--name",
                "guest",
                "--network",
                "container:owner",
                Box.IMAGE,
                "sleep",
                "100");
        kelpie.ok("stop", "-t", "0", "owner");
        kelpie.ok("start", "guest"); // starts the owner first
        assertThat(kelpie.ok("exec", "guest", "cat", "/proc/net/fib_trie")) // all its addresses
                .contains("LOCAL")
                .isEqualTo(kelpie.ok("exec", "owner", "cat", "/proc/net/fib_trie"));
        assertThat(kelpie.ok("exec", "guest", "cat", "/etc/hosts"))
                .isEqualTo(kelpie.ok("exec", "owner", "cat", "/etc/hosts"));
        assertThat(kelpie.run("rm", "-f", "owner").expect(125).stderr())
                .contains("has dependent containers");
        kelpie.ok("rm", "-f", "-t", "0", "guest", "owner");
    }

    @Test
    void givesTheAddressesThatWereAskedFor() {
        kelpie.ok(
                "network",
                "create",
                "--subnet",
                "10.211.7.0/24",
                "--gateway",
                "10.211.7.254",
                "--ip-range",
                "10.211.7.100-10.211.7.101",
                "plan");
        stay(
                "fixed",
                "--network",
                "plan",
                "--ip",
                "10.211.7.9",
                "--mac-address",
                "92:d0:c6:0a:29:33");
        stay("given", "--network", "plan");
        var fixed = kelpie.inspect("fixed").at("/NetworkSettings/Networks/plan");
        assertThat(fixed.at("/IPAddress").asText()).isEqualTo("10.211.7.9");
        assertThat(fixed.at("/Gateway").asText()).isEqualTo("10.211.7.254");
        assertThat(kelpie.ok("exec", "fixed", "cat", "/sys/class/net/eth0/address"))
                .isEqualTo("92:d0:c6:0a:29:33");
        assertThat(kelpie.inspect("given").at("/NetworkSettings/Networks/plan/IPAddress").asText())
                .isEqualTo("10.211.7.100");
        assertThat(kelpie.fails(125, "network", "create", "--subnet", "10.211.7.0/25", "clash"))
                .contains("10.211.7.0/25 is already used");
        assertThat(kelpie.run("network", "exists", "clash").exitCode()).isEqualTo(1);
    }

    @Test
    void letsNobodyOutOfAnInternalNetwork() {
        kelpie.ok("network", "create", "--internal", "--opt", "mtu=1400", "cell");
        stay("inmate", "--network", "cell");
        assertThat(kelpie.ok("exec", "inmate", "cat", "/proc/net/route").lines().skip(1))
                .isNotEmpty()
                .noneMatch(route -> route.matches("eth0\\s+00000000.*"));
        assertThat(kelpie.ok("exec", "inmate", "cat", "/sys/class/net/eth0/mtu")).isEqualTo("1400");
    }

    @Test
    void listsTheDefaultOneToo() {
        kelpie.ok("network", "create", "--label", "tier=web", "one");
        var names = kelpie.ok("network", "ls", "-q").lines().toList();
        assertThat(names).hasSize(2).contains("one");
        assertThat(kelpie.ok("network", "ls", "-q", "-f", "label=tier=web")).isEqualTo("one");
        assertThat(kelpie.ok("network", "ls").lines().findFirst().orElse(""))
                .matches("NETWORK ID +NAME +DRIVER");
        assertThat(kelpie.run("network", "exists", "podman").exitCode()).isZero();
    }

    @Test
    void refusesANameTwiceUnlessToldToIgnoreIt() {
        kelpie.ok("network", "create", "twin");
        var before = subnet("twin");
        assertThat(kelpie.fails(125, "network", "create", "twin")).contains("already");
        assertThat(kelpie.ok("network", "create", "--ignore", "twin")).isEqualTo("twin");
        assertThat(subnet("twin")).isEqualTo(before);
    }

    @Test
    void removesNoneThatIsUsedUnlessForced() {
        kelpie.ok("network", "create", "held");
        stay("user", "--network", "held");
        assertThat(kelpie.fails(2, "network", "rm", "held")).contains("network is being used");
        assertThat(kelpie.ok("network", "rm", "--force", "held")).isEqualTo("held");
        assertThat(kelpie.run("container", "exists", "user").exitCode()).isEqualTo(1);
        assertThat(kelpie.fails(1, "network", "rm", "held")).contains("network not found");
        assertThat(kelpie.fails(125, "network", "rm", "podman")).contains("cannot be removed");
    }

    @Test
    @OnlyKelpie
    void makesNothingOnANetworkThatIsNotThere() {
        assertThat(
                        kelpie.fails(
                                125,
                                "run",
                                "--name",
                                "lost",
                                "--network",
                                "nowhere",
                                Box.IMAGE,
                                "true"))
                .contains("unable to find network with name or ID nowhere");
        assertThat(kelpie.run("container", "exists", "lost").exitCode()).isEqualTo(1);
        kelpie.playFails(Box.pod("lost", Box.container("c", "true")), "--network", "nowhere");
        assertThat(kelpie.run("pod", "exists", "lost").exitCode()).isEqualTo(1);
    }

    @Test
    void playsPodsOnIt() {
        kelpie.ok("network", "create", "stage");
        kelpie.play(Box.pod("actor", Box.container("c", Box.staying())), "--network", "stage");
        stay("fan", "--network", "stage");
        assertFinds("fan", "actor");
    }

    @Test
    @OnlyKelpie
    void refusesWhatItCannotMakeByName() {
        assertThat(kelpie.fails(125, "network", "create", "--subnet", "fd00::/126", "n"))
                .contains("must be /16 to /120");
        assertThat(kelpie.fails(125, "network", "create", "-d", "macvlan", "n"))
                .contains("\"macvlan\"");
        assertThat(kelpie.fails(125, "network", "create", "host")).contains("network mode");
        assertThat(kelpie.fails(125, "network", "create", "--gateway", "10.1.1.1", "n"))
                .contains("without subnet");
    }
}
