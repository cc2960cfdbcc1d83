package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.cgroup.Delegation;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice.Own;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Tries whether a runtime makes a container on this host: an empty root filesystem, created,
/// looked at and deleted, never started, so that no program is needed in it.
record RuntimeTrial(Path runRoot) {

    private static final String NO_PROGRAM = "/kelpie-trial-program";
    private static final Duration LONG = Duration.ofSeconds(30);

    /// Why not; empty if it worked. Nothing is left either way.
    Optional<String> refusal(OciRuntime runtime) throws InterruptedException {
        var id = "kelpie-trial-" + UUID.randomUUID();
        var cgroup = group(id) + "/trial";
        var cgroups = Cgroups.detect();
        Path folder = null;
        try {
            folder = Files.createTempDirectory(runRoot, "trial");
            var rootfs = Files.createDirectories(folder.resolve("rootfs"));
            var bundle = new Bundle(folder);
            var grants = HostGrants.ofThisHost();
            var spec =
                    new SpecBuilder(grants, new SeccompProfiles(), cgroups.mode())
                            .build(config(rootfs, cgroup))
                            .spec();
            bundle.write(spec);
            var argv = new ArrayList<>(runtime.creator());
            argv.addAll(runtime.globalArguments());
            argv.addAll(List.of("create", "--bundle", folder.toString(), id));
            var result = Command.of(argv).withTimeout(LONG).attempt();
            // getting as far as looking for the program is all that was asked
            return result.exit() == 0 || result.stderr().contains(NO_PROGRAM)
                    ? Optional.empty()
                    : Optional.of(RuntimeWords.plain(result.stderr()));
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot try OCI runtime in '" + runRoot + "': " + e.getMessage(), e);
        } catch (HostException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            clean(runtime, id, cgroups, folder);
        }
    }

    /// Below what systemd lends a user; the host's root belongs to the host's root.
    private static String group(String id) {
        return Delegation.parent().orElse("") + "/" + id;
    }

    private void clean(
            OciRuntime runtime,
            String id,
            Cgroups cgroups,
            @org.jspecify.annotations.Nullable Path folder)
            throws InterruptedException {
        runtime.delete(id, true);
        cgroups.remove(group(id));
        if (folder != null) {
            try (var root = RootedDirectory.open(runRoot)) {
                root.deleteTree(folder.getFileName().toString());
            }
        }
    }

    private static ContainerConfig config(Path rootfs, String cgroup) {
        return new ContainerConfig(
                new ContainerConfig.Rootfs(rootfs, false, true),
                new ContainerConfig.Command(
                        List.of(NO_PROGRAM),
                        List.of(),
                        "/",
                        "",
                        ContainerConfig.UserRules.USUAL,
                        false),
                new ContainerConfig.Namespaces(
                        new Own(),
                        new Own(),
                        new Own(),
                        new Own(),
                        new Own(),
                        Optional.of("trial"),
                        Map.of()),
                List.of(),
                ContainerConfig.Security.usual(),
                new ContainerConfig.Limits(
                        ResourceLimits.none().withPids(16), List.of(), Optional.empty()),
                cgroup,
                Map.of());
    }
}
