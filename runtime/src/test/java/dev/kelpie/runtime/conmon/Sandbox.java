package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.ExitWatch;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.Bundle;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice.Own;
import dev.kelpie.runtime.oci.HostGrants;
import dev.kelpie.runtime.oci.OciRuntime;
import dev.kelpie.runtime.oci.OciRuntimes;
import dev.kelpie.runtime.oci.SeccompProfiles;
import dev.kelpie.runtime.oci.SpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// A private place on the real host in which tests run containers of busybox; closing it removes
/// everything.
final class Sandbox {

    final Path root;
    final Cgroups cgroups = Cgroups.detect();
    final ExitWatch watch = new ExitWatch();
    final OciRuntimes runtimes;
    final OciRuntime runtime;
    final Conmon conmon;
    final String parent;

    Sandbox(Optional<String> runtimeName) throws IOException, InterruptedException {
        root = Files.createTempDirectory("kelpie-test-");
        parent = "/" + root.getFileName();
        runtimes = new OciRuntimes(Files.createDirectories(root.resolve("run")));
        runtime =
                runtimeName.isPresent()
                        ? runtimes.installed(runtimeName.get()).orElseThrow()
                        : runtimes.choose();
        conmon = new HostConmon(Programs.require("conmon", "conmon"), cgroups, watch);
        var bin = Files.createDirectories(rootfs().resolve("bin"));
        for (var folder : List.of("etc", "tmp", "proc", "sys", "dev")) {
            Files.createDirectories(rootfs().resolve(folder));
        }
        Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
        Files.createSymbolicLink(bin.resolve("sh"), Path.of("busybox"));
        Files.writeString(
                rootfs().resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/sh\nweb:x:33:33::/srv:/bin/sh\n");
        Files.writeString(rootfs().resolve("etc/group"), "root:x:0:\nweb:x:33:\nextra:x:44:web\n");
    }

    Path rootfs() {
        return root.resolve("rootfs");
    }

    static String newId() {
        var bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    ConmonFiles files(String id) {
        return new ConmonFiles(
                id,
                root.resolve("c").resolve(id).resolve("bundle"),
                root.resolve("run/c").resolve(id),
                root.resolve("run/exits"),
                root.resolve("run/persist").resolve(id),
                root.resolve("c").resolve(id).resolve("ctr.log"));
    }

    ContainerConfig config(String id, String... args) {
        return new ContainerConfig(
                new ContainerConfig.Rootfs(rootfs(), false, true),
                new ContainerConfig.Command(
                        List.of(args), List.of(), "/", "", ContainerConfig.UserRules.USUAL, false),
                new ContainerConfig.Namespaces(
                        new Own(),
                        new Own(),
                        new Own(),
                        new Own(),
                        new Own(),
                        Optional.of("box"),
                        Map.of()),
                List.of(),
                ContainerConfig.Security.usual(),
                new ContainerConfig.Limits(ResourceLimits.none(), List.of(), Optional.empty()),
                parent + "/" + id,
                Map.of());
    }

    /// Writes the bundle and creates the container, not yet started.
    CreatedContainer create(
            String id, ContainerConfig config, Stdio stdio, List<String> exitCommand)
            throws InterruptedException {
        var built =
                new SpecBuilder(HostGrants.ofThisHost(), new SeccompProfiles(), cgroups.mode())
                        .build(config);
        new Bundle(files(id).bundle()).write(built.spec());
        return create(id, stdio, exitCommand);
    }

    /// Creates the container of a bundle that is there, not yet started.
    CreatedContainer create(String id) throws InterruptedException {
        return create(id, Stdio.outputOnly(), List.of());
    }

    private CreatedContainer create(String id, Stdio stdio, List<String> exitCommand)
            throws InterruptedException {
        var files = files(id);
        return conmon.create(
                new CreateRequest(
                        files,
                        "box",
                        runtime,
                        stdio,
                        parent + "/conmon",
                        exitCommand,
                        ConmonHabits.USUAL));
    }

    CreatedContainer create(String id, String... args) throws InterruptedException {
        return create(id, config(id, args), Stdio.outputOnly(), List.of());
    }

    /// Waits for conmon's end, after which everything is written, and reads how the container
    /// ended.
    ExitStatus end(String id, CreatedContainer container) throws InterruptedException {
        if (!watch.await(container.conmon(), Duration.ofSeconds(30))) {
            throw new AssertionError("conmon of " + id + " does not end");
        }
        return files(id).exitStatus().orElseThrow();
    }

    String log(String id) throws IOException {
        return Files.readString(files(id).log());
    }

    void close() throws InterruptedException {
        try (var folders = Files.newDirectoryStream(Files.createDirectories(root.resolve("c")))) {
            for (var folder : folders) {
                runtime.delete(folder.getFileName().toString(), true);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (!cgroups.killAll(parent)) {
            throw new AssertionError("processes left in " + parent);
        }
        cgroups.remove(parent);
        watch.close();
        try (var above = RootedDirectory.open(root.resolve(".."))) {
            above.deleteTree(root.getFileName().toString());
        }
    }
}
