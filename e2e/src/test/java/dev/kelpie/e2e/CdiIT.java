package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Devices by their makers' names: the Container Device Interface.
class CdiIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String LOOK =
            "busybox head -c 3 /dev/naught | busybox wc -c; echo $MAKER; cat /opt/told";

    private final Kelpie kelpie = ENGINE.kelpie();

    /// Its hook reads what it is told of the container: crun fails where that is left unread.
    private Path specs() throws IOException {
        var folder = Files.createDirectories(kelpie.directory().resolve("cdi"));
        var told = Host.write(folder.resolve("told.txt"), "by the host\n");
        Host.write(
                folder.resolve("vendor.yaml"),
                """
                cdiVersion: 0.7.0
                kind: vendor.com/class
                containerEdits: {env: [MAKER=vendor]}
                devices:
                - name: zero
                  containerEdits:
                    deviceNodes: [{path: /dev/naught, hostPath: /dev/zero}]
                    mounts: [{hostPath: %s, containerPath: /opt/told, options: [ro]}]
                    hooks: [{hookName: createRuntime, path: /bin/sh, args: [sh, -c, "cat > %s/hooked"]}]
                """
                        .formatted(told, folder));
        for (var read : List.of(folder, folder.resolve("vendor.yaml"))) {
            Files.setPosixFilePermissions(read, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder;
    }

    @Test
    void aDeviceComesWithAllThatItsMakerSays() throws IOException {
        var folder = specs();
        assertThat(
                        kelpie.ok(
                                "run",
                                "--rm",
                                "--cdi-spec-dir=" + folder,
                                "--device=vendor.com/class=zero",
                                Box.IMAGE,
                                "sh",
                                "-c",
                                LOOK))
                .isEqualTo("3\nvendor\nby the host");
        if (Kelpie.isKelpie()) {
            assertThat(folder.resolve("hooked")).content().contains("\"bundle\"");
        }
        assertThat(
                        kelpie.fails(
                                126,
                                "run",
                                "--rm",
                                "--cdi-spec-dir=" + folder,
                                "--device=vendor.com/class=one",
                                Box.IMAGE,
                                "true"))
                .contains("unresolvable CDI devices vendor.com/class=one");
    }

    @Test
    void manifestsNameDevicesAmongLimits() throws IOException {
        var yaml =
                Box.podWith(
                        "maker",
                        "restartPolicy: Never\n",
                        Box.containerWith(
                                "c",
                                LOOK,
                                "resources: {limits: {vendor.com/class=zero: 1,"
                                        + " podman.io/device=/dev/null: 1}}\n"));
        kelpie.play(yaml, "--cdi-spec-dir=" + specs());
        kelpie.awaitState("maker-c", "exited");
        assertThat(kelpie.log("maker-c")).isEqualTo("3\nvendor\nby the host");
    }
}
