package dev.kelpie.app.call;

import dev.kelpie.app.session.StandardStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Asks before something is lost.
public final class Question {
    private Question() {}

    /// Whether the user, told this, says yes; without a terminal nobody does.
    public static boolean confirmed(Call call, String warning) {
        call.line(warning);
        call.print("Are you sure you want to continue? [y/N] ");
        if (!call.session().isTerminal(StandardStream.STDIN)) {
            call.line("");
            return false;
        }
        try {
            int answer = call.session().stdin().read();
            return answer == 'y' || answer == 'Y';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
