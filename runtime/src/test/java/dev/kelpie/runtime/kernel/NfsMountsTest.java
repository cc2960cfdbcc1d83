package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NfsMountsTest {

    @Test
    void asksForNoDevicesAndNoOtherUsersRights() {
        assertThat(NfsMounts.command("nas:/data", false, Path.of("/run/x")))
                .containsExactly("mount.nfs", "nas:/data", "/run/x", "-o", "rw,nodev,nosuid");
        assertThat(NfsMounts.command("nas:/data", true, Path.of("/run/x")))
                .endsWith("ro,nodev,nosuid");
    }
}
