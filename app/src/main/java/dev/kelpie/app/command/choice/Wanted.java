package dev.kelpie.app.command.choice;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.Engine;
import dev.kelpie.engine.fault.AmbiguousIdException;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.PodMember;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.report.VolumeSummary;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.kubegenerate.Claim;
import dev.kelpie.kubegenerate.Inventory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// What `kube generate` is to write: named things, or those with labels, or all.
///
/// @param withSecrets also the secrets that the pods use
public record Wanted(List<String> names, boolean all, List<String> labels, boolean withSecrets) {
    public Wanted {
        names = List.copyOf(names);
        labels = List.copyOf(labels);
    }

    /// All of it, looked for now.
    public Inventory find(Engine engine) throws InterruptedException {
        if (names.isEmpty() && !all && labels.isEmpty()) {
            throw FlagException.meaning("requires at least 1 arg(s), only received 0");
        }
        if (!names.isEmpty() && (all || !labels.isEmpty())) {
            throw FlagException.meaning("--all and --label cannot be used together with names");
        }
        return new Search(engine).inventory();
    }

    /// One look into an engine.
    private final class Search {
        private final Engine engine;
        private final SequencedMap<String, PodSpec> pods = new LinkedHashMap<>();
        private final SequencedSet<String> volumes = new LinkedHashSet<>();
        private final SequencedSet<String> secrets = new LinkedHashSet<>();

        Search(Engine engine) {
            this.engine = engine;
        }

        Inventory inventory() throws InterruptedException {
            if (names.isEmpty()) {
                matching();
            }
            for (var name : names) {
                named(name);
            }
            var specs = List.copyOf(pods.values());
            if (withSecrets) {
                secrets.addAll(Inventory.secretsOf(specs));
            }
            volumes.addAll(Inventory.claimsOf(specs));
            return new Inventory(specs, claims(), secrets());
        }

        private void matching() {
            for (var pod : engine.pods().list()) {
                var whole = whole(pod);
                if (matches(whole.metadata().labels()) && !whole.containers().isEmpty()) {
                    pods.put(pod.id(), settled(whole));
                }
            }
            for (var container : engine.containers().list()) {
                if (container.pod().isEmpty() && matches(container.labels())) {
                    solo(container.id());
                }
            }
            if (pods.isEmpty()) {
                throw new CommandException(
                        "there is no pod or container" + (all ? "" : " with these labels"));
            }
        }

        private boolean matches(Map<String, String> own) {
            return labels.stream()
                    .allMatch(wanted -> {
                        var equals = wanted.indexOf('=');
                        return equals < 0
                                ? own.containsKey(wanted)
                                : wanted.substring(equals + 1)
                                        .equals(own.get(wanted.substring(0, equals)));
                    });
        }

        private void solo(String id) {
            pods.put(id, settled(engine.containers().inspect(id).podSpec()));
        }

        /// The pod with the containers that it has now: some came by `run --pod`, some are removed.
        private PodSpec whole(PodSummary pod) {
            var planned = new LinkedHashMap<String, ContainerSpec>();
            pod.spec().containers().forEach(each -> planned.put(each.name(), each));
            return pod.spec()
                    .withOtherContainers(
                            pod.members().stream()
                                    .filter(member -> member.kind() == ContainerKind.APP)
                                    .map(member ->
                                            Optional.ofNullable(planned.get(member.name()))
                                                    .orElseGet(() -> added(member)))
                                    .toList());
        }

        private ContainerSpec added(PodMember member) {
            return engine.containers().find(member.id()).spec();
        }

        /// The pod with its containers' health checks as their images completed them.
        private PodSpec settled(PodSpec pod) {
            return pod.withContainers(container -> {
                var policy = container.policy();
                var wanted = policy.probes().health();
                if (wanted.off() || !engine.containers().exists(container.name())) {
                    return container;
                }
                var made = engine.containers().find(container.name()).spec();
                var health = made.policy().probes().health();
                return container.withPolicy(policy.withProbes(policy.probes().withHealth(health)));
            });
        }

        /// As Podman looks: container, pod, volume; then secrets.
        private void named(String name) {
            if (engine.containers().exists(name)) {
                container(name);
                return;
            }
            var pod = pod(name);
            if (pod.isPresent()) {
                pods.put(pod.get().id(), settled(whole(pod.get())));
            } else if (engine.volumes().list().stream().anyMatch(v -> v.name().equals(name))) {
                volumes.add(name);
            } else if (engine.secrets().exists(name)) {
                secret(name);
            } else {
                throw new CommandException("name or ID \"" + name + "\" not found");
            }
        }

        private void container(String name) {
            var found = engine.containers().find(name);
            if (found.pod().isPresent()) {
                throw new CommandException(
                        "container "
                                + found.name()
                                + " is associated with pod "
                                + found.pod().get().name()
                                + ": use generate on the pod itself");
            }
            solo(found.id());
        }

        private Optional<PodSummary> pod(String name) throws AmbiguousIdException {
            try {
                return Optional.of(engine.pods().find(name));
            } catch (PodNotFoundException _) {
                return Optional.empty();
            }
        }

        private void secret(String name) {
            if (!withSecrets) {
                throw FlagException.meaning(
                        "secret '" + name + "': its content is only written with --secrets");
            }
            secrets.add(engine.secrets().find(name).name());
        }

        private List<Claim> claims() {
            var known = new LinkedHashMap<String, VolumeSummary>();
            engine.volumes().list().forEach(volume -> known.put(volume.name(), volume));
            var claims = new ArrayList<Claim>();
            for (var name : volumes) {
                var volume = Optional.ofNullable(known.get(name));
                claims.add(new Claim(name, volume.map(VolumeSummary::labels).orElse(Map.of())));
            }
            return claims;
        }

        private List<SecretSpec> secrets() throws InterruptedException {
            var specs = new ArrayList<SecretSpec>();
            for (var name : secrets) {
                // one that is gone, or never was, is an optional one
                if (engine.secrets().exists(name)) {
                    var found = engine.secrets().find(name);
                    specs.add(SecretContent.spec(found, engine.secrets().content(found.id())));
                }
            }
            return specs;
        }
    }
}
