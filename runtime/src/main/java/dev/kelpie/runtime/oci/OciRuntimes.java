package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostLacksException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.kernel.Kernel;
import dev.kelpie.runtime.kernel.SealedProgram;
import dev.kelpie.runtime.oci.InstalledRuntime.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The OCI runtimes of this host and the choice among them. What a host accepts is found out by
/// making a container; the answer is remembered for the boot, as a file in the run root.
public final class OciRuntimes {

    static final String CRUN = "crun";
    static final String NO_CGROUPS = "--cgroup-manager=disabled";
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
        return Optional.of(runtime(name, program.get(), version(program.get())));
    }

    private OciRuntime runtime(String name, Path program, String version) {
        var folder = makeFolder(runRoot.resolve("oci"));
        var executable = name.equals(RUNC) ? program : SealedProgram.of(program).orElse(program);
        var creator =
                name.equals(CRUN_HYBRID)
                        ? new HybridCreator(folder).words(executable)
                        : List.of(executable.toString());
        return new InstalledRuntime(
                new Installation(name, program, executable, creator, version, options(name)),
                makeFolder(folder.resolve(program.getFileName().toString())));
    }

    /// runc finds out by itself that there is no control group for it.
    private static List<String> options(String name) {
        return !name.equals(RUNC) && Cgroups.detect().mode() == Cgroups.Mode.NONE
                ? List.of(NO_CGROUPS)
                : List.of();
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

    private Path memory() {
        return runRoot.resolve("oci").resolve("chosen");
    }

    /// Forgotten when the program or the boot is another one.
    private Optional<OciRuntime> remembered() {
        try {
            var lines = Files.readAllLines(memory());
            if (lines.size() != 4 || !lines.getFirst().equals(Kernel.bootId())) {
                return Optional.empty();
            }
            var program = Path.of(lines.get(2));
            return Files.isExecutable(program)
                    ? Optional.of(runtime(lines.get(1), program, lines.get(3)))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void remember(OciRuntime runtime) {
        var text =
                String.join(
                        "\n",
                        Kernel.bootId(),
                        runtime.name(),
                        runtime.program().toString(),
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
