package dev.kelpie.engine.state;

import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import java.util.Optional;

/// The intent about one container.
///
/// @param position within its pod, in the order of the manifest; infra is 0
public record ContainerRow(
        String id,
        String pod,
        ContainerKind kind,
        int position,
        ContainerSpec spec,
        ResolvedImage image,
        Phase phase,
        Life life) {

    public String name() {
        return spec.name();
    }

    /// An init container that runs beside the others instead of before them.
    public boolean sidecar() {
        return kind == ContainerKind.INIT && spec.policy().restartPolicy() == RestartPolicy.ALWAYS;
    }

    /// Whether its image could not be had yet; the infra container and one whose root is a folder
    /// need none.
    public boolean awaitsImage() {
        return kind != ContainerKind.INFRA
                && spec.image().fromImage()
                && image.reference().id().isEmpty();
    }

    /// Updated to another spec, and what its image makes of it.
    public ContainerRow withSpec(ContainerSpec other, ResolvedImage ofImage) {
        var lacking = other.image().fromImage() && ofImage.reference().id().isEmpty();
        var kept = lacking ? life : life.withRetry(life.retry().withPull(Optional.empty()));
        return new ContainerRow(id, pod, kind, position, other, ofImage, phase, kept);
    }

    public ContainerRow withSpec(ContainerSpec other) {
        return withSpec(other, image);
    }

    public ContainerRow withPhase(Phase other) {
        return new ContainerRow(id, pod, kind, position, spec, image, other, life);
    }

    public ContainerRow withLife(Life other) {
        return new ContainerRow(id, pod, kind, position, spec, image, phase, other);
    }
}
