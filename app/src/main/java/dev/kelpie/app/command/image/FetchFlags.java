package dev.kelpie.app.command.image;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.spec.Platform;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Flags on which image of several a name stands for, and how often it is asked for.
public final class FetchFlags {
    @Option(names = "--platform", description = "Platform: os/architecture[/variant]")
    String platform = "";

    @Mixin PlatformParts parts = new PlatformParts();
    @Mixin RetryFlags tries = new RetryFlags();

    /// The options with what was given.
    public PullOptions on(PullOptions options) {
        var tried = tries.on(options);
        return platform().map(tried::withPlatform).orElse(tried);
    }

    private Optional<Platform> platform() {
        var other = parts.platform();
        if (platform.isEmpty()) {
            return other;
        }
        if (other.isPresent()) {
            throw FlagException.meaning(
                    "--platform option can not be specified with --arch, --os or --variant");
        }
        try {
            return Optional.of(Platform.parse(platform));
        } catch (IllegalArgumentException e) {
            throw FlagException.meaning(String.valueOf(e.getMessage()));
        }
    }
}
