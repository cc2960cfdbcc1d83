package dev.kelpie.app.command.unit;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSpec;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The text of a `.kube` file: an application out of its manifest, and what the manifest has no
/// field for.
final class KubeText {
    private KubeText() {}

    /// @param yaml the manifest, seen from the unit file's folder
    /// @param losses hears of what it cannot say
    static String of(List<PodSpec> pods, String yaml, Consumer<String> losses) {
        var text = new UnitText().group("Kube").words("Yaml", List.of(yaml));
        var networks = new TreeSet<String>();
        pods.forEach(pod -> networks.addAll(networks(pod, losses)));
        if (pods.stream().map(pod -> pod.network().mode()).distinct().count() > 1) {
            losses.accept(
                    "the pods are on several networks, and a .kube file puts all on the same");
        }
        text.addEach("Network", List.copyOf(networks));
        var users = pods.stream().map(pod -> pod.sharing().usersAsked()).distinct().toList();
        if (users.size() > 1) {
            losses.accept("the pods have users of their own in several ways");
        }
        users.getFirst().ifPresent(it -> SharedText.users(text, it));
        return text.group("Install").add("WantedBy", "default.target").toString();
    }

    private static List<String> networks(PodSpec pod, Consumer<String> losses) {
        return switch (pod.network().mode()) {
            case PodNetwork.Bridge bridge -> {
                for (var each : bridge.networks()) {
                    if (!each.options().isEmpty()) {
                        losses.accept(
                                "pod '"
                                        + pod.name()
                                        + "' has an address or alias on '"
                                        + each.network()
                                        + "' by a flag");
                    }
                }
                yield bridge.networks().stream().map(PodNetwork.NetworkRequest::network).toList();
            }
            case PodNetwork.Host _ -> List.of(); // the manifest says it
            case PodNetwork.None _ -> List.of("none");
            case PodNetwork.OfContainer(var name) -> List.of("container:" + name);
        };
    }
}
