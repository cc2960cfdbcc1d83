package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostLacksException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.kernel.Kernel;
import dev.kelpie.runtime.oci.InstalledRuntime.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The OCI runtimes of this host and the choice among them. What a host accepts is found out by
/// making a container; the answer is remembered for the boot, as a file in the run root.
public final class OciRuntimes {

    static final String CRUN = "crun";
    static final String CRUN_HYBRID = "crun-hybrid";
    static final String RUNC = "runc";

    private static final List<String> ORDER = List.of(CRUN, CRUN_HYBRID, RUNC);

    private final Path runRoot;

    /// `runRoot` is this engine's per-boot folder: state, wrapper and memory live below it.
    public OciRuntimes(Path runRoot) {
        this.runRoot = runRoot;
    }

    /// The first of crun, crun with the v2 hierarchy hidden, and runc that makes a container here;
    /// throws `HostLacksException` with every reason if none does.
    public OciRuntime choose() throws InterruptedException {
        var remembered = remembered();
        if (remembered.isPresent()) {
            return remembered.get();
        }
        var reasons = new ArrayList<String>();
        for (var name : ORDER) {
            var installed = installed(name);
            if (installed.isEmpty()) {
                reasons.add(name + " is not installed");
                continue;
            }
            var reason = new RuntimeTrial(runRoot).refusal(installed.get());
            if (reason.isEmpty()) {
                remember(installed.get());
                return installed.get();
            }
            reasons.add(name + ": " + reason.get());
        }
        throw new HostLacksException(
                "no OCI runtime works here: " + String.join("; ", reasons),
                "apt-get install crun runc");
    }

    /// A runtime by name, for a container that was made with it; empty if its program is not there
    /// (any more).
    public Optional<OciRuntime> installed(String name) throws InterruptedException {
        var program = Programs.find(name.equals(CRUN_HYBRID) ? CRUN : name);
        if (!ORDER.contains(name) || program.isEmpty()) {
            return Optional.empty();
        }
        var called = name.equals(CRUN_HYBRID) ? wrapper(program.get()) : program.get();
        return Optional.of(
                runtime(new Installation(name, called, program.get(), version(program.get()))));
    }

    private OciRuntime runtime(Installation installation) {
        var root = runRoot.resolve("oci").resolve(installation.direct().getFileName().toString());
        return new InstalledRuntime(installation, makeFolder(root));
    }

    /// `crun version 1.8.1`, `runc version 1.1.5+ds1`.
    private static String version(Path program) throws InterruptedException {
        var first =
                Command.of(program.toString(), "--version")
                        .run()
                        .stdout()
                        .lines()
                        .findFirst()
                        .orElse("");
        return first.substring(first.lastIndexOf(' ') + 1);
    }

    /// crun refuses to create containers where both kinds of hierarchy have controllers. It does
    /// not look further than the mount, so it gets a mount namespace without it; only for `create`,
    /// the other subcommands do not mind.
    private Path wrapper(Path crun) {
        var file = makeFolder(runRoot.resolve("oci")).resolve("crun-hybrid");
        var text =
                """
                #!/bin/sh
                # Written by Kelpie: crun without the v2 hierarchy in sight.
                for word do
                    case $word in
                    --*) ;;
                    create)
                        exec unshare --mount --propagation slave /bin/sh -c \\
                            'umount -l /sys/fs/cgroup/unified; exec "$@"' sh %1$s "$@" ;;
                    *) break ;;
                    esac
                done
                exec %1$s "$@"
                """
                        .formatted(crun);
        try {
            if (Files.isExecutable(file) && Files.readString(file).equals(text)) {
                return file;
            }
            var fresh = Files.createTempFile(file.getParent(), "crun-hybrid", ".new");
            Files.writeString(fresh, text);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
            return Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FileAccessException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    private Path memory() {
        return runRoot.resolve("oci").resolve("chosen");
    }

    /// Forgotten when the program or the boot is another one.
    private Optional<OciRuntime> remembered() {
        try {
            var lines = Files.readAllLines(memory());
            if (lines.size() != 5 || !lines.getFirst().equals(Kernel.bootId())) {
                return Optional.empty();
            }
            var direct = Path.of(lines.get(3));
            var installation =
                    new Installation(lines.get(1), Path.of(lines.get(2)), direct, lines.get(4));
            var sane = Files.isExecutable(installation.program()) && Files.isExecutable(direct);
            return sane ? Optional.of(runtime(installation)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void remember(OciRuntime runtime) {
        var direct =
                Programs.find(runtime.name().equals(CRUN_HYBRID) ? CRUN : runtime.name())
                        .orElseThrow();
        var text =
                String.join(
                        "\n",
                        Kernel.bootId(),
                        runtime.name(),
                        runtime.program().toString(),
                        direct.toString(),
                        runtime.version());
        try {
            Files.writeString(memory(), text + "\n");
        } catch (IOException e) {
            throw new FileAccessException("cannot write '" + memory() + "'", e);
        }
    }

    private static Path makeFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot make folder '" + folder + "': " + e.getMessage(), e);
        }
    }
}
