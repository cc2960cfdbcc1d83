package dev.kelpie.app.command;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Entry;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.NetworkSummary;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.report.SecretSummary;
import dev.kelpie.engine.report.VolumeSummary;
import dev.kelpie.image.ImageSummary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/// Says what a half-typed command line may go on with, for the shells' completion scripts: one
/// candidate a line, a tab and what it is, and at the end `:4` (nothing else fits) or `:0` (file
/// names fit too), as cobra's scripts expect it.
final class Completer {
    private static final String ONLY_THESE = ":4\n";
    private static final String FILES_TOO = ":0\n";

    /// Commands whose operands are pods, containers or images.
    private static final Set<String> OF_PODS =
            Set.of(
                    "pod start",
                    "pod stop",
                    "pod restart",
                    "pod rm",
                    "pod kill",
                    "pod inspect",
                    "pod logs",
                    "pod pause",
                    "pod unpause",
                    "pod top",
                    "kube logs",
                    "why",
                    "debug",
                    "pod stats",
                    "pod exists");

    private static final Set<String> OF_CONTAINERS =
            Set.of(
                    "start",
                    "stop",
                    "restart",
                    "rm",
                    "kill",
                    "wait",
                    "port",
                    "logs",
                    "pause",
                    "diff",
                    "rename",
                    "unpause",
                    "top",
                    "stats",
                    "exec",
                    "attach",
                    "inspect",
                    "container inspect",
                    "container exists");

    private static final Set<String> OF_IMAGES =
            Set.of(
                    "rmi",
                    "tag",
                    "untag",
                    "run",
                    "create",
                    "history",
                    "image inspect",
                    "image exists",
                    "pull");

    private static final Set<String> OF_SECRETS =
            Set.of("secret exists", "secret inspect", "secret rm");

    private static final Set<String> OF_NETWORKS =
            Set.of("network exists", "network inspect", "network rm");

    private static final Set<String> OF_VOLUMES =
            Set.of("volume exists", "volume inspect", "volume rm");

    private final Catalog catalog;
    private final Call call;

    Completer(Catalog catalog, Call call) {
        this.catalog = catalog;
        this.call = call;
    }

    static boolean isSwitch(OptionSpec option) {
        return option.type() == boolean.class || option.type() == Boolean.class;
    }

    /// Candidates for the last of `words`, of which the first is `__complete`.
    String complete(List<String> words) throws InterruptedException {
        boolean described = words.getFirst().equals("__complete");
        var typed = words.subList(1, words.size());
        var last = typed.isEmpty() ? "" : typed.getLast();
        var before = typed.isEmpty() ? typed : typed.subList(0, typed.size() - 1);
        int depth = Catalog.depth(before);
        if (depth == before.size()) {
            return text(catalog.below(String.join(" ", before)), last, described) + ONLY_THESE;
        }
        var entry = catalog.find(String.join(" ", before.subList(0, depth + 1)));
        if (entry.isEmpty()) {
            return ONLY_THESE;
        }
        if (last.startsWith("-")) {
            return text(flags(entry.get()), last, described) + ONLY_THESE;
        }
        if (isValue(entry.get(), before.getLast())) {
            return FILES_TOO;
        }
        var names = names(entry.get().path());
        return text(names, last, described) + (names.isEmpty() ? FILES_TOO : ONLY_THESE);
    }

    private Map<String, String> flags(Entry entry) {
        var flags = new TreeMap<String, String>();
        for (var option : Commands.model(call, entry).options()) {
            if (!option.hidden()) {
                flags.put(option.longestName(), String.join(" ", option.description()));
            }
        }
        return flags;
    }

    /// Whether the word before is a flag that waits for its value.
    private boolean isValue(Entry entry, String before) {
        return before.startsWith("-")
                && !before.contains("=")
                && Commands.model(call, entry).options().stream()
                        .filter(option -> List.of(option.names()).contains(before))
                        .anyMatch(option -> !isSwitch(option));
    }

    private Map<String, String> names(String path) throws InterruptedException {
        if (OF_PODS.contains(path)) {
            return call.engine().pods().list().stream()
                    .collect(Collectors.toMap(PodSummary::name, pod -> pod.status().word()));
        }
        if (OF_CONTAINERS.contains(path)) {
            return call.engine().containers().list().stream()
                    .collect(
                            Collectors.toMap(
                                    ContainerSummary::name, one -> one.state().status().word()));
        }
        if (OF_IMAGES.contains(path)) {
            return call.engine().images().list().stream()
                    .filter(image -> !image.repository().equals("<none>"))
                    .collect(
                            Collectors.toMap(
                                    Completer::name, image -> image.id().brief(), (a, _) -> a));
        }
        if (OF_SECRETS.contains(path)) {
            return call.engine().secrets().list().stream()
                    .collect(Collectors.toMap(SecretSummary::name, one -> "secret", (a, _) -> a));
        }
        if (OF_NETWORKS.contains(path)) {
            return call.engine().networks().list().stream()
                    .collect(Collectors.toMap(NetworkSummary::name, one -> "network"));
        }
        if (OF_VOLUMES.contains(path)) {
            return call.engine().volumes().list().stream()
                    .collect(Collectors.toMap(VolumeSummary::name, one -> "volume"));
        }
        return Map.of();
    }

    private static String name(ImageSummary image) {
        return image.repository() + ":" + image.tag();
    }

    private static String text(Map<String, String> candidates, String begin, boolean described) {
        var out = new StringBuilder();
        new TreeMap<>(candidates)
                .forEach((word, what) -> {
                    if (word.startsWith(begin)) {
                        out.append(word).append(described ? "\t" + what : "").append('\n');
                    }
                });
        return out.toString();
    }
}
