package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Expansion;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Optional;

/// The process of a container: what it executes, with which variables, as whom.
final class ProcessMapper {

    private ProcessMapper() {}

    static ProcessSpec process(
            Mapping container, Mapping podContext, EnvMapper.Environment environment) {
        return new ProcessSpec(
                words(container, "command", environment),
                words(container, "args", environment),
                environment.env(),
                container.word("workingDir"),
                user(container.mapping("securityContext"), podContext),
                container.flag("tty"),
                container.flag("stdin"),
                environment.late());
    }

    /// An empty list is as good as none, as in Kubernetes; with secrets `$(NAME)` waits for them.
    private static Optional<List<String>> words(
            Mapping container, String key, EnvMapper.Environment environment) {
        var texts = container.texts(key);
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        return environment.late().absent()
                ? Optional.of(
                        texts.stream()
                                .map(text -> Expansion.expand(text, environment.values()))
                                .toList())
                : Optional.of(texts);
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
