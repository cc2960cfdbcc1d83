package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.sandbox.VolumeContents;
import dev.kelpie.engine.spec.VolumeSpec;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.VolumeRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The volumes that a play's claims are; one that is there is used as it is.
final class PlayedVolumes {
    private PlayedVolumes() {}

    static void enter(Core core, Change change, List<VolumeSpec> volumes, String play) {
        for (var volume : volumes) {
            if (!change.now().volumes().containsKey(volume.name())) {
                change.put(
                        new VolumeRow(
                                volume.name(),
                                core.clock.instant(),
                                volume.labels(),
                                "",
                                play,
                                !volume.options().copies(),
                                Optional.of(volume.options())));
            }
        }
    }

    static void make(Core core, List<VolumeSpec> volumes) {
        var contents = new VolumeContents(core.files, core.store);
        for (var volume : volumes) {
            try {
                contents.make(volume.name());
            } catch (IOException e) {
                throw new EngineIoException("cannot make volume '" + volume.name() + "'", e);
            }
        }
    }
}
