package dev.kelpie.engine.secret;

import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// systemd-creds(1): bound to the host's own key and, where there is one, to its TPM. Used where
/// systemd runs the host, since elsewhere nobody keeps the host's key.
public final class SystemdCredentials implements Credentials {

    private static final String PROGRAM = "systemd-creds";
    private static final String NAME = "--name=kelpie-secrets";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Path booted;

    public SystemdCredentials() {
        this(Path.of("/run/systemd/system"));
    }

    /// @param booted a directory that exists where systemd runs, see sd_booted(3)
    SystemdCredentials(Path booted) {
        this.booted = booted;
    }

    @Override
    public Optional<String> seal(String text) throws InterruptedException {
        if (Programs.find(PROGRAM).isEmpty() || !Files.isDirectory(booted)) {
            return Optional.empty();
        }
        try {
            var sealed = run("encrypt", text);
            return run("decrypt", sealed).equals(text) ? Optional.of(sealed) : Optional.empty();
        } catch (HostException e) {
            System.getLogger(SystemdCredentials.class.getName())
                    .log(System.Logger.Level.DEBUG, "systemd-creds does not work here", e);
            return Optional.empty();
        }
    }

    @Override
    public String unseal(String sealed) throws InterruptedException {
        if (Programs.find(PROGRAM).isEmpty()) {
            throw new SecretException("program 'systemd-creds', which made it, is not there");
        }
        try {
            return run("decrypt", sealed);
        } catch (HostException e) {
            throw new SecretException(String.valueOf(e.getMessage()), e);
        }
    }

    /// By way of its input and output, so that nothing stands in a command line or a file.
    private static String run(String verb, String input) throws InterruptedException {
        return Command.run(List.of(PROGRAM, verb, NAME, "-", "-"), input, LONGEST).stdout().strip();
    }
}
