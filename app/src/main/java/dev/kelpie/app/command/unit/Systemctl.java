package dev.kelpie.app.command.unit;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// systemd, asked by its command.
final class Systemctl {
    /// Units wait for what they say themselves; this is only for one that never ends.
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private Systemctl() {}

    /// Restarts a unit and waits until it is ready; throws when it does not become so.
    static void restart(String unit) throws InterruptedException {
        var words = new ArrayList<>(List.of("systemctl"));
        if (!UserNamespace.isInitial()) {
            words.add("--user");
        }
        words.addAll(List.of("restart", "--", unit));
        Command.of(words).withTimeout(LONGEST).run();
    }
}
