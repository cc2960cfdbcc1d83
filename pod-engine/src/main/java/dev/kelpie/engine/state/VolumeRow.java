package dev.kelpie.engine.state;

import dev.kelpie.engine.spec.VolumeOptions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The intent about one volume; its content is at `ROOT/volumes/NAME/_data`.
///
/// @param owner id of the container it was made for and goes with; empty for a named volume
/// @param play id of the play that made it, until that is committed; empty otherwise
/// @param filled whether the image's content was copied into it (or it needs none)
/// @param options of a volume that was made with any
public record VolumeRow(
        String name,
        Instant created,
        Map<String, String> labels,
        String owner,
        String play,
        boolean filled,
        Optional<VolumeOptions> options) {

    public VolumeRow {
        labels = Map.copyOf(labels);
    }

    /// A volume that nobody said anything of.
    public static VolumeRow plain(String name, Instant created, String owner, String play) {
        return new VolumeRow(name, created, Map.of(), owner, play, false, Optional.empty());
    }

    public VolumeOptions made() {
        return options.orElse(VolumeOptions.NONE);
    }

    public boolean anonymous() {
        return !owner.isEmpty();
    }

    public VolumeRow committed() {
        return new VolumeRow(name, created, labels, owner, "", filled, options);
    }

    public VolumeRow withFilled() {
        return new VolumeRow(name, created, labels, owner, play, true, options);
    }
}
