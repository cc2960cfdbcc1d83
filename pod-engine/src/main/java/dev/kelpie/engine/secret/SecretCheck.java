package dev.kelpie.engine.secret;

import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.state.SecretRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Looks before anything starts whether every secret that pods name is there, with its keys.
public final class SecretCheck {

    private final SecretReader secrets;
    private final Map<String, SecretSpec> brought;
    private final List<String> problems = new ArrayList<>();

    /// @param brought secrets that are about to be made
    public SecretCheck(SecretReader secrets, List<SecretSpec> brought) {
        this.secrets = secrets;
        this.brought =
                brought.stream()
                        .collect(
                                Collectors.toMap(
                                        SecretSpec::name, Function.identity(), (_, b) -> b));
    }

    /// Throws with all that is missing.
    public void require(List<PodSpec> pods) throws InterruptedException {
        for (var pod : pods) {
            for (var container : pod.allContainers()) {
                environment(pod, container);
            }
            for (var volume : pod.volumes()) {
                volume(volume);
            }
        }
        if (!problems.isEmpty()) {
            throw new SecretException(String.join("; ", problems));
        }
    }

    private void environment(PodSpec pod, ContainerSpec container) throws InterruptedException {
        var where = pod.sharing().infra() ? "container '" + container.name() + "': " : "";
        for (var entry : container.process().late().entries()) {
            switch (entry) {
                case EnvSource.Value _,
                        EnvSource.Literal _,
                        EnvSource.FromDownward _,
                        EnvSource.FromFile _ -> {}
                case EnvSource.FromSecret(var name, var secret, var key, boolean optional) ->
                        needed(
                                key.isEmpty()
                                        ? Wanted.whole(secret)
                                        : Wanted.keys(secret, key.stream().toList()),
                                optional,
                                key.isEmpty() ? "" : where + "cannot set env " + name + ": ");
                case EnvSource.AllOfSecret(_, var secret, boolean optional) ->
                        needed(Wanted.keys(secret, List.of()), optional, where);
            }
        }
    }

    private void volume(Volume volume) throws InterruptedException {
        var where = "failed to create volume \"" + volume.name() + "\": ";
        switch (volume.source()) {
            case Volume.SecretFile(var secret, _, _, _) -> needed(Wanted.whole(secret), false, "");
            case Volume.Secret secret -> keys(secret, where);
            case Volume.Projected(var parts) -> {
                for (var part : parts) {
                    if (part instanceof Volume.Part.Keys(var secret)) {
                        keys(secret, where);
                    }
                }
            }
            case Volume.HostPath _,
                    Volume.EmptyDir _,
                    Volume.Tmpfs _,
                    Volume.Named _,
                    Volume.Image _,
                    Volume.Nfs _,
                    Volume.ConfigMap _ -> {}
        }
    }

    private void keys(Volume.Secret source, String where) throws InterruptedException {
        var secret = source.secretName();
        if (isPlain(secret)) {
            problems.add(
                    where
                            + "secret \""
                            + secret
                            + "\": only secrets created via the kube yaml file are"
                            + " supported");
        } else {
            var keys = source.items().stream().map(Volume.KeyToPath::key).toList();
            needed(Wanted.keys(secret, keys), source.optional(), where);
        }
    }

    private boolean isPlain(String secret) throws InterruptedException {
        var row = brought.containsKey(secret) ? Optional.<SecretRow>empty() : secrets.find(secret);
        return row.isPresent() && secrets.isWhole(row.get());
    }

    private void needed(Wanted wanted, boolean optional, String where) throws InterruptedException {
        if (optional) {
            return;
        }
        var secret = wanted.secret();
        try {
            var found = keysOf(wanted);
            if (found.isEmpty()) {
                problems.add(where + new SecretNotFoundException(secret).getMessage());
                return;
            }
            wanted.keys().stream()
                    .filter(key -> !found.get().contains(key))
                    .forEach(key ->
                            problems.add(where + "secret " + secret + " has not " + key + " key"));
        } catch (PodException e) {
            problems.add(where + e.getMessage());
        }
    }

    /// The keys of a secret, opened to see whether it can be; empty when there is no such secret.
    private Optional<Set<String>> keysOf(Wanted wanted) throws InterruptedException {
        var coming = brought.get(wanted.secret());
        if (coming != null) {
            return Optional.of(coming.content().keySet());
        }
        var row = secrets.find(wanted.secret());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        if (wanted.whole()) {
            secrets.content(row.get());
            return Optional.of(Set.of());
        }
        return Optional.of(secrets.keys(row.get()).keySet());
    }

    /// What is taken of a secret.
    ///
    /// @param whole its content as it is
    /// @param keys those that must be there
    private record Wanted(String secret, boolean whole, List<String> keys) {
        static Wanted whole(String secret) {
            return new Wanted(secret, true, List.of());
        }

        static Wanted keys(String secret, List<String> keys) {
            return new Wanted(secret, false, keys);
        }
    }
}
