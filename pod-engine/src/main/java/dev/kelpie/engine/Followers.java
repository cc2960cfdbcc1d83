package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.spec.ConfigMapSpec;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.state.Json;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pods whose files follow the ConfigMaps of a play that is not theirs, and which parts of a
/// spec follow at all.
final class Followers {

    private final Json json = new Json();

    /// Changes of the pods that have files of these ConfigMaps and are not in the play themselves.
    List<Decision> decide(State state, PlaySpec wanted, List<Decision> decided) {
        var own = own(decided);
        var updates = new ArrayList<Decision>();
        for (var map : wanted.configMaps()) {
            for (var pod : state.pods().values()) {
                if (pod.phase() == Phase.MADE && !own.contains(pod.id()) && has(pod.spec(), map)) {
                    requireFollowing(pod.spec(), map);
                }
            }
        }
        for (var pod : state.pods().values()) {
            if (pod.phase() == Phase.MADE && !own.contains(pod.id())) {
                update(pod, wanted.configMaps()).ifPresent(updates::add);
            }
        }
        return updates;
    }

    private static Set<String> own(List<Decision> decided) {
        return decided.stream()
                .flatMap(decision -> decision.present().stream())
                .map(PodRow::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// What becomes of a pod's spec; empty where it has all of that already.
    Optional<Decision> update(PodRow pod, List<ConfigMapSpec> maps) {
        var spec = pod.spec();
        for (var map : maps) {
            if (has(spec, map)) {
                spec =
                        changed(
                                spec,
                                files ->
                                        files.configMapName().equals(map.name())
                                                ? files.renewed(map.contents())
                                                : files);
            }
        }
        return spec.equals(pod.spec())
                ? Optional.empty()
                : Optional.of(
                        new Decision(
                                spec, json.hash(asked(spec)), PodAction.UPDATE, Optional.of(pod)));
    }

    /// As it stands in the manifest: without the ids that were found for it.
    private static PodSpec asked(PodSpec spec) {
        return spec.withSharing(spec.sharing().withUsers(spec.sharing().usersAsked()));
    }

    /// Throws when ConfigMaps are all that is played and nobody has files of them.
    static void requireUse(State state, PlaySpec wanted) {
        var used =
                wanted.configMaps().stream()
                        .anyMatch(map ->
                                state.pods().values().stream()
                                        .anyMatch(pod -> has(pod.spec(), map)));
        if (wanted.onlyConfigMaps() && !used) {
            throw new InvalidRequestException(
                    "ConfigMaps alone make nothing: no pod has files of '"
                            + wanted.configMaps().getFirst().name()
                            + "', and none is in the play");
        }
    }

    private static boolean has(PodSpec pod, ConfigMapSpec map) {
        return pod.metadata().namespace().equals(map.namespace())
                && of(pod, map.name()).findAny().isPresent();
    }

    private static Stream<Volume.ConfigMap> of(PodSpec pod, String name) {
        return all(pod).stream().filter(files -> files.configMapName().equals(name));
    }

    private static List<Volume.ConfigMap> all(PodSpec pod) {
        var found = new ArrayList<Volume.ConfigMap>();
        changed(
                pod,
                files -> {
                    found.add(files);
                    return files;
                });
        return found;
    }

    private static void requireFollowing(PodSpec pod, ConfigMapSpec map) {
        of(pod, map.name())
                .forEach(files -> {
                    var missing =
                            files.selection()
                                    .map(some -> some.missing(map.contents()))
                                    .orElse(List.of());
                    if (!missing.isEmpty()) {
                        throw new InvalidRequestException(
                                "configmap '%s' has no key '%s' any more, which pod '%s' needs"
                                        .formatted(map.name(), missing.getFirst(), pod.name()));
                    }
                });
    }

    private static PodSpec changed(PodSpec pod, UnaryOperator<Volume.ConfigMap> change) {
        return pod.withVolumes(
                pod.volumes().stream()
                        .map(volume -> new Volume(volume.name(), changed(volume.source(), change)))
                        .toList());
    }

    private static Volume.Source changed(
            Volume.Source source, UnaryOperator<Volume.ConfigMap> change) {
        return switch (source) {
            case Volume.ConfigMap files -> change.apply(files);
            case Volume.Projected(var parts) ->
                    new Volume.Projected(
                            parts.stream()
                                    .map(part ->
                                            part instanceof Volume.Part.Files(var files)
                                                    ? new Volume.Part.Files(change.apply(files))
                                                    : part)
                                    .toList());
            default -> source;
        };
    }

    /// The one with the files that the other has of the same ConfigMaps, where they follow.
    static PodSpec like(PodSpec now, PodSpec wanted) {
        var theirs = all(wanted);
        return changed(
                now,
                files ->
                        theirs.stream()
                                .filter(other -> isOther(files, other))
                                .findFirst()
                                .orElse(files));
    }

    private static boolean isOther(Volume.ConfigMap files, Volume.ConfigMap other) {
        return files.selection().isPresent()
                && files.configMapName().equals(other.configMapName())
                && (other.selection().isEmpty() // it became immutable
                        || Objects.equals(files.selection(), other.selection()));
    }
}
