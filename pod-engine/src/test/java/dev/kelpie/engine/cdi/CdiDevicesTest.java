package dev.kelpie.engine.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.cdi.ContainerEdits.NamedHook;
import dev.kelpie.engine.spec.Tuning.Device;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ContainerConfig.HostDevice;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice;
import dev.kelpie.runtime.spec.Hooks.Hook;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CdiDevicesTest {
    private static final NamespaceChoice OWN = new NamespaceChoice.Own();
    private static final Mount OLD = Mount.bind(Path.of("/a"), "/usr/lib/x", false);
    private static final Mount OTHER = Mount.bind(Path.of("/b"), "/data", false);

    private static ContainerConfig config() {
        return new ContainerConfig(
                new ContainerConfig.Rootfs(Path.of("/root"), false, true),
                new ContainerConfig.Command(
                        List.of("app"),
                        List.of("A=old", "B=kept"),
                        "/",
                        "",
                        ContainerConfig.UserRules.USUAL,
                        false),
                new ContainerConfig.Namespaces(OWN, OWN, OWN, OWN, OWN, Optional.empty(), Map.of()),
                List.of(OLD, OTHER),
                ContainerConfig.Security.usual(),
                ContainerConfig.Limits.none(),
                "/kelpie/x",
                Map.of());
    }

    @Test
    void editsGoOverWhatWasThere() {
        var mount = Mount.bind(Path.of("/new"), "/usr/lib/x", true);
        var device = new HostDevice(Path.of("/dev/zero"), "/dev/x", "r");
        var hook = new Hook("/bin/x", List.of(), List.of(), Optional.empty());
        var edited =
                CdiDevices.with(
                        config(),
                        new ContainerEdits(
                                List.of("A=new"),
                                List.of(device),
                                List.of(mount),
                                List.of(
                                        new NamedHook("poststop", hook),
                                        new NamedHook("createRuntime", hook)),
                                Optional.empty(),
                                List.of(44L)));
        assertThat(edited.command().env()).containsExactly("B=kept", "A=new");
        assertThat(edited.command().rules().groups()).containsExactly("44");
        assertThat(edited.command().hooks().createRuntime()).containsExactly(hook);
        assertThat(edited.command().hooks().poststop()).containsExactly(hook);
        assertThat(edited.mounts()).containsExactly(OTHER, mount);
        assertThat(edited.security().devices()).containsExactly(device);
    }

    @Test
    void whoNamesNoDeviceIsLeftAlone() {
        var config = config();
        var device = new Device("/dev/zero", "/dev/x", "r");
        assertThat(CdiDevices.into(config, List.of(device))).isSameAs(config);
    }
}
