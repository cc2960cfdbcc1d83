package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The process of a container: what it executes, with which variables, as whom.
final class ProcessMapper {

    private ProcessMapper() {}

    static ProcessSpec process(Mapping container, Mapping podContext) {
        var values = new HashMap<String, String>();
        var env = environment(container, values);
        return new ProcessSpec(
                words(container, "command", values),
                words(container, "args", values),
                env,
                container.word("workingDir"),
                user(container.mapping("securityContext"), podContext),
                container.flag("tty"),
                container.flag("stdin"));
    }

    /// The literal variables; each may refer to those before it.
    private static List<EnvVar> environment(Mapping container, Map<String, String> values) {
        var env = new ArrayList<EnvVar>();
        for (var variable : container.mappings("env")) {
            if (variable.has("valueFrom") && !variable.has("value")) {
                continue;
            }
            var name = variable.text("name").orElse("");
            var value = Expansion.expand(variable.text("value").orElse(""), values);
            env.add(new EnvVar(name, value));
            values.put(name, value);
        }
        return env;
    }

    /// An empty list is as good as none, as in Kubernetes.
    private static Optional<List<String>> words(
            Mapping container, String key, Map<String, String> values) {
        var texts = container.texts(key);
        return texts.isEmpty()
                ? Optional.empty()
                : Optional.of(texts.stream().map(text -> Expansion.expand(text, values)).toList());
    }

    /// `uid[:gid]`, or `:gid`, the image's user in another group.
    private static Optional<String> user(Mapping own, Mapping podContext) {
        var user = number(own, podContext, "runAsUser");
        var group = number(own, podContext, "runAsGroup");
        return user.isEmpty() && group.isEmpty()
                ? Optional.empty()
                : Optional.of(user.orElse("") + group.map(gid -> ":" + gid).orElse(""));
    }

    private static Optional<String> number(Mapping own, Mapping podContext, String key) {
        var context = own.has(key) ? own : podContext;
        var number = context.number(key);
        return number.isPresent()
                ? Optional.of(Long.toString(number.getAsLong()))
                : Optional.empty();
    }
}
