package dev.kelpie.app.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/// What this Kelpie is, the same on the command line and over REST.
///
/// @param version of Kelpie
/// @param built when, UTC; the epoch when unknown
/// @param commit of the sources, empty when unknown
public record Version(String version, Instant built, String commit) {
    /// The Docker API that is served, as Podman 5 and 6 advertise it.
    public static final String API = "1.44";

    /// The oldest Docker API that is understood.
    public static final String MIN_API = "1.24";

    /// The libpod API that is served: the version of Podman whose behaviour we follow.
    public static final String LIBPOD_API = "6.0.0";

    /// The oldest libpod API that is understood.
    public static final String MIN_LIBPOD_API = "4.0.0";

    /// Reads what the build has left in the class path.
    public static Version read() {
        var properties = new Properties();
        try (var in = Version.class.getResourceAsStream("/kelpie-version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read kelpie-version.properties", e);
        }
        return new Version(
                properties.getProperty("version", "unknown"),
                Instant.parse(properties.getProperty("built", "1970-01-01T00:00:00Z")),
                properties.getProperty("commit", ""));
    }

    /// `linux/amd64` and the like, in Go's words.
    public static String platform() {
        return "linux/" + architecture();
    }

    /// Go's name of this machine's architecture.
    public static String architecture() {
        var name = System.getProperty("os.arch", "");
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
