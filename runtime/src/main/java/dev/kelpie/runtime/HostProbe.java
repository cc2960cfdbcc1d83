package dev.kelpie.runtime;

import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.kernel.Kernel;
import dev.kelpie.runtime.kernel.LimitKind;
import dev.kelpie.runtime.kernel.OverlayTrial;
import dev.kelpie.runtime.kernel.Overlays;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.kernel.UserNamespace;
import dev.kelpie.runtime.oci.OciRuntimes;
import dev.kelpie.runtime.oci.SeccompProfiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at everything the engine needs of this host and says how to mend what is missing. Leaves
/// nothing behind but the remembered choice of the OCI runtime.
public final class HostProbe {

    private static final List<Capability> NEEDED =
            List.of(
                    Capability.SYS_ADMIN,
                    Capability.NET_ADMIN,
                    Capability.CHOWN,
                    Capability.MKNOD,
                    Capability.KILL);

    private static final List<Wanted> PROGRAMS =
            List.of(
                    new Wanted("conmon", "conmon", "keeps containers running", true, "--version"),
                    new Wanted(
                            "catatonit",
                            "catatonit",
                            "holds a pod's namespaces",
                            true,
                            "--version"),
                    new Wanted(
                            "nft",
                            "nftables",
                            "leads published ports into pods",
                            true,
                            "--version"),
                    new Wanted("ip", "iproute2", "makes bridges and addresses", true, "-V"),
                    new Wanted(
                            "unshare", "util-linux", "hides cgroups from crun", false, "--version"),
                    new Wanted("aardvark-dns", "aardvark-dns", "answers names", false, "--version"),
                    new Wanted(
                            "netavark", "netavark", "serves other networks", false, "--version"));

    private final Path root;
    private final Path runRoot;

    /// `root` is where images and containers are kept, `runRoot` the per-boot folder; both exist.
    public HostProbe(Path root, Path runRoot) {
        this.root = root;
        this.runRoot = runRoot;
    }

    /// All facts, always in the same order.
    public List<HostFact> look() throws InterruptedException {
        var facts = new ArrayList<HostFact>();
        facts.add(kernel());
        facts.add(cgroups());
        facts.add(capabilities());
        facts.add(limits());
        facts.add(overlay());
        facts.add(runtime());
        facts.add(seccomp());
        if (!UserNamespace.isInitial()) {
            facts.addAll(RootlessProbe.look());
        }
        for (var wanted : PROGRAMS) {
            facts.add(program(wanted));
        }
        return List.copyOf(facts);
    }

    private record Wanted(
            String program, String debian, String purpose, boolean needed, String versionFlag) {

        /// Debian's and Fedora's names are the same for all of them but iproute2.
        private String mend() {
            var fedora = debian.equals("iproute2") ? "iproute" : debian;
            return "apt-get install " + debian + " (Fedora: dnf install " + fedora + ")";
        }
    }

    private static HostFact program(Wanted wanted) throws InterruptedException {
        var found = Programs.find(wanted.program());
        if (found.isEmpty()) {
            return new HostFact.Lacking(
                    wanted.program(),
                    "program '"
                            + wanted.program()
                            + "', which "
                            + wanted.purpose()
                            + ", is not installed",
                    wanted.mend(),
                    wanted.needed());
        }
        var said = Command.of(found.get().toString(), wanted.versionFlag()).attempt();
        var version = (said.stdout() + said.stderr()).lines().findFirst().orElse("").strip();
        return new HostFact.Found(wanted.program(), found.get() + " (" + version + ")");
    }

    private static HostFact kernel() {
        if (!RootedDirectory.isSupported()) {
            return new HostFact.Lacking(
                    "kernel",
                    "Linux "
                            + Kernel.release()
                            + " has no openat2 system call, or it is filtered away",
                    "use Linux 5.6 or later, and no system-call filter that hides openat2",
                    true);
        }
        return new HostFact.Found("kernel", Kernel.release());
    }

    private static HostFact cgroups() {
        var cgroups = Cgroups.detect();
        var controllers = cgroups.controllers();
        var missing = new ArrayList<>(List.of("cpu", "memory", "pids"));
        missing.removeAll(controllers);
        if (!missing.isEmpty()) {
            return new HostFact.Lacking(
                    "cgroups",
                    "no control-group controller for " + String.join(", ", missing),
                    cgroups.mode() == Cgroups.Mode.NONE
                            ? RootlessProbe.CGROUP_MEND
                            : "boot with cgroup_enable=memory systemd.unified_cgroup_hierarchy=1 on the kernel command line",
                    false);
        }
        return new HostFact.Found(
                "cgroups", cgroups.mode() + " (" + String.join(" ", controllers) + ")");
    }

    private static HostFact capabilities() {
        var held = Kernel.boundingSet();
        var missing =
                NEEDED.stream()
                        .filter(one -> !held.contains(one))
                        .map(Capability::specName)
                        .toList();
        if (!missing.isEmpty()) {
            return new HostFact.Lacking(
                    "capabilities",
                    "this process may not have " + String.join(", ", missing),
                    "run as root outside of a container, or give the container these capabilities",
                    true);
        }
        var note =
                held.contains(Capability.SYS_RESOURCE)
                        ? ""
                        : ", without CAP_SYS_RESOURCE: limits are cut";
        return new HostFact.Found(
                "capabilities", held.size() + " of " + Capability.values().length + note);
    }

    private static HostFact limits() {
        var files = Kernel.limit(LimitKind.NOFILE).hard();
        return new HostFact.Found(
                "limits", "open files " + (files < 0 ? "unlimited" : Long.toString(files)));
    }

    private HostFact overlay() {
        var overlays = new Overlays();
        Optional<String> failure = OverlayTrial.failure(root, overlays);
        return failure.<HostFact>map(text ->
                        new HostFact.Lacking(
                                "overlay",
                                "no overlay file system on '" + root + "': " + text,
                                "modprobe overlay, or keep --root on ext4, xfs (ftype=1), btrfs or tmpfs"
                                        + (UserNamespace.isInitial()
                                                ? ""
                                                : ", or apt-get install fuse-overlayfs"),
                                true))
                .orElseGet(() ->
                        new HostFact.Found(
                                "overlay",
                                overlays.program().map(by -> "by " + by + ", ").orElse("")
                                        + "works on '"
                                        + root
                                        + "'"));
    }

    private HostFact runtime() throws InterruptedException {
        try {
            var runtime = new OciRuntimes(runRoot).choose();
            return new HostFact.Found("OCI runtime", runtime.name() + " " + runtime.version());
        } catch (HostLacksException e) {
            return new HostFact.Lacking(
                    "OCI runtime",
                    e.problem(),
                    "apt-get install crun runc (Fedora: dnf install crun runc)",
                    true);
        }
    }

    private static HostFact seccomp() {
        return new SeccompProfiles()
                .usual()
                .<HostFact>map(file -> new HostFact.Found("seccomp profile", file.toString()))
                .orElse(
                        new HostFact.Lacking(
                                "seccomp profile",
                                "none of "
                                        + SeccompProfiles.PLACES
                                        + " is there: containers may make any system call",
                                "apt-get install golang-github-containers-common (Fedora: dnf install containers-common)",
                                false));
    }
}
