package dev.kelpie.engine.report;

import java.util.Arrays;
import java.util.Optional;

/// What became of one of several things that were asked for at once.
///
/// @param asked the name or id as the user wrote it
/// @param id the full id; empty when nothing was found
/// @param failure empty when it was done
public record Outcome(String asked, String id, Optional<RuntimeException> failure) {
    public static Outcome done(String asked, String id) {
        return new Outcome(asked, id, Optional.empty());
    }

    public static Outcome failed(String asked, String id, RuntimeException failure) {
        return new Outcome(asked, id, Optional.of(failure));
    }

    /// Whether it failed for one of these reasons.
    public boolean failedAs(Class<?>... kinds) {
        return failure.filter(why -> Arrays.stream(kinds).anyMatch(kind -> kind.isInstance(why)))
                .isPresent();
    }
}
