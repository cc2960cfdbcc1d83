package dev.kelpie.app.command.image;

import dev.kelpie.image.spec.Platform;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on a platform part by part; what they leave open is the host's.
public final class PlatformParts {
    @Option(names = "--arch", description = "Architecture instead of the host's")
    String arch = "";

    @Option(names = "--os", description = "Operating system instead of the host's")
    String os = "";

    @Option(names = "--variant", description = "Variant of the architecture")
    String variant = "";

    /// Empty when none was given.
    Optional<Platform> platform() {
        if (arch.isEmpty() && os.isEmpty() && variant.isEmpty()) {
            return Optional.empty();
        }
        var host = Platform.host();
        return Optional.of(
                new Platform(
                        os.isEmpty() ? host.os() : os,
                        arch.isEmpty() ? host.architecture() : arch,
                        variant(host)));
    }

    /// The host's own goes with the host's architecture only.
    private Optional<String> variant(Platform host) {
        if (!variant.isEmpty()) {
            return Optional.of(variant);
        }
        var same = arch.isEmpty() || arch.equals(host.architecture());
        return same ? host.variant() : Optional.empty();
    }
}
