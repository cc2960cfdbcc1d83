package dev.kelpie.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel.panic",
                "kernel/panic",
                "vm.overcommit_memory",
                "kernel.semantics",
                "kernel.shm",
                "fs.file-max",
                "net",
                "net..ipv4",
                "net/../kernel/panic",
                "net.ipv4/../x",
                "/net/ipv4",
                "net.ipv4\nkernel.panic",
                ""
            })
    void theWholeKernelsAreNone(String name) {
        assertThat(Sysctl.of(name)).isEmpty();
        assertThatThrownBy(() -> new PodSecurity(Map.of(name, "1"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsWhoseTheyAre() {
        assertThat(Sysctl.of("net.core.somaxconn"))
                .contains(new Sysctl("net.core.somaxconn", Sysctl.Space.NETWORK));
        assertThat(Sysctl.of("kernel/shmmax").orElseThrow().space()).isEqualTo(Sysctl.Space.IPC);
        assertThat(Sysctl.of("fs.mqueue.msg_max").orElseThrow().space())
                .isEqualTo(Sysctl.Space.IPC);
    }

    @Test
    void whatSeparatesFirstSeparates() {
        var slashes = Sysctl.of("net/ipv4/conf/eno2.100/rp_filter").orElseThrow();
        assertThat(slashes.name()).isEqualTo("net.ipv4.conf.eno2/100.rp_filter");
        assertThat(slashes.path()).isEqualTo("net/ipv4/conf/eno2.100/rp_filter");
        assertThat(Sysctl.of(slashes.name())).contains(slashes);
    }
}
