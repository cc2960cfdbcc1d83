package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.PodUsersSyntax;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// `hostUsers` and Podman's annotation, which comes first.
final class UsersMapper {

    private UsersMapper() {}

    /// Empty: the engine's own users.
    static Optional<PodUsers> users(Mapping spec, String pod, Map<String, String> annotations) {
        var key = PodUsersSyntax.ANNOTATION;
        var written = annotations.getOrDefault(key, annotations.getOrDefault(key + "/" + pod, ""));
        if (!written.isEmpty()) {
            return PodUsersSyntax.parse(written, false);
        }
        return spec.has("hostUsers") && !spec.flag("hostUsers")
                ? Optional.of(new PodUsers.Auto(OptionalLong.empty(), true))
                : Optional.empty();
    }
}
