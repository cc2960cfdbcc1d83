package dev.kelpie.engine.sandbox;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Optional;

/// The processes of a container that the OCI runtime has made: facts of this boot.
///
/// @param started empty while its command has not been let go
public record RunFacts(ProcessIdentity init, ProcessIdentity conmon, Optional<Instant> started) {

    public RunFacts startedAt(Instant time) {
        return new RunFacts(init, conmon, Optional.of(time));
    }

    String toText() {
        return "init="
                + init
                + "\nconmon="
                + conmon
                + "\n"
                + started.map(time -> "started=" + time + "\n").orElse("");
    }

    /// Empty when the text is not whole: then it was never written to its end.
    static Optional<RunFacts> parse(String text) {
        var fields = new HashMap<String, String>();
        for (var line : text.lines().toList()) {
            var equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        var init = ProcessIdentity.parse(fields.getOrDefault("init", ""));
        var conmon = ProcessIdentity.parse(fields.getOrDefault("conmon", ""));
        var started = Optional.ofNullable(fields.get("started")).flatMap(RunFacts::instant);
        return init.isPresent() && conmon.isPresent()
                ? Optional.of(new RunFacts(init.get(), conmon.get(), started))
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
