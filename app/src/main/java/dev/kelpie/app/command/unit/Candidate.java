package dev.kelpie.app.command.unit;

import dev.kelpie.engine.Engine;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.spec.ContainerSpec;
import java.util.HashMap;
import java.util.Optional;

/// A container that wants newer images, and runs in a unit that can be restarted.
///
/// @param policy `registry` or `local`
/// @param imageId of the image that it has now
record Candidate(
        String unit, String container, String name, String image, String imageId, String policy) {
    private static final String KEY = "io.containers.autoupdate";

    static Optional<Candidate> of(Engine engine, ContainerSummary container)
            throws InterruptedException {
        var unit = container.labels().get(ContainerSpec.UNIT);
        if (unit == null || !container.state().running()) {
            return Optional.empty();
        }
        return policy(engine, container)
                .map(policy ->
                        new Candidate(
                                unit,
                                container.id(),
                                container.name(),
                                container.spec().image().reference(),
                                container.image().id(),
                                policy));
    }

    /// By label, as `run` has it, or by annotations of the container or its pod, as played ones
    /// have it: of all, or of the container by its name in the pod.
    private static Optional<String> policy(Engine engine, ContainerSummary container)
            throws InterruptedException {
        var said = new HashMap<String, String>();
        if (container.pod().isPresent()) {
            var pod = engine.pods().find(container.pod().get().id());
            said.putAll(pod.spec().metadata().annotations());
        }
        said.putAll(container.spec().metadata().annotations());
        said.putAll(container.labels());
        var own = said.get(KEY + "/" + container.spec().shortName());
        var policy = own == null ? said.getOrDefault(KEY, "") : own;
        return switch (policy) {
            case "registry", "image" -> Optional.of("registry");
            case "local" -> Optional.of("local");
            default -> Optional.empty();
        };
    }
}
