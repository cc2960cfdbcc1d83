package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.PodSecurity.FsGroup;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Whose the volumes of a pod are: the one place that says which kinds of volume go to the pod's
/// `fsGroup`, and gives them.
final class VolumeOwnership {

    private final HostKernel kernel;

    VolumeOwnership(HostKernel kernel) {
        this.kernel = kernel;
    }

    /// Gives the volume's content, which lies in `directory`, to the pod's group where there is one
    /// and the kind of volume is one for it. To be called when the content is there, and again at
    /// each start of the pod: what is done already is not done again.
    void give(PodSpec pod, Volume volume, Path directory) throws IOException {
        var gift = pod.security().fsGroup().flatMap(group -> gift(volume.source(), group));
        if (gift.isPresent()) {
            kernel.giveToGroup(directory, gift.get());
        }
    }

    /// What lives and dies with the pod is given once, whatever the policy; a host's path never; a
    /// lasting volume at each start, as others may have put things there, unless the policy says
    /// that a look at its top is enough.
    private static Optional<HostKernel.GroupGift> gift(Volume.Source source, FsGroup group) {
        return switch (source) {
            case Volume.EmptyDir _ ->
                    Optional.of(new HostKernel.GroupGift(group.id(), false, true));
            case Volume.Named _ ->
                    Optional.of(
                            new HostKernel.GroupGift(group.id(), false, group.onRootMismatch()));
            case Volume.Secret _, Volume.ConfigMap _, Volume.Projected _ ->
                    Optional.of(new HostKernel.GroupGift(group.id(), true, false));
            case Volume.HostPath _,
                    Volume.SecretFile _,
                    Volume.Image _,
                    Volume.Nfs _,
                    Volume.Tmpfs _ ->
                    Optional.empty();
        };
    }
}
