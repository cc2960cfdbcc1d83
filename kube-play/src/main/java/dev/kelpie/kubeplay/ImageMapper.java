package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.Optional;

/// Where the image of a container comes from. A written policy is obeyed to the letter; the default
/// is Podman's rather than Kubernetes' `Always`, so that images built here need no registry.
final class ImageMapper {

    private ImageMapper() {}

    static ImageSource image(Mapping container) {
        return image(container.text("image").orElse(""), container.word("imagePullPolicy"));
    }

    static ImageSource image(String reference, Optional<String> written) {
        var policy =
                switch (written.orElse("")) {
                    case "Always" -> PullPolicy.ALWAYS;
                    case "IfNotPresent" -> PullPolicy.MISSING;
                    case "Never" -> PullPolicy.NEVER;
                    default -> byName(reference);
                };
        return new ImageSource(reference, policy);
    }

    private static PullPolicy byName(String reference) {
        var fixed =
                reference.contains("@")
                        || reference.startsWith("sha256:")
                        || reference.startsWith("localhost/");
        return fixed || !tag(reference).equals("latest") ? PullPolicy.MISSING : PullPolicy.NEWER;
    }

    private static String tag(String reference) {
        var colon = reference.lastIndexOf(':');
        return colon > reference.lastIndexOf('/') ? reference.substring(colon + 1) : "latest";
    }
}
