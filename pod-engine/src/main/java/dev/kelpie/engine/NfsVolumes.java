package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.state.PodRow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// Volumes that other machines show: mounted once for the pod, below its folder of this boot, with
/// which they go.
final class NfsVolumes {

    private NfsVolumes() {}

    /// Why this host cannot mount those of a pod.
    static List<String> obstacles(Core core, PodSpec pod) {
        return pod.volumes().stream()
                .filter(volume -> volume.source() instanceof Volume.Nfs)
                .flatMap(volume ->
                        core.parts.kernel().nfsObstacle().stream()
                                .map(why ->
                                        "pod '%s': volume '%s' cannot be mounted here: %s"
                                                .formatted(pod.name(), volume.name(), why)))
                .toList();
    }

    /// Mounts those of a pod whose sandbox was just made.
    static void mount(Core core, PodRow pod) throws InterruptedException {
        for (var volume : pod.spec().volumes()) {
            if (volume.source() instanceof Volume.Nfs nfs) {
                var target = core.files.nfsVolume(pod.id(), volume.name());
                try {
                    Files.createDirectories(target);
                } catch (IOException e) {
                    throw new EngineIoException("cannot make '" + target + "'", e);
                }
                core.steps.at("nfs.mount");
                core.parts.kernel().nfs(nfs.device(), nfs.readOnly(), target);
            }
        }
    }
}
