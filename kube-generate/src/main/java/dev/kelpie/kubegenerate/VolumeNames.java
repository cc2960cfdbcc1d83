package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Gives volumes that were only numbered (`mount-0`) names that tell what they are.
public final class VolumeNames {
    private static final Pattern NUMBERED = Pattern.compile("(mount|secret)-\\d+");
    private static final Pattern STRANGE = Pattern.compile("[^a-z0-9]+");
    private static final int LONGEST = 40;

    private VolumeNames() {}

    /// The same pod with named volumes.
    public static PodSpec of(PodSpec pod) {
        var names = new HashMap<String, String>();
        for (var volume : pod.volumes()) {
            var name = volume.name();
            if (NUMBERED.matcher(name).matches()) {
                name = free(called(volume, pod), names);
            }
            names.put(volume.name(), name);
        }
        var volumes =
                pod.volumes().stream()
                        .map(each ->
                                new Volume(
                                        names.getOrDefault(each.name(), each.name()),
                                        each.source()))
                        .toList();
        return pod.withVolumes(volumes)
                .withContainers(container -> container.withVolumeNames(names));
    }

    private static String called(Volume volume, PodSpec pod) {
        var words =
                switch (volume.source()) {
                    case Volume.Named(String claim) -> claim;
                    case Volume.HostPath(var path, var _) -> last(path.toString());
                    case Volume.SecretFile file -> file.secret();
                    case Volume.Nfs nfs -> last(nfs.path());
                    case Volume.EmptyDir _,
                            Volume.Tmpfs _,
                            Volume.Secret _,
                            Volume.ConfigMap _,
                            Volume.Projected _,
                            Volume.Image _ ->
                            place(volume, pod).map(VolumeNames::last).orElse("");
                };
        var plain =
                STRANGE.matcher(words.toLowerCase(Locale.ROOT))
                        .replaceAll("-")
                        .replaceAll("^-|-$", "");
        var cut = plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("-$", "");
        return cut.isEmpty() ? "data" : cut;
    }

    private static Optional<String> place(Volume volume, PodSpec pod) {
        return pod.allContainers().stream()
                .flatMap(container -> container.mounts().stream())
                .filter(mount -> mount.volume().equals(volume.name()))
                .map(VolumeMount::mountPath)
                .findFirst();
    }

    private static String last(String path) {
        var parts = List.of(path.split("/"));
        return parts.isEmpty() ? "" : parts.getLast();
    }

    private static String free(String wanted, Map<String, String> taken) {
        var name = wanted;
        for (int i = 2; taken.containsValue(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }
}
