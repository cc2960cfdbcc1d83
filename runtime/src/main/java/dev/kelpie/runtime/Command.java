package dev.kelpie.runtime;

import dev.kelpie.runtime.kernel.ChildProcess;
import dev.kelpie.runtime.kernel.Fd;
import dev.kelpie.runtime.kernel.MemoryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One run of a helper program of the host: small input, small output, a deadline.
///
/// Output goes to files in memory, not pipes, and is read when the program has exited: a daemon it
/// leaves behind may keep its output open for ever. The environment is small and fixed unless said
/// otherwise: PATH, HOME, XDG_RUNTIME_DIR and LC_ALL=C, so output can be parsed.
public final class Command {

    /// What a program gave back.
    public record Result(int exit, String stdout, String stderr) {}

    private static final int MOST_OUTPUT = 16 << 20;
    private static final long LOOK_NANOS = 200_000_000;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    private final List<String> argv;
    private final byte[] stdin;
    private final Duration timeout;
    private final Map<String, String> environment;
    private final Path directory;

    private Command(
            List<String> argv,
            byte[] stdin,
            Duration timeout,
            Map<String, String> environment,
            Path directory) {
        this.argv = List.copyOf(argv);
        this.stdin = stdin;
        this.timeout = timeout;
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    /// A command with empty input and a deadline of a minute; a program without a slash is searched
    /// by `Programs`.
    public static Command of(List<String> argv) {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("no program given");
        }
        return new Command(argv, new byte[0], USUAL_TIMEOUT, smallEnvironment(), Path.of("/"));
    }

    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    /// Runs `argv` with `stdin` as its whole input; throws `CommandFailedException` if it fails or
    /// outlasts `timeout`.
    public static Result run(List<String> argv, String stdin, Duration timeout)
            throws InterruptedException {
        return of(argv).withStdin(stdin).withTimeout(timeout).run();
    }

    public Command withStdin(String text) {
        return new Command(
                argv, text.getBytes(StandardCharsets.UTF_8), timeout, environment, directory);
    }

    public Command withTimeout(Duration longest) {
        return new Command(argv, stdin, longest, environment, directory);
    }

    public Command withEnvironment(String name, String value) {
        var more = new TreeMap<>(environment);
        more.put(name, value);
        return new Command(argv, stdin, timeout, more, directory);
    }

    /// The same with this environment alone, in place of the small one.
    public Command withWholeEnvironment(Map<String, String> whole) {
        return new Command(argv, stdin, timeout, whole, directory);
    }

    /// The same in another directory than the host's root.
    public Command in(Path other) {
        return new Command(argv, stdin, timeout, environment, other);
    }

    /// Runs it; any exit code but 0 is a `CommandFailedException`.
    public Result run() throws InterruptedException {
        var result = attempt();
        if (result.exit() != 0) {
            throw CommandFailedException.exited(argv, result.exit(), result.stderr());
        }
        return result;
    }

    /// Runs it and gives back whatever exit code came; only not starting, or not ending in time, is
    /// an exception.
    public Result attempt() throws InterruptedException {
        try (var in = input();
                var out = MemoryFile.create("out");
                var err = MemoryFile.create("err")) {
            var child =
                    ChildProcess.start(
                            resolved(), environment, directory, List.of(in, out.fd(), err.fd()));
            return new Result(await(child, out, err), text(out), text(err));
        } catch (IOException e) {
            throw CommandFailedException.notStarted(argv, e);
        }
    }

    private Fd input() {
        return stdin.length == 0 ? Fd.devNull() : MemoryFile.holding("in", stdin).fd();
    }

    private List<String> resolved() {
        var program = argv.getFirst();
        if (program.contains("/")) {
            return argv;
        }
        var whole = new ArrayList<>(argv);
        whole.set(0, Programs.find(program).map(Path::toString).orElse(program));
        return whole;
    }

    private int await(ChildProcess child, MemoryFile out, MemoryFile err)
            throws IOException, InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                var left = deadline - System.nanoTime();
                var exit = child.await(Duration.ofNanos(Math.clamp(left, 0, LOOK_NANOS)));
                if (exit.isPresent()) {
                    return exit.getAsInt();
                }
                if (left <= 0) {
                    throw CommandFailedException.stopped(
                            argv, "did not end within " + timeout, text(err));
                }
                if (out.size() > MOST_OUTPUT || err.size() > MOST_OUTPUT) {
                    throw CommandFailedException.stopped(argv, "wrote more than 16 MiB", "");
                }
            }
        } finally {
            child.kill();
        }
    }

    /// The environment every helper of the host gets; never what a service manager or desktop left
    /// in ours.
    public static Map<String, String> smallEnvironment() {
        var small = new TreeMap<String, String>();
        small.put("PATH", Programs.searchPath());
        small.put("LC_ALL", "C");
        for (var name : List.of("HOME", "XDG_RUNTIME_DIR")) {
            var value = System.getenv(name);
            if (value != null) {
                small.put(name, value);
            }
        }
        return small;
    }

    private static String text(MemoryFile file) throws IOException {
        return file.text(MOST_OUTPUT);
    }
}
