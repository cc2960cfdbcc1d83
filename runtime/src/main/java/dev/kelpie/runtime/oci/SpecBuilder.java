package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.kernel.UserNamespace;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice;
import dev.kelpie.runtime.oci.ContainerConfig.SeccompChoice;
import dev.kelpie.runtime.spec.Linux;
import dev.kelpie.runtime.spec.LinuxResources;
import dev.kelpie.runtime.spec.LinuxSeccomp;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess;
import dev.kelpie.runtime.spec.Spec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes a container's `config.json` from what was decided about it and the field's defaults,
/// within what the host grants.
public final class SpecBuilder {

    private final HostGrants grants;
    private final SeccompProfiles seccomp;
    private final Cgroups.Mode cgroups;

    public SpecBuilder(HostGrants grants, SeccompProfiles seccomp, Cgroups.Mode cgroups) {
        this.grants = grants;
        this.seccomp = seccomp;
        this.cgroups = cgroups;
    }

    /// A finished spec, and what could not be had as asked, in sentences for the user.
    public record Built(Spec spec, List<String> notes) {

        public Built {
            notes = List.copyOf(notes);
        }
    }

    /// Reads users from the mounted root filesystem, so that must be mounted already. Throws
    /// `ContainerStartException` for a user or group the image does not have and for a mount over
    /// what protects the host, `FileAccessException` for a device or seccomp profile the host does
    /// not have.
    public Built build(ContainerConfig config) {
        var notes = new ArrayList<String>();
        try (var root = RootedDirectory.open(config.rootfs().path())) {
            new MountTargets(root).require(config.mounts());
            var identity =
                    UserDatabase.read(root, config.mounts())
                            .resolve(config.command().user(), config.command().rules());
            var devices = devices(config, identity.user());
            new MountTargets(root).require(devices.mounts());
            var bounding = CapabilitySets.bounding(config.security(), grants.bounding());
            var spec =
                    new Spec(
                            Spec.VERSION,
                            process(config, identity, bounding, notes),
                            new Spec.Root(
                                    config.rootfs().path().toString(), config.rootfs().readOnly()),
                            hostname(config),
                            mounts(config, devices),
                            config.annotations(),
                            linux(config, devices, bounding, notes),
                            config.command().hooks().unlessNone());
            return new Built(spec, notes);
        }
    }

    /// A joined UTS namespace has its name already, and runc refuses to set it.
    private static Optional<String> hostname(ContainerConfig config) {
        return config.namespaces().uts() instanceof NamespaceChoice.Own
                ? config.namespaces().hostname()
                : Optional.empty();
    }

    private OciProcess process(
            ContainerConfig config,
            UserDatabase.Identity identity,
            Set<Capability> bounding,
            List<String> notes) {
        var command = config.command();
        var granted = config.namespaces().ownUsers() ? grants.inOwnUserNamespace() : grants;
        var clamping = new Clamping(granted, notes::add);
        return new OciProcess(
                command.terminal(),
                identity.user(),
                command.args(),
                ContainerEnvironment.of(config, identity.home()),
                command.workingDirectory().isEmpty() ? "/" : command.workingDirectory(),
                CapabilitySets.sets(bounding, config.security(), identity.user().uid()),
                new OciProcess.Confinement(
                        config.security().noNewPrivileges(),
                        clamping.oomScoreAdj(config.limits().oomScoreAdj()),
                        clamping.rlimits(config.limits().rlimits()),
                        config.security().labels().appArmorProfile(),
                        config.security().labels().processLabel()));
    }

    /// Only root of the host's first user namespace makes nodes that can be used.
    private static HostDevices devices(ContainerConfig config, OciProcess.User user) {
        var shown = config.namespaces().ownUsers() || !UserNamespace.isInitial();
        return HostDevices.of(config.security(), user, shown);
    }

