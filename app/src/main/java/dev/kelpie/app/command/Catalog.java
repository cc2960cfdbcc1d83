package dev.kelpie.app.command;

import dev.kelpie.app.call.Entry;
import dev.kelpie.app.command.container.ContainerCommands;
import dev.kelpie.app.command.convert.ConvertCommands;
import dev.kelpie.app.command.event.EventCommands;
import dev.kelpie.app.command.image.ImageCommands;
import dev.kelpie.app.command.kube.KubeCommands;
import dev.kelpie.app.command.manifest.ManifestCommands;
import dev.kelpie.app.command.measure.MeasureCommands;
import dev.kelpie.app.command.network.NetworkCommands;
import dev.kelpie.app.command.pod.PodCommands;
import dev.kelpie.app.command.secret.SecretCommands;
import dev.kelpie.app.command.system.SystemCommands;
import dev.kelpie.app.command.unit.UnitCommands;
import dev.kelpie.app.command.volume.VolumeCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Every command there is, by its words.
final class Catalog {
    /// What the groups are for; also those whose commands are aliases only.
    static final Map<String, String> GROUPS =
            Map.ofEntries(
                    Map.entry("builder", "Build images"),
                    Map.entry("buildx", "Build images"),
                    Map.entry("container", "Manage containers"),
                    Map.entry("generate", "Generate Kubernetes YAML"),
                    Map.entry("healthcheck", "Check the health of containers"),
                    Map.entry("image", "Manage images"),
                    Map.entry("image trust", "Manage what is demanded of images"),
                    Map.entry("kube", "Play and generate Kubernetes YAML"),
                    Map.entry("manifest", "Manage lists of images"),
                    Map.entry("network", "Manage networks"),
                    Map.entry("play", "Play containers from a structured file"),
                    Map.entry("pod", "Manage pods"),
                    Map.entry("quadlet", "Check and translate unit files"),
                    Map.entry("secret", "Manage secrets"),
                    Map.entry("system", "Manage Kelpie"),
                    Map.entry("volume", "Manage volumes"));

    private final Map<String, Entry> byPath = new TreeMap<>();

    Catalog() {
        var all = new ArrayList<Entry>();
        all.addAll(KubeCommands.entries());
        all.addAll(ConvertCommands.entries());
        all.addAll(PodCommands.entries());
        all.addAll(ContainerCommands.entries());
        all.addAll(ImageCommands.entries());
        all.addAll(ManifestCommands.entries());
        all.addAll(SecretCommands.entries());
        all.addAll(NetworkCommands.entries());
        all.addAll(SystemCommands.entries());
        all.addAll(EventCommands.entries());
        all.addAll(MeasureCommands.entries());
        all.addAll(VolumeCommands.entries());
        all.addAll(UnitCommands.entries());
        for (var entry : all) {
            put(entry.path(), entry);
            entry.aliases().forEach(alias -> put(alias, entry));
        }
    }

    private void put(String path, Entry entry) {
        var other = byPath.put(path, entry);
        if (other != null) {
            throw new IllegalStateException("two commands of the name '" + path + "'");
        }
    }

    Optional<Entry> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /// Every command once.
    List<Entry> all() {
        return byPath.entrySet().stream()
                .filter(each -> each.getKey().equals(each.getValue().path()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// The words that may follow `group`, with a line on each; the empty group is the top.
    Map<String, String> below(String group) {
        var words = new TreeMap<String, String>();
        var prefix = group.isEmpty() ? "" : group + " ";
        byPath.forEach((path, entry) -> {
            if (path.startsWith(prefix) && !entry.hidden()) {
                var rest = path.substring(prefix.length());
                if (rest.indexOf(' ') < 0) {
                    words.put(rest, entry.summary());
                }
            }
        });
        GROUPS.forEach((path, summary) -> {
            if (path.startsWith(prefix) && path.indexOf(' ', prefix.length()) < 0) {
                words.put(path.substring(prefix.length()), summary);
            }
        });
        return words;
    }

    /// How many of the first words name a group, and a group within it.
    static int depth(List<String> words) {
        int depth = 0;
        while (depth < words.size()
                && GROUPS.containsKey(String.join(" ", words.subList(0, depth + 1)))) {
            depth++;
        }
        return depth;
    }
}
