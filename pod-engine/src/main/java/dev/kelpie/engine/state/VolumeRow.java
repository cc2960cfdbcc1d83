package dev.kelpie.engine.state;

import java.time.Instant;
import java.util.Map;

/// The intent about one volume; its content is at `ROOT/volumes/NAME/_data`.
///
/// @param owner id of the container it was made for and goes with; empty for a named volume
/// @param play id of the play that made it, until that is committed; empty otherwise
/// @param filled whether the image's content was copied into it (or it needs none)
public record VolumeRow(
        String name,
        Instant created,
        Map<String, String> labels,
        String owner,
        String play,
        boolean filled) {

    public VolumeRow {
        labels = Map.copyOf(labels);
    }

    public boolean anonymous() {
        return !owner.isEmpty();
    }

    public VolumeRow committed() {
        return new VolumeRow(name, created, labels, owner, "", filled);
    }

    public VolumeRow withFilled() {
        return new VolumeRow(name, created, labels, owner, play, true);
    }
}
