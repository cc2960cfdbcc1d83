package dev.kelpie.app.call;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.LogRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

    @Option(names = "--color", arity = "0..1", hidden = true)
    boolean color;

    /// Shows the logs: one after the other, or followed all at once.
    public void show(Call call, List<LogTarget> targets, boolean prefixed)
            throws InterruptedException {
        var request = request(call);
        if (!follow || targets.size() == 1) {
            for (var target : targets) {
                var output = new LogOutput(call, timestamps, prefix(target, prefixed));
                call.engine().containers().logs(target.id(), request, output::write);
            }
            return;
        }
        var followers = new ArrayList<Thread>();
        var failures = new ArrayList<RuntimeException>();
        for (var target : targets) {
            followers.add(Thread.ofVirtual().start(() -> follow(call, target, prefixed, failures)));
        }
        try {
            for (var follower : followers) {
                follower.join();
            }
        } finally {
            followers.forEach(Thread::interrupt);
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void follow(
            Call call, LogTarget target, boolean prefixed, List<RuntimeException> failures) {
        try {
            var output = new LogOutput(call, timestamps, prefix(target, prefixed));
            call.engine().containers().logs(target.id(), request(call), output::write);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            synchronized (failures) {
                failures.add(e);
            }
        }
    }

    private String prefix(LogTarget target, boolean prefixed) {
        if (names) {
            return target.name();
        }
        return prefixed ? target.id().substring(0, Math.min(ID_LENGTH, target.id().length())) : "";
    }

    private LogRequest request(Call call) {
        return new LogRequest(
                follow, lines(), moment(call, "--since", since), moment(call, "--until", until));
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
