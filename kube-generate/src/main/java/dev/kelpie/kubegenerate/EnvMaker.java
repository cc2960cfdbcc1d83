package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.ProcessSpec;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The environment of one container: `envFrom` and `env`.
final class EnvMaker {
    private final ProcessSpec process;
    private final String owner;
    private final String configMapName;
    private final ConfigMaps configMaps;
    private final Losses losses;
    private final Set<String> names = new HashSet<>();
    private final List<EnvVar> env = new ArrayList<>();
    private final List<EnvFromSource> from = new ArrayList<>();
    private final Map<String, String> literals = new LinkedHashMap<>();
    private boolean open;

    /// @param configMapName for a ConfigMap of the container's own, where it needs one
    EnvMaker(
            ProcessSpec process,
            String owner,
            String configMapName,
            ConfigMaps configMaps,
            Losses losses) {
        this.process = process;
        this.owner = owner;
        this.configMapName = configMapName;
        this.configMaps = configMaps;
        this.losses = losses;
        process.env().forEach(variable -> names.add(variable.name()));
        for (var entry : process.late().entries()) {
            switch (entry) {
                case EnvSource.Literal(var name, _) -> names.add(name);
                case EnvSource.Value(var name, _) -> names.add(name);
                case EnvSource.FromSecret(var name, _, _, _) -> names.add(name);
                case EnvSource.FromDownward(var name, _) -> names.add(name);
                case EnvSource.FromFile file -> names.add(file.name());
                case EnvSource.AllOfSecret _ -> open = true;
            }
        }
    }

    /// What was made.
    record Environment(List<EnvVar> env, List<EnvFromSource> from) {}

    Environment make() {
        var settled = new LinkedHashMap<String, String>();
        process.env().stream()
                .filter(variable -> variable.how() == dev.kelpie.engine.spec.EnvVar.How.SET)
                .forEach(variable -> settled.put(variable.name(), variable.value()));
        settled.forEach((name, value) -> add(variable(name, fixed(value))));
        for (var entry : process.late().entries()) {
            if (!(entry instanceof EnvSource.Literal)) {
                endOfLiterals();
            }
            switch (entry) {
                case EnvSource.Literal(var name, var text) -> literal(name, text);
                case EnvSource.Value(var name, var text) -> add(variable(name, word(text)));
                case EnvSource.FromSecret secret -> add(fromSecret(secret));
                case EnvSource.AllOfSecret all -> add(allOf(all));
                case EnvSource.FromDownward(var name, var value) ->
                        add(DownwardMaker.variable(name, value));
                case EnvSource.FromFile file -> add(DownwardMaker.variable(file));
            }
        }
        endOfLiterals();
        return new Environment(env, from);
    }

    /// A word of the command or its arguments: `$(NAME)` in it means what it means in the spec.
    String word(String text) {
        return process.late().expand() ? text : fixed(text);
    }

    private String fixed(String text) {
        return Dollars.escape(text, name -> open || names.contains(name));
    }

    private static EnvVar variable(String name, String value) {
        var variable = new EnvVar();
        variable.setName(name);
        if (!value.isEmpty()) {
            variable.setValue(value);
        }
        return variable;
    }

    private void add(EnvVar variable) {
        if (variable.getName().chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            env.add(variable);
        } else {
            losses.note(owner, "variable '" + variable.getName() + "': not printable ASCII");
        }
    }

    private static EnvVar fromSecret(EnvSource.FromSecret secret) {
        var ref = new SecretKeySelector();
        ref.setName(Secrets.nameOf(secret.secret()));
        ref.setKey(secret.key().orElseGet(() -> Secrets.wholeKey(secret.secret())));
        if (secret.optional()) {
            ref.setOptional(true);
        }
        var source = new EnvVarSource();
        source.setSecretKeyRef(ref);
        var variable = new EnvVar();
        variable.setName(secret.name());
        variable.setValueFrom(source);
        return variable;
    }

    private static EnvFromSource allOf(EnvSource.AllOfSecret all) {
        var secret = new SecretEnvSource();
        secret.setName(Secrets.nameOf(all.secret()));
        if (all.optional()) {
            secret.setOptional(true);
        }
        var source = new EnvFromSource();
        source.setSecretRef(secret);
        if (!all.prefix().isEmpty()) {
            source.setPrefix(all.prefix());
        }
        return source;
    }

    private void add(EnvFromSource source) {
        if (!env.isEmpty()) {
            losses.note(owner, "variables of envFrom come before those of env");
        }
        from.add(source);
    }

    /// A value that no other may refer to: only those of a ConfigMap are such.
    private void literal(String name, String text) {
        if (!KubeNames.isKey(name)) {
            endOfLiterals();
            add(variable(name, text.replace("$", "$$")));
            return;
        }
        if (literals.containsKey(name)) {
            endOfLiterals();
        }
        literals.put(name, text);
    }

    private void endOfLiterals() {
        if (literals.isEmpty()) {
            return;
        }
        var ref = new ConfigMapEnvSource();
        ref.setName(configMaps.ofTexts(configMapName, literals));
        var source = new EnvFromSource();
        source.setConfigMapRef(ref);
        add(source);
        literals.clear();
    }
}
