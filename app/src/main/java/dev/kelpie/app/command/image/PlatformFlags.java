package dev.kelpie.app.command.image;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.spec.Platform;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on which image of an index is meant; what is not said is this machine's.
final class PlatformFlags {
    @Option(names = "--platform", description = "Platform: os/architecture[/variant]")
    String platform = "";

    @Option(names = "--arch", description = "Architecture instead of this machine's")
    String architecture = "";

    @Option(names = "--os", description = "Operating system instead of this machine's")
    String os = "";

    @Option(names = "--variant", description = "Variant of the architecture")
    String variant = "";

    PullOptions on(PullOptions options) {
        var parts = !architecture.isEmpty() || !os.isEmpty() || !variant.isEmpty();
        if (!platform.isEmpty()) {
            if (parts) {
                throw FlagException.meaning(
                        "--platform option can not be specified with --arch or --os");
            }
            return options.withPlatform(Platform.parse(platform));
        }
        if (!parts) {
            return options;
        }
        var host = Platform.host();
        var same = architecture.isEmpty() || architecture.equals(host.architecture());
        return options.withPlatform(
                new Platform(
                        os.isEmpty() ? host.os() : os,
                        architecture.isEmpty() ? host.architecture() : architecture,
                        !variant.isEmpty()
                                ? Optional.of(variant)
                                : same ? host.variant() : Optional.empty()));
    }
}
