package dev.kelpie.engine.sandbox;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Optional;

/// The processes of a container that runs or waits to be let go: facts of this boot.
///
/// @param conmon empty for a pause process, which only has to be there
/// @param started empty while its command has not been let go
public record RunFacts(
        ProcessIdentity init, Optional<ProcessIdentity> conmon, Optional<Instant> started) {

    /// Those of a container that the OCI runtime has made.
    public static RunFacts made(ProcessIdentity init, ProcessIdentity conmon) {
        return new RunFacts(init, Optional.of(conmon), Optional.empty());
    }

    public static RunFacts pause(ProcessIdentity process) {
        return new RunFacts(process, Optional.empty(), Optional.empty());
    }

    /// Whether nobody keeps its exit code, and no OCI runtime knows it.
    public boolean isPause() {
        return conmon.isEmpty();
    }

    /// The process whose end is the end of all that will be known.
    public ProcessIdentity keeper() {
        return conmon.orElse(init);
    }

    public RunFacts startedAt(Instant time) {
        return new RunFacts(init, conmon, Optional.of(time));
    }

    String toText() {
        return "init="
                + init
                + "\n"
                + conmon.map(process -> "conmon=" + process).orElse("pause")
                + "\n"
                + started.map(time -> "started=" + time + "\n").orElse("");
    }

    /// Empty when the text is not whole: then it was never written to its end.
    static Optional<RunFacts> parse(String text) {
        var fields = new HashMap<String, String>();
        for (var line : text.lines().toList()) {
            var equals = line.indexOf('=');
            fields.put(equals < 0 ? line : line.substring(0, equals), line.substring(equals + 1));
        }
        var init = ProcessIdentity.parse(fields.getOrDefault("init", ""));
        var conmon = ProcessIdentity.parse(fields.getOrDefault("conmon", ""));
        var started = Optional.ofNullable(fields.get("started")).flatMap(RunFacts::instant);
        return init.isPresent() && (conmon.isPresent() || fields.containsKey("pause"))
                ? Optional.of(new RunFacts(init.get(), conmon, started))
                : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
