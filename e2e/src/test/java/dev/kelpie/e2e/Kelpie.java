package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The `kelpie` command on one engine of its own below a directory of its own.
final class Kelpie {
    /// The commands that print ids of pods and containers.
    private static final Set<String> MAKERS = Set.of("kube", "run", "create", "ps", "pod");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Path root;
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> idsSeen = new LinkedHashSet<>();

    Kelpie(Path directory) {
        this(directory, directory.resolve("root"));
    }

    /// An engine whose images and state lie in `root`, maybe on a file system of its own.
    Kelpie(Path directory, Path root) {
        this.directory = directory;
        this.root = root;
        environment.put("KELPIE_SETUP", "no");
        try {
            Files.createDirectories(root);
            Files.createDirectories(runroot());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The command under test; `-Dkelpie.bin` may name another one, with arguments.
    static List<String> program() {
        var named = System.getProperty("kelpie.bin");
        return named == null
                ? List.of(Host.checkout().resolve("kelpie").toString())
                : List.of(named.trim().split("\\s+"));
    }

    /// Where files of the test belong.
    Path directory() {
        return directory;
    }

    Path root() {
        return root;
    }

    Path runroot() {
        return directory.resolve("run");
    }

    /// Sets a variable for all later commands, and for the service that they start.
    Kelpie with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Kelpie without(String variable) {
        environment.remove(variable);
        return this;
    }

    /// The ids that `run` and `play` printed.
    Set<String> idsSeen() {
        return idsSeen;
    }

    /// The whole command line for these words.
    List<String> command(String... words) {
        var command = new ArrayList<>(program());
        command.addAll(List.of("--root", root.toString(), "--runroot", runroot().toString()));
        command.addAll(List.of(words));
        return command;
    }

    /// Starts the command and leaves it running.
    Running start(String... words) {
        return Running.start(directory, environment, command(words));
    }

    /// Runs the command without input, in the test's own directory.
    Result run(String... words) {
        return runIn(directory, words);
    }

    Result runIn(Path workingDirectory, String... words) {
        var result =
                Running.start(workingDirectory, environment, command(words)).closeInput().await();
        if (MAKERS.contains(words[0])) {
            result.lines().stream().filter(Kelpie::isId).forEach(idsSeen::add);
        }
        return result;
    }

    Result runWithInput(String input, String... words) {
        return start(words).write(input).closeInput().await();
    }

    /// Runs the command on a terminal of its own, 33 rows of 111 columns, typing `input`; stdout
    /// has all that it showed. The terminal stays until the command ends.
    Result runOnTerminal(String input, String... words) {
        return startOnTerminal(words).write(input).await();
    }

    /// The same, left running; the file `tty` in the test's directory names the terminal.
    Running startOnTerminal(String... words) {
        var line = new StringBuilder("tty >tty; stty rows 33 cols 111; ");
        for (var word : command(words)) {
            line.append('\'').append(word.replace("'", "'\\''")).append("' ");
        }
        return onTerminal(environment, line.toString());
    }

    /// Starts a shell on a terminal; `bin` comes first on its path.
    Running startShell(Path bin, String shell) {
        var with = new HashMap<>(environment);
        with.put("PATH", bin + ":" + System.getenv("PATH"));
        with.put("TERM", "xterm");
        return onTerminal(with, "stty rows 33 cols 111; " + shell);
    }

    private Running onTerminal(Map<String, String> variables, String line) {
        var script = List.of("script", "-q", "-e", "-c", line, "/dev/null");
        return Running.start(directory, variables, script);
    }

    /// Runs a command that must succeed and returns its output without blanks around it.
    String ok(String... words) {
        return run(words).expect(0).text();
    }

    /// Runs a command that must fail with this exit status and returns what it says on stderr.
    String fails(int exitCode, String... words) {
        var result = run(words).expect(exitCode);
        assertThat(result.stderr()).as("message of %s", result).isNotBlank();
        assertThat(result.stderr()).as("no stack trace").doesNotContain("\tat ", "Exception:");
        return result.stderr();
    }

    /// Plays a manifest given as text and returns the output.
    String play(String yaml, String... flags) {
        var words = new ArrayList<>(List.of("kube", "play"));
        words.addAll(List.of(flags));
        words.add(manifest(yaml).toString());
        return ok(words.toArray(String[]::new));
    }

    /// Plays a manifest that must be refused, and returns the message.
    String playFails(String yaml, String... flags) {
        var words = new ArrayList<>(List.of("kube", "play"));
        words.addAll(List.of(flags));
        words.add(manifest(yaml).toString());
        return fails(125, words.toArray(String[]::new));
    }

    /// Writes a manifest into the test's directory.
    Path manifest(String yaml) {
        return Host.write(directory.resolve("pod.yaml"), yaml);
    }

    JsonNode json(String... words) {
        var text = ok(words);
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /// The first object that `inspect` shows for a container.
    JsonNode inspect(String container) {
        return json("container", "inspect", container).get(0);
    }

    String state(String container) {
        return inspect(container).at("/State/Status").asText();
    }

    long pid(String container) {
        return inspect(container).at("/State/Pid").asLong();
    }

    /// Waits until a container's state is this one.
    void awaitState(String container, String wanted) {
        Await.until(
                () -> container + " to be " + wanted + ", is " + run("inspect", container),
                () -> state(container).equals(wanted));
    }

    /// Waits until the logs of a container hold this text.
    void awaitLog(String container, String wanted) {
        Await.until(
                () -> "'" + wanted + "' in the logs of " + container + ": " + log(container),
                () -> log(container).contains(wanted));
    }

    String log(String container) {
        return ok("logs", container);
    }

    /// Removes all pods and containers, running or not.
    void removeAll() {
        run("pod", "ps", "-q", "--no-trunc");
        run("ps", "-a", "-q", "--no-trunc");
        run("pod", "rm", "--force", "--all", "--time", "0").expect(0);
        run("rm", "--force", "--all", "--time", "0").expect(0);
    }

    /// Whether limits of memory and CPU can be set: not for every user of every host.
    boolean holdsLimits() {
        return !isKelpie() || !ok("info", "--format", "{{.host.cgroupVersion}}").equals("none");
    }

    /// The process of the service; 0 when none was ever started.
    long servicePid() {
        var file = runroot().resolve("service.pid");
        return Files.exists(file) ? Long.parseLong(Host.read(file).strip()) : 0;
    }

    /// Tells the service to leave and waits until it has.
    void stopService() {
        var pid = servicePid();
        ok("system", "service", "--stop");
        awaitEndOf(pid);
    }

    /// Ends the service on the spot.
    void killService() {
        var pid = servicePid();
        Host.run("kill", "-9", Long.toString(pid));
        awaitEndOf(pid);
    }

    void awaitEndOf(long pid) {
        Await.until(
                "the service to be gone", () -> !Files.exists(Path.of("/proc/" + pid)) || pid == 0);
    }

    static boolean isKelpie() {
        return !String.join(" ", program()).contains("podman");
    }

    private static boolean isId(String line) {
        return line.length() == 64 && line.matches("[0-9a-f]{64}");
    }
}
