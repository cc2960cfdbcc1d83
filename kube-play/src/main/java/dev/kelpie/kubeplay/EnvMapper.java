package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.Expansion;
import dev.kelpie.engine.spec.LateEnv;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The environment of a container: `envFrom`, then `env` over it. Without secrets it is settled
/// here; with them all of it waits for the start.
final class EnvMapper {

    private final ConfigMaps configMaps;
    private final DownwardMapper downward;

    EnvMapper(ConfigMaps configMaps, DownwardMapper downward) {
        this.configMaps = configMaps;
        this.downward = downward;
    }

    /// What is known of an environment.
    ///
    /// @param values for `$(NAME)`; complete without `late`
    record Environment(List<EnvVar> env, Map<String, String> values, LateEnv late) {}

    Environment environment(Mapping container) {
        var sources = new ArrayList<EnvSource>();
        container.mappings("envFrom").forEach(from -> from(from, sources));
        for (var variable : container.mappings("env")) {
            variable(variable, container).ifPresent(sources::add);
        }
        var settled = settled(sources);
        return sources.stream().anyMatch(EnvMapper::isLate)
                ? new Environment(List.of(), settled.values(), new LateEnv(sources, true))
                : settled;
    }

    private static boolean isLate(EnvSource source) {
        return switch (source) {
            case EnvSource.FromSecret _,
                    EnvSource.AllOfSecret _,
                    EnvSource.FromDownward _,
                    EnvSource.FromFile _ ->
                    true;
            case EnvSource.Value _, EnvSource.Literal _ -> false;
        };
    }

    private static Environment settled(List<EnvSource> sources) {
        var values = new LinkedHashMap<String, String>();
        var named = new LinkedHashMap<String, String>();
        for (var source : sources) {
            if (source instanceof EnvSource.Value(var name, var text)) {
                named.put(name, Expansion.expand(text, named));
                values.put(name, named.getOrDefault(name, ""));
            } else if (source instanceof EnvSource.Literal(var name, var text)) {
                values.put(name, text);
            }
        }
        var env = new ArrayList<EnvVar>();
        values.forEach((name, value) -> env.add(new EnvVar(name, value)));
        return new Environment(env, values, LateEnv.NONE);
    }

    private void from(Mapping from, List<EnvSource> sources) {
        var prefix = from.text("prefix").orElse("");
        if (from.has("configMapRef")) {
            var name = from.mapping("configMapRef").text("name").orElse("");
            configMaps
                    .texts(name)
                    .forEach((key, text) -> sources.add(new EnvSource.Literal(prefix + key, text)));
        } else if (from.has("secretRef")) {
            var secret = from.mapping("secretRef");
            sources.add(
                    new EnvSource.AllOfSecret(
                            prefix, secret.text("name").orElse(""), secret.flag("optional")));
        }
    }

    private Optional<EnvSource> variable(Mapping variable, Mapping container) {
        var name = variable.text("name").orElse("");
        if (!variable.has("valueFrom") || variable.has("value")) {
            return Optional.of(new EnvSource.Value(name, variable.text("value").orElse("")));
        }
        var from = variable.mapping("valueFrom");
        if (from.has("secretKeyRef")) {
            var ref = from.mapping("secretKeyRef");
            return Optional.of(
                    new EnvSource.FromSecret(
                            name,
                            ref.text("name").orElse(""),
                            Optional.of(ref.text("key").orElse("")),
                            ref.flag("optional")));
        }
        if (from.has("fieldRef")) {
            return Optional.of(downward.field(name, from.mapping("fieldRef")));
        }
        if (from.has("resourceFieldRef")) {
            var ref = from.mapping("resourceFieldRef");
            return Optional.of(downward.resource(name, ref, container));
        }
        return from.has("fileKeyRef")
                ? Optional.of(ofFile(name, from.mapping("fileKeyRef")))
                : ofConfigMap(name, from);
    }

    private static EnvSource ofFile(String name, Mapping ref) {
        return new EnvSource.FromFile(
                name,
                ref.text("volumeName").orElse(""),
                ref.text("path").orElse(""),
                ref.text("key").orElse(""),
                ref.flag("optional"));
    }

    /// One that is missing is optional, or was refused before.
    private Optional<EnvSource> ofConfigMap(String name, Mapping from) {
        var ref = from.mapping("configMapKeyRef");
        return Optional.ofNullable(
                        configMaps
                                .texts(ref.text("name").orElse(""))
                                .get(ref.text("key").orElse("")))
                .map(text -> new EnvSource.Value(name, text.replace("$", "$$")));
    }
}
