package dev.kelpie.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// One run of a helper program of the host: small input, small output, a deadline.
///
/// Output goes to files, not pipes, and is read when the program has exited: a daemon it leaves
/// behind may keep its output open for ever. The environment is small and fixed: PATH, HOME,
/// XDG_RUNTIME_DIR and LC_ALL=C, so output can be parsed.
public final class Command {

    /// What a program gave back.
    public record Result(int exit, String stdout, String stderr) {}

    private static final long MOST_OUTPUT = 16L << 20;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    private final List<String> argv;
    private final byte[] stdin;
    private final Duration timeout;
    private final Map<String, String> environment;

    private Command(List<String> argv, byte[] stdin, Duration timeout, Map<String, String> more) {
        this.argv = List.copyOf(argv);
        this.stdin = stdin;
        this.timeout = timeout;
        this.environment = Map.copyOf(more);
    }

    /// A command with empty input and a deadline of a minute; a program without a slash is searched
    /// by `Programs`.
    public static Command of(List<String> argv) {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("no program given");
        }
        return new Command(argv, new byte[0], USUAL_TIMEOUT, Map.of());
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
        return new Command(argv, text.getBytes(StandardCharsets.UTF_8), timeout, environment);
    }

    public Command withTimeout(Duration longest) {
        return new Command(argv, stdin, longest, environment);
    }

    public Command withEnvironment(String name, String value) {
        var more = new TreeMap<>(environment);
        more.put(name, value);
        return new Command(argv, stdin, timeout, more);
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
        var files = new ArrayList<Path>();
        try {
            files.add(Files.createTempFile("kelpie", ".in"));
            files.add(Files.createTempFile("kelpie", ".out"));
            files.add(Files.createTempFile("kelpie", ".err"));
            return attempt(files.get(0), files.get(1), files.get(2));
        } catch (IOException e) {
            throw CommandFailedException.notStarted(argv, e);
        } finally {
            files.forEach(Command::deleteQuietly);
        }
    }

    private Result attempt(Path in, Path out, Path err) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(resolved())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        if (stdin.length == 0) {
            builder.redirectInput(Path.of("/dev/null").toFile());
        } else {
            Files.write(in, stdin);
            builder.redirectInput(in.toFile());
        }
        builder.environment().clear();
        builder.environment().putAll(smallEnvironment());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            await(process, out, err);
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            process.destroyForcibly();
        }
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

    private void await(Process process, Path out, Path err)
            throws IOException, InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            var left = deadline - System.nanoTime();
            if (process.waitFor(Math.clamp(left, 0, 200_000_000L), TimeUnit.NANOSECONDS)) {
                return;
            }
            if (left <= 0) {
                throw CommandFailedException.stopped(
                        argv, "did not end within " + timeout, text(err));
            }
            if (Files.size(out) > MOST_OUTPUT || Files.size(err) > MOST_OUTPUT) {
                throw CommandFailedException.stopped(argv, "wrote more than 16 MiB", "");
            }
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

    private static String text(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            return new String(input.readNBytes((int) MOST_OUTPUT), StandardCharsets.UTF_8);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
