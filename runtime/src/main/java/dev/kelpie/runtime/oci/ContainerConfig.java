package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.spec.Hooks;
import dev.kelpie.runtime.spec.Linux.IntelRdt;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess;
import dev.kelpie.runtime.spec.OciProcess.Rlimit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Everything decided about a container before its `config.json` is written: what differs between
/// containers, nothing that is the same for all (that is `SpecBuilder`'s).
///
/// @param cgroupPath absolute, as `/kelpie/POD/CONTAINER`
/// @param mounts beyond the usual ones; one with the same destination as a usual one takes its
///   place
public record ContainerConfig(
        Rootfs rootfs,
        Command command,
        Namespaces namespaces,
        List<Mount> mounts,
        Security security,
        Limits limits,
        String cgroupPath,
        Map<String, String> annotations) {

    public ContainerConfig {
        mounts = List.copyOf(mounts);
        annotations = Map.copyOf(annotations);
        if (!cgroupPath.startsWith("/")) {
            throw new IllegalArgumentException("cgroup path '" + cgroupPath + "' is not absolute");
        }
    }

    /// The mounted root filesystem, an absolute path on the host.
    public record Rootfs(Path path, boolean readOnly, boolean scratch) {}

    /// What to run.
    ///
    /// @param env `NAME=value`; PATH, HOME, HOSTNAME and TERM are added where missing
    /// @param user as images have it: `name`, `uid`, `name:group`, `uid:gid`, or empty for root
    /// @param hooks run around it
    public record Command(
            List<String> args,
            List<String> env,
            String workingDirectory,
            String user,
            UserRules rules,
            boolean terminal,
            Hooks hooks) {

        /// With no programs around it.
        public Command(
                List<String> args,
                List<String> env,
                String workingDirectory,
                String user,
                UserRules rules,
                boolean terminal) {
            this(args, env, workingDirectory, user, rules, terminal, Hooks.NONE);
        }

        public Command {
            args = List.copyOf(args);
            env = List.copyOf(env);
        }
    }

    /// What counts besides the user's name.
    ///
    /// @param groups additional groups, names or numbers
    /// @param nonRoot a user that turns out to be root is refused
    /// @param umask of the process
    public record UserRules(
            List<String> groups, Memberships memberships, boolean nonRoot, int umask) {

        /// No further groups, the image's by Docker's rule, any user.
        public static final UserRules USUAL =
                new UserRules(List.of(), Memberships.UNLESS_GROUP_GIVEN, false);

        /// With the field's umask.
        public UserRules(List<String> groups, Memberships memberships, boolean nonRoot) {
            this(groups, memberships, nonRoot, OciProcess.User.USUAL_UMASK);
        }

        public UserRules {
            groups = List.copyOf(groups);
        }
    }

    /// Whether the groups count whose member the user is by the image's /etc/group.
    public enum Memberships {
        /// Unless the user was given together with a group: Docker's rule.
        UNLESS_GROUP_GIVEN,
        /// Always: Kubernetes' `supplementalGroupsPolicy: Merge`.
        MERGE,
        /// Never: Kubernetes' `supplementalGroupsPolicy: Strict`.
        STRICT
    }

    /// Which namespaces are the container's own; `hostname` counts only with its own UTS namespace,
    /// a sysctl only with its own network or IPC namespace. A joined user namespace owns the
    /// others.
    public record Namespaces(
            NamespaceChoice network,
            NamespaceChoice ipc,
            NamespaceChoice uts,
            NamespaceChoice pid,
            NamespaceChoice cgroup,
            Optional<String> hostname,
            Map<String, String> sysctls,
            NamespaceChoice user) {

        public Namespaces {
            sysctls = Map.copyOf(sysctls);
        }

        /// With the users of whoever runs the engine.
        public Namespaces(
                NamespaceChoice network,
                NamespaceChoice ipc,
                NamespaceChoice uts,
                NamespaceChoice pid,
                NamespaceChoice cgroup,
                Optional<String> hostname,
                Map<String, String> sysctls) {
            this(network, ipc, uts, pid, cgroup, hostname, sysctls, new NamespaceChoice.Host());
        }

        boolean ownUsers() {
            return !(user instanceof NamespaceChoice.Host);
        }
    }

    /// Where a namespace comes from.
    public sealed interface NamespaceChoice {

        /// A new one.
        record Own() implements NamespaceChoice {}

        /// The one behind a file: `/proc/PID/ns/net` or a bind-mounted one.
        record Joined(Path path) implements NamespaceChoice {}

        /// The host's.
        record Host() implements NamespaceChoice {}
    }

    /// What the container may do.
    ///
    /// @param addCapabilities names with or without `CAP_`, or `ALL`
    public record Security(
            boolean privileged,
            List<String> addCapabilities,
            List<String> dropCapabilities,
            boolean noNewPrivileges,
            SeccompChoice seccomp,
            ProcView proc,
            SecurityLabels labels,
            List<HostDevice> devices) {

        public Security {
            addCapabilities = List.copyOf(addCapabilities);
            dropCapabilities = List.copyOf(dropCapabilities);
            devices = List.copyOf(devices);
        }

        /// The usual confinement: default capabilities and seccomp profile.
        public static Security usual() {
            return new Security(
                    false,
                    List.of(),
                    List.of(),
                    false,
                    new SeccompChoice.Usual(),
                    ProcView.USUAL,
                    SecurityLabels.NONE,
                    List.of());
        }
    }

    /// What the container sees of /proc and /sys.
    ///
    /// @param masked paths hidden beyond the usual ones
    /// @param unmasked paths that shall not be hidden or read-only, or `ALL`
    /// @param procOptions of the mount, `hidepid=2`; see proc(5)
    public record ProcView(List<String> masked, List<String> unmasked, List<String> procOptions) {

        public static final ProcView USUAL = new ProcView(List.of(), List.of(), List.of());

        public ProcView {
            masked = List.copyOf(masked);
            unmasked = List.copyOf(unmasked);
            procOptions = List.copyOf(procOptions);
        }
    }

    /// Names by which the host's security modules know the container.
    ///
    /// @param mountLabel SELinux label of what the runtime mounts
    public record SecurityLabels(
            Optional<String> appArmorProfile,
            Optional<String> processLabel,
            Optional<String> mountLabel) {

        public static final SecurityLabels NONE =
                new SecurityLabels(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Which system-call filter applies.
    public sealed interface SeccompChoice {

        /// The host's default profile.
        record Usual() implements SeccompChoice {}

        /// The host's default profile, without which the container shall not start.
        record RuntimeDefault() implements SeccompChoice {}

        /// None.
        record Unconfined() implements SeccompChoice {}

        /// A profile file, in Docker's form or the runtime-spec's; a trusted path.
        record Profile(Path file) implements SeccompChoice {}

        /// A profile file that must lie inside a folder, wherever its links lead.
        record Inside(Path folder, String name) implements SeccompChoice {}
    }

    /// A device node of the host given to the container; `access` is of the letters `rwm`.
    ///
    /// @param node what to make instead of a likeness of the host's
    public record HostDevice(
            Path hostPath, String containerPath, String access, Optional<NodeFacts> node) {

        /// As the host has it.
        public HostDevice(Path hostPath, String containerPath, String access) {
            this(hostPath, containerPath, access, Optional.empty());
        }
    }

    /// A device node that is told of, not found; an owner that is not told is the container's user.
    ///
    /// @param number found on the host where absent
    /// @param type `c`, `b`, `u` or `p`, found on the host where empty
    public record NodeFacts(
            String type,
            Optional<EntryFacts.Device> number,
            int fileMode,
            OptionalLong uid,
            OptionalLong gid) {}

    /// What the container may use.
    public record Limits(
            ResourceLimits resources,
            List<Rlimit> rlimits,
            Optional<Integer> oomScoreAdj,
            GroupWords words,
            Optional<IntelRdt> rdt) {

        /// Without a class of resctrl.
        public Limits(
                ResourceLimits resources,
                List<Rlimit> rlimits,
                Optional<Integer> oomScoreAdj,
                GroupWords words) {
            this(resources, rlimits, oomScoreAdj, words, Optional.empty());
        }

        /// With nothing beyond.
        public Limits(
                ResourceLimits resources, List<Rlimit> rlimits, Optional<Integer> oomScoreAdj) {
            this(resources, rlimits, oomScoreAdj, GroupWords.NONE);
        }

        public Limits {
            rlimits = List.copyOf(rlimits);
        }

        public static Limits none() {
            return new Limits(ResourceLimits.none(), List.of(), Optional.empty());
        }
    }
}
