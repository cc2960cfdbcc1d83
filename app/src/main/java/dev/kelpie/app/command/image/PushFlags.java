package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.registry.Access;
import dev.kelpie.image.registry.Compression;
import dev.kelpie.image.registry.ManifestFormat;
import dev.kelpie.image.registry.PushOptions;
import dev.kelpie.image.spec.Digest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Flags on the form in which something is pushed.
public final class PushFlags {
    @Option(names = "--compression-format", description = "Of the layers: gzip or zstd")
    String compression = "";

    @Option(names = "--compression-level", description = "gzip: 1-9, zstd: 1-22")
    int level = -1;

    @Option(
            names = "--force-compression",
            arity = "0..1",
            description = "Compress anew what is compressed otherwise (always so)")
    boolean force;

    @Option(names = "--digestfile", description = "Write the digest of what was pushed to a file")
    String digestFile = "";

    @Option(names = "--format", description = "Of the manifest: oci or v2s2 (default: as it is)")
    String format = "";

    @Option(names = "--remove-signatures", arity = "0..1", hidden = true)
    boolean removeSignatures;

    @Mixin RetryFlags tries = new RetryFlags();

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show no progress")
    boolean quiet;

    public boolean quiet() {
        return quiet;
    }

    /// What to push, and how to get there.
    public PushOptions options(Access access) {
        var options = PushOptions.DEFAULT.withAccess(tries.on(access));
        if (!format.isEmpty()) {
            options =
                    options.withFormat(
                            ManifestFormat.parse(format)
                                    .orElseThrow(() ->
                                            FlagException.meaning(
                                                    "unknown format \"%s\": use oci or v2s2"
                                                            .formatted(format))));
        }
        if (!compression.isEmpty()) {
            options = options.withCompression(compression());
        }
        return level < 0 ? options : options.withLevel(level);
    }

    private Compression compression() {
        return Compression.parse(compression)
                .filter(found -> found != Compression.NONE)
                .orElseThrow(() ->
                        FlagException.meaning(
                                "unsupported compression \"%s\": use gzip or zstd"
                                        .formatted(compression)));
    }

    /// Writes down the digest that came out, where that is asked for.
    public void pushed(Call call, Digest digest) {
        if (!digestFile.isEmpty()) {
            call.write(digestFile, digest.toString(), 0644);
        }
    }
}
