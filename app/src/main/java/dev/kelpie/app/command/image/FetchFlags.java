package dev.kelpie.app.command.image;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.spec.Platform;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on which image of several a name stands for, and how often it is asked for.
public final class FetchFlags {
    @Option(names = "--platform", description = "Platform: os/architecture[/variant]")
    String platform = "";

    @Option(names = "--arch", description = "Architecture instead of the host's")
    String arch = "";

    @Option(names = "--os", description = "Operating system instead of the host's")
    String os = "";

    @Option(names = "--variant", description = "Variant of the architecture")
    String variant = "";

    @Option(names = "--retry", description = "Attempts after the first")
    int retry = -1;

    @Option(
            names = "--retry-delay",
            description = "Time between attempts: 5s (default: one that grows)")
    String retryDelay = "";

    /// The options with what was given.
    public PullOptions on(PullOptions options) {
        if (retry < -1) {
            throw FlagException.meaning("--retry must not be negative, was \"" + retry + "\"");
        }
        var often = retry >= 0 ? options.withRetries(retry) : options;
        var tried =
                retryDelay.isEmpty()
                        ? often
                        : often.withPause(Times.span("--retry-delay", retryDelay));
        return platform().map(tried::withPlatform).orElse(tried);
    }

    private Optional<Platform> platform() {
        if (!platform.isEmpty()) {
            if (!arch.isEmpty() || !os.isEmpty() || !variant.isEmpty()) {
                throw FlagException.meaning(
                        "--platform option can not be specified with --arch, --os or --variant");
            }
            try {
                return Optional.of(Platform.parse(platform));
            } catch (IllegalArgumentException e) {
                throw FlagException.meaning(String.valueOf(e.getMessage()));
            }
        }
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