    private Linux linux(
            ContainerConfig config,
            HostDevices devices,
            Set<Capability> bounding,
            List<String> notes) {
        return new Linux(
                namespaces(config),
                sysctls(config),
                new Linux.Group(
                        inGroup(config.cgroupPath()),
                        inGroup(resources(config, devices)),
                        config.limits().rdt()),
                devices.nodes(),
                seccomp(config, bounding, notes),
                Hiding.of(config),
                Linux.IdMappings.none());
    }

    /// A hierarchy that is not ours to use is not ours to mount either.
    private List<Mount> mounts(ContainerConfig config, HostDevices devices) {
        return Stream.concat(UsualMounts.with(config, grants).stream(), devices.mounts().stream())
                .filter(mount -> cgroups != Cgroups.Mode.NONE || !mount.type().equals("cgroup"))
                .toList();
    }

    private <T> Optional<T> inGroup(T value) {
        return cgroups == Cgroups.Mode.NONE ? Optional.empty() : Optional.of(value);
    }

    private static LinuxResources resources(ContainerConfig config, HostDevices devices) {
        var limits = config.limits().resources();
        ResourceLimits all =
                limits.pids().isPresent() ? limits : limits.withPids(ResourceLimits.USUAL_PIDS);
        return ResourcesSpec.of(all, config.limits().words(), devices.rules());
    }

    private List<Linux.Namespace> namespaces(ContainerConfig config) {
        var namespaces = new ArrayList<Linux.Namespace>();
        namespaces.add(new Linux.Namespace("mount", Optional.empty()));
        var chosen = config.namespaces();
        add(namespaces, "user", chosen.user());
        add(namespaces, "network", chosen.network());
        add(namespaces, "ipc", chosen.ipc());
        add(namespaces, "uts", chosen.uts());
        add(namespaces, "pid", chosen.pid());
        // on v1 the field leaves the host's view of cgroups: a private one is of no use there
        var isOwnOnV1 =
                chosen.cgroup() instanceof NamespaceChoice.Own && cgroups != Cgroups.Mode.V2;
        add(namespaces, "cgroup", isOwnOnV1 ? new NamespaceChoice.Host() : chosen.cgroup());
        return namespaces;
    }

    private static void add(List<Linux.Namespace> namespaces, String type, NamespaceChoice choice) {
        switch (choice) {
            case NamespaceChoice.Own _ ->
                    namespaces.add(new Linux.Namespace(type, Optional.empty()));
            case NamespaceChoice.Joined(Path path) ->
                    namespaces.add(new Linux.Namespace(type, Optional.of(path.toString())));
            case NamespaceChoice.Host _ -> {
                return;
            }
        }
    }

    private static Map<String, String> sysctls(ContainerConfig config) {
        var all = new TreeMap<String, String>();
        if (config.namespaces().network() instanceof NamespaceChoice.Own) {
            all.put("net.ipv4.ping_group_range", "0 0");
        }
        all.putAll(config.namespaces().sysctls());
        return all;
    }

    private Optional<LinuxSeccomp> seccomp(
            ContainerConfig config, Set<Capability> bounding, List<String> notes) {
        return switch (config.security().seccomp()) {
            case SeccompChoice.Unconfined _ -> Optional.empty();
            case SeccompChoice.Profile(Path file) ->
                    Optional.of(seccomp.filterOf(file, bounding, grants.machine()));
            case SeccompChoice.Inside(Path folder, String name) ->
                    Optional.of(seccomp.filterInside(folder, name, bounding, grants.machine()));
            case SeccompChoice.RuntimeDefault _ ->
                    Optional.of(seccomp.filter(seccomp.required(), bounding, grants.machine()));
            case SeccompChoice.Usual _ when config.security().privileged() -> Optional.empty();
            case SeccompChoice.Usual _ -> {
                var usual = seccomp.usual();
                if (usual.isEmpty()) {
                    notes.add(
                            "no seccomp profile on this host: the container may make any system call"
                                    + " (apt-get install golang-github-containers-common)");
                }
                yield usual.map(file -> seccomp.filter(file, bounding, grants.machine()));
            }
        };
    }
}
