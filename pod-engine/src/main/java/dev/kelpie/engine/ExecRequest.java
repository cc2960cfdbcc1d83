package dev.kelpie.engine;

import dev.kelpie.engine.spec.EnvVar;
import java.util.List;
import java.util.Optional;

/// A further process in a running container.
///
/// @param env on top of the container's
/// @param user `user[:group]`; empty: the container's
/// @param workingDir empty: the container's
public record ExecRequest(
        List<String> command,
        List<EnvVar> env,
        Optional<String> user,
        Optional<String> workingDir,
        boolean terminal,
        boolean stdin,
        boolean privileged) {

    public ExecRequest {
        command = List.copyOf(command);
        env = List.copyOf(env);
        if (command.isEmpty()) {
            throw new IllegalArgumentException(
                    "must provide a non-empty command to start an exec session");
        }
    }

    public static ExecRequest of(String... command) {
        return new ExecRequest(
                List.of(command),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false);
    }
}
