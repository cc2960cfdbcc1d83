package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SixHostTest {

    @TempDir Path proc;

    private void host(String off, String routes) throws Exception {
        Files.createDirectories(proc.resolve("self/net"));
        Files.createDirectories(proc.resolve("sys/net/ipv6/conf/default"));
        Files.writeString(proc.resolve("self/net/if_inet6"), "");
        Files.writeString(proc.resolve("self/net/ipv6_route"), routes);
        Files.writeString(proc.resolve("sys/net/ipv6/conf/default/disable_ipv6"), off + "\n");
    }

    private void ask(String subnet) {
        SixHost.read(proc).requireFree(Subnet.parse(subnet), List.of());
    }

    @Test
    void saysWhyThereIsNone() throws Exception {
        assertThatThrownBy(() -> ask("fd00::/64"))
                .hasMessage(
                        "no IPv6 on this host: the kernel has no IPv6 (ipv6.disable=1, or its module is missing)");
        host("1", "");
        assertThatThrownBy(() -> ask("fd00::/64")).hasMessageContaining("disable_ipv6=0");
    }

    @Test
    void keepsOffWhatIsReachedAlready() throws Exception {
        var zero = "00000000000000000000000000000000";
        var rest = " " + zero + " 00 " + zero + " 00000100 00000001 00000000 00000001 eth0\n";
        host(
                "0",
                "fd000000000000000000000000000000 40"
                        + rest
                        + zero
                        + " 00"
                        + rest
                        + "ff000000000000000000000000000000 08"
                        + rest);
        assertThatThrownBy(() -> ask("fd00::/48")).hasMessageContaining("already used");
        ask("fd00:1::/64");
        assertThat(SixHost.read(proc).routes()).containsExactly(Subnet.parse("fd00::/64"));
    }
}
