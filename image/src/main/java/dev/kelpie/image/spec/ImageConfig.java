package dev.kelpie.image.spec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An image's configuration: what to run and which layers it is made of (image-spec, config.md).
///
/// @param healthCheck Docker's `Healthcheck`
/// @param onBuild instructions for builds that start from the image, Docker's `OnBuild`
public record ImageConfig(
        Platform platform,
        Optional<Instant> created,
        Optional<String> author,
        ContainerConfig config,
        List<Digest> diffIds,
        List<History> history,
        Optional<HealthCheck> healthCheck,
        List<String> onBuild) {

    public ImageConfig {
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
        onBuild = List.copyOf(onBuild);
    }

    /// Without what only Docker's configurations have.
    public ImageConfig(
            Platform platform,
            Optional<Instant> created,
            Optional<String> author,
            ContainerConfig config,
            List<Digest> diffIds,
            List<History> history) {
        this(platform, created, author, config, diffIds, history, Optional.empty(), List.of());
    }

    /// Names of the layer stacks, lowest first: the first is the lowest layer's diffID, each next
    /// one the digest of `PREVIOUS DIFFID` (config.md, "Layer ChainID").
    public List<Digest> chainIds() {
        return chainIds(diffIds);
    }

    public static List<Digest> chainIds(List<Digest> diffIds) {
        var chain = new ArrayList<Digest>(diffIds.size());
        for (var diffId : diffIds) {
            chain.add(
                    chain.isEmpty()
                            ? diffId
                            : Digest.of(
                                    (chain.getLast() + " " + diffId)
                                            .getBytes(StandardCharsets.UTF_8)));
        }
        return List.copyOf(chain);
    }
}
