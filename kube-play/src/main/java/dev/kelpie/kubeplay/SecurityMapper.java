package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Security;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a container is trusted with.
final class SecurityMapper {

    private static final String PREFIX = "CAP_";

    private SecurityMapper() {}

    static Security security(Mapping container) {
        var context = container.mapping("securityContext");
        var capabilities = context.mapping("capabilities");
        var escalation = "allowPrivilegeEscalation";
        return new Security(
                context.flag("privileged"),
                context.flag("readOnlyRootFilesystem"),
                context.has(escalation) && !context.flag(escalation),
                names(capabilities, "add"),
                names(capabilities, "drop"));
    }

    private static Set<String> names(Mapping capabilities, String key) {
        return capabilities.texts(key).stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .map(name -> name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
