package dev.kelpie.engine;

import dev.kelpie.engine.host.GpgvProgram;
import dev.kelpie.engine.host.HelperPrograms;
import dev.kelpie.engine.secret.Credentials;
import dev.kelpie.engine.secret.SystemdCredentials;
import dev.kelpie.image.registry.RegistrySettings;
import java.time.InstantSource;
import java.util.List;

/// How an engine is opened.
///
/// @param exitCommand argv that conmon runs when a container has ended, the id appended; empty:
///   none
/// @param clock of the wall
/// @param credentials keep the key of the secrets, where the host has some
public record EngineSettings(
        EngineRoot where,
        List<String> exitCommand,
        InstantSource clock,
        RegistrySettings registries,
        Credentials credentials) {

    public EngineSettings {
        exitCommand = List.copyOf(exitCommand);
    }

    /// The system's clock and the usual registry files.
    public static EngineSettings of(EngineRoot where, List<String> exitCommand) {
        return new EngineSettings(
                where,
                exitCommand,
                InstantSource.system(),
                RegistrySettings.from(System.getenv())
                        .withPrograms(new HelperPrograms(), new GpgvProgram()),
                new SystemdCredentials());
    }
}
