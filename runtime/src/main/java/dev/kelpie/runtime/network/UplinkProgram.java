package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.Programs;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// The programs that lead from an engine without root into the world, the better first.
public enum UplinkProgram {
    PASTA,
    SLIRP4NETNS;

    /// Says which one; what is called `default_rootless_network_cmd` in Podman's containers.conf.
    public static final String VARIABLE = "KELPIE_ROOTLESS_NETWORK_CMD";

    /// The one that is asked for, else the first that this host has; empty without either.
    ///
    /// @throws NetworkException when one is asked for that is none of these
    public static Optional<UplinkProgram> ofThisHost() {
        return choose(
                Optional.ofNullable(System.getenv(VARIABLE)),
                program -> Programs.find(program.command()).isPresent());
    }

    static Optional<UplinkProgram> choose(
            Optional<String> asked, Predicate<UplinkProgram> isThere) {
        return asked.filter(command -> !command.isEmpty())
                .map(UplinkProgram::named)
                .or(() -> Arrays.stream(values()).filter(isThere).findFirst());
    }

    private static UplinkProgram named(String command) {
        return Arrays.stream(values())
                .filter(one -> one.command().equals(command))
                .findFirst()
                .orElseThrow(() ->
                        new NetworkException(
                                "%s must be 'pasta' or 'slirp4netns', was '%s'"
                                        .formatted(VARIABLE, command)));
    }

    /// Its name; that of the Debian package too, but for pasta's.
    public String command() {
        return name().toLowerCase(Locale.ROOT);
    }
}
