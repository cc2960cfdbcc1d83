package dev.kelpie.image.spec;

import java.util.Optional;

/// The machine an image is for, in Go's words: `linux/arm64/v8` (image-index.md, "platform").
public record Platform(String os, String architecture, Optional<String> variant) {

    /// From `os/architecture[/variant]`.
    public static Platform parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("not a platform like linux/amd64: '" + text + "'");
        }
        return new Platform(
                parts[0], parts[1], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
    }

    /// Of the machine this runs on.
    public static Platform host() {
        return of(System.getProperty("os.arch", "amd64"));
    }

    static Platform of(String jvmArchitecture) {
        return switch (jvmArchitecture) {
            case "x86_64", "amd64" -> new Platform("linux", "amd64", Optional.empty());
            case "aarch64" -> new Platform("linux", "arm64", Optional.of("v8"));
            case "arm" -> new Platform("linux", "arm", Optional.of("v7"));
            default -> new Platform("linux", jvmArchitecture, Optional.empty());
        };
    }

    /// Whether an image for `offered` runs on this machine: same system and architecture, and a
    /// variant that is the same or left open by either side.
    public boolean accepts(Platform offered) {
        return os.equals(offered.os)
                && architecture.equals(offered.architecture)
                && (variant.isEmpty()
                        || offered.variant.isEmpty()
                        || variant.equals(offered.variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
