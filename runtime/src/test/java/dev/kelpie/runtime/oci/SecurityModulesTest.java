package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityModulesTest {

    @TempDir Path sys;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(sys.resolve(file).getParent());
        Files.writeString(sys.resolve(file), text);
    }

    @Test
    void aHostWithoutHasNone() {
        var modules = SecurityModules.below(sys);
        assertThat(modules.selinux()).isFalse();
        assertThat(modules.appArmor()).isFalse();
        assertThat(modules.defaultProfile()).isEmpty();
    }

    @Test
    void readsTheLoadedProfiles() throws IOException {
        write("module/apparmor/parameters/enabled", "Y\n");
        write(
                "kernel/security/apparmor/profiles",
                "docker-default (enforce)\ncontainers-default-0.57.4 (enforce)\nmy one (complain)\n");
        write("fs/selinux/enforce", "1");
        var modules = SecurityModules.below(sys);
        assertThat(modules.selinux()).isTrue();
        assertThat(modules.appArmor()).isTrue();
        assertThat(modules.profiles()).contains("my one", "docker-default");
        assertThat(modules.defaultProfile()).contains("containers-default-0.57.4");
    }
}
