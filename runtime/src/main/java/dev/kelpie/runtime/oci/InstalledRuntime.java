package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.ContainerGoneException;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.Signal;
import dev.kelpie.runtime.spec.OciProcess;
import dev.kelpie.runtime.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An OCI runtime program of this host, called by its command line (runc's and crun's are the same
/// in all we use). What it says goes to its stderr as plain text, which is what callers see.
public final class InstalledRuntime implements OciRuntime {

    private static final Duration QUICK = Duration.ofSeconds(60);

    /// How it is installed.
    ///
    /// @param creator the words before the arguments of `create`
    /// @param options that come before every subcommand
    public record Installation(
            String name,
            Path program,
            Path executable,
            List<String> creator,
            String version,
            List<String> options) {

        public Installation {
            creator = List.copyOf(creator);
            options = List.copyOf(options);
        }
    }

    private final Installation installation;
    private final Path stateRoot;

    /// A runtime that keeps its state below `stateRoot`, which is per boot and this engine's own.
    public InstalledRuntime(Installation installation, Path stateRoot) {
        this.installation = installation;
        this.stateRoot = stateRoot;
    }

    @Override
    public String name() {
        return installation.name();
    }

    @Override
    public Path program() {
        return installation.program();
    }

    @Override
    public Path executable() {
        return installation.executable();
    }

    @Override
    public List<String> creator() {
        return installation.creator();
    }

    @Override
    public String version() {
        return installation.version();
    }

    @Override
    public List<String> globalArguments() {
        var arguments = new ArrayList<>(List.of("--root=" + stateRoot));
        arguments.addAll(installation.options());
        return arguments;
    }

    @Override
    public OciRuntime withState(Path folder) {
        return new InstalledRuntime(installation, folder);
    }

    @Override
    public void start(String id) throws InterruptedException {
        if (isCrun() && new StartGate(stateRoot).open(id)) {
            return;
        }
        var argv = argv("start", id);
        var result = Command.of(argv).withTimeout(QUICK).attempt();
        if (result.exit() != 0) {
            var text = RuntimeWords.plain(result.stderr());
            throw new ContainerStartException(
                    RuntimeWords.reason(text), "cannot start container '" + id + "': " + text);
        }
    }

    @Override
    public boolean kill(String id, int signal, boolean all) throws InterruptedException {
        var argv =
                all
                        ? argv("kill", "--all", id, Integer.toString(signal))
                        : argv("kill", id, Integer.toString(signal));
        var result = Command.of(argv).withTimeout(QUICK).attempt();
        if (result.exit() != 0 && !isGone(id, result)) {
            throw CommandFailedException.exited(
                    argv, result.exit(), RuntimeWords.plain(result.stderr()));
        }
        if (result.exit() == 0 && signal == Signal.KILL) {
            thaw(id);
        }
        return result.exit() == 0;
    }

    /// On cgroup v1 a frozen process takes no signal, not even KILL, and crun leaves it frozen.
    private void thaw(String id) throws InterruptedException {
        if (state(id).filter(now -> now.status() == ContainerState.Status.PAUSED).isPresent()) {
            Command.of(argv("resume", id)).withTimeout(QUICK).attempt();
        }
    }

    @Override
    public void delete(String id, boolean force) throws InterruptedException {
        if (force) {
            thaw(id);
        }
        call(id, force ? argv("delete", "--force", id) : argv("delete", id));
    }

    @Override
    public Optional<ContainerState> state(String id) throws InterruptedException {
        var argv = argv("state", id);
        var result = Command.of(argv).withTimeout(QUICK).attempt();
        if (result.exit() == 0) {
            return Optional.of(StateJson.parse(result.stdout()));
        }
        if (isGone(id, result)) {
            return Optional.empty();
        }
        throw CommandFailedException.exited(
                argv, result.exit(), RuntimeWords.plain(result.stderr()));
    }

    @Override
    public Command.Result exec(String id, OciProcess process, Duration timeout)
            throws InterruptedException {
        Path folder = null;
        try {
            // beside the state, since the process may have secrets in its environment
            folder = Files.createTempDirectory(stateRoot.resolveSibling(".").normalize(), "exec-");
            var spec = Files.write(folder.resolve("process.json"), SpecJson.write(process));
            var pidFile = folder.resolve("pid");
            var log = folder.resolve("log");
            var argv = new ArrayList<>(List.of(installation.executable().toString()));
            argv.addAll(globalArguments());
            argv.addAll(List.of("--log=" + log, "--log-format=json", "exec"));
            argv.addAll(
                    List.of("--pid-file", pidFile.toString(), "--process", spec.toString(), id));
            return new ProbeRun(argv, pidFile, log, timeout).run();
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot write the process of a command for container '" + id + "'", e);
        } finally {
            if (folder != null) {
                ProbeRun.removeFolder(folder);
            }
        }
    }

    /// Only crun leaves a `seccomp.bpf` in its state folder.
    @Override
    public Optional<byte[]> seccompProgram(String id) {
        try {
            var program = Files.readAllBytes(stateRoot.resolve(id).resolve("seccomp.bpf"));
            return program.length == 0 ? Optional.empty() : Optional.of(program);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public void pause(String id) throws InterruptedException {
        call(id, argv("pause", id));
    }

    @Override
    public void resume(String id) throws InterruptedException {
        call(id, argv("resume", id));
    }

    @Override
    public void update(String id, ResourceLimits limits, GroupWords words)
            throws InterruptedException {
        if (installation.options().contains(OciRuntimes.NO_CGROUPS)) {
            return; // there is no control group of ours to change
        }
        var argv = argv("update", "--resources", "-", id);
        var json =
                new String(
                        SpecJson.write(ResourcesSpec.of(limits, words)),
                        java.nio.charset.StandardCharsets.UTF_8);
        check(id, argv, Command.of(argv).withStdin(json).withTimeout(QUICK).attempt());
    }

    /// By whatever way it is called.
    private boolean isCrun() {
        return program().endsWith(OciRuntimes.CRUN);
    }

    /// Both runtimes keep a folder per container by its id; the texts differ by version.
    private boolean isGone(String id, Command.Result result) {
        return RuntimeWords.saysGone(result.stderr()) || !Files.exists(stateRoot.resolve(id));
    }

    private void call(String id, List<String> argv) throws InterruptedException {
        check(id, argv, Command.of(argv).withTimeout(QUICK).attempt());
    }

    private void check(String id, List<String> argv, Command.Result result) {
        if (result.exit() == 0) {
            return;
        }
        var failure =
                CommandFailedException.exited(
                        argv, result.exit(), RuntimeWords.plain(result.stderr()));
        if (isGone(id, result)) {
            throw new ContainerGoneException("container '" + id + "' is not running", failure);
        }
        throw failure;
    }

    private List<String> argv(String... words) {
        var argv = new ArrayList<>(List.of(installation.executable().toString()));
        argv.addAll(globalArguments());
        argv.addAll(List.of(words));
        return argv;
    }
}
