package dev.kelpie.engine.host;

import dev.kelpie.image.registry.CredentialHelpers;
import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.HostException;
import java.time.Duration;
import java.util.List;

/// The host's credential helpers: no shell, a small environment, half a minute.
public final class HelperPrograms implements CredentialHelpers {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Override
    public Answer ask(String program, String word, String input) throws InterruptedException {
        try {
            var result =
                    Command.of(List.of(program, word))
                            .withStdin(input)
                            .withTimeout(LONGEST)
                            .attempt();
            return new Answer(result.exit(), result.stdout(), result.stderr());
        } catch (HostException e) {
            return new Answer(127, "", String.valueOf(e.getMessage()));
        }
    }
}
