package dev.kelpie.app.call;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.LogRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags of `logs` and `pod logs`, and showing logs by them.
public final class LogFlags {
    private static final int ID_LENGTH = 12;

    @Option(
            names = {"-f", "--follow"},
            arity = "0..1",
            description = "Go on until the container ends")
    boolean follow;

    @Option(names = "--tail", description = "Only the last so many lines (default all)")
    String tail = "all";

    @Option(names = "--since", description = "Not before this time: RFC 3339, unix seconds, or 10m")
    String since = "";

    @Option(names = "--until", description = "Not after this time")
    String until = "";

    @Option(
            names = {"-t", "--timestamps"},
            arity = "0..1",
            description = "Show when each line was written")
    boolean timestamps;

    @Option(
            names = {"-n", "--names"},
            arity = "0..1",
            description = "Show the container's name before each line")
    boolean names;

    @Option(
            names = "--color",
            arity = "0..1",
            description = "Prefixes in colour (default: on a terminal)")
    @Nullable Boolean color;

    @Option(
            names = {"-p", "--previous"},
            arity = "0..1",
            description = "Of the run before the present one")
    boolean previous;

    /// Shows the logs, those of several in the order of time.
    ///
    /// @param prefixed whether lines tell whose they are also where no flag asks for it
    public void show(Call call, List<LogTarget> targets, boolean prefixed)
            throws InterruptedException {
        var request = request(call);
        var output = new LogOutput(call, timestamps);
        var prefixes = prefixes(call, targets, prefixed);
        var containers = call.engine().containers();
        if (targets.size() == 1) {
            containers.logs(
                    targets.getFirst().id(),
                    request,
                    line -> output.write(0, prefixes.getFirst(), line));
            return;
        }
        var readings =
                targets.stream()
                        .<MergedLogs.Reading>map(
                                target -> sink -> containers.logs(target.id(), request, sink))
                        .toList();
        new MergedLogs()
                .run(readings, (feed, line) -> output.write(feed, prefixes.get(feed), line));
    }

    private List<String> prefixes(Call call, List<LogTarget> targets, boolean prefixed) {
        boolean colored = color == null ? call.stdoutIsTerminal() && (prefixed || names) : color;
        var prefixes = new ArrayList<String>();
        for (var target : targets) {
            var text = prefix(target, prefixed, colored);
            prefixes.add(
                    colored && !text.isEmpty() ? LogOutput.colored(text, prefixes.size()) : text);
        }
        return prefixes;
    }

    /// Podman shows ids; in colour, which is for people, names say more.
    private String prefix(LogTarget target, boolean prefixed, boolean colored) {
        if (names || (prefixed && colored)) {
            return target.name();
        }
        return prefixed ? target.id().substring(0, Math.min(ID_LENGTH, target.id().length())) : "";
    }

    private LogRequest request(Call call) {
        if (follow && previous) {
            throw FlagException.meaning("--follow and --previous cannot be used together");
        }
        return new LogRequest(
                follow,
                previous,
                lines(),
                moment(call, "--since", since),
                moment(call, "--until", until));
    }

    private OptionalInt lines() {
        if (tail.equals("all") || tail.equals("-1")) {
            return OptionalInt.empty();
        }
        if (!tail.matches("\\d{1,9}")) {
            throw FlagException.syntax(
                    "invalid argument \"" + tail + "\" for \"--tail\" flag: not a number");
        }
        return OptionalInt.of(Integer.parseInt(tail));
    }

    private static Optional<java.time.Instant> moment(Call call, String flag, String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Times.moment(flag, text, call.now()));
    }
}
