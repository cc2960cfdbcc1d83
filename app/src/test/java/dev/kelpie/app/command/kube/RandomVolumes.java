package dev.kelpie.app.command.kube;

import dev.kelpie.engine.spec.Downward;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Volumes of every kind that a manifest can give, and where containers mount them.
final class RandomVolumes {
    private final RandomWords words;

    RandomVolumes(RandomWords words) {
        this.words = words;
    }

    List<Volume> volumes() {
        var volumes = new ArrayList<Volume>();
        int count = words.below(5);
        for (int i = 0; i < count; i++) {
            volumes.add(new Volume("vol-" + i, source(i)));
        }
        return volumes;
    }

    private Volume.Source source(int i) {
        return switch (words.below(8)) {
            case 0 ->
                    new Volume.HostPath(
                            Path.of("/srv/data " + i), words.of(Volume.HostPathType.values()));
            case 1 -> new Volume.EmptyDir(words.chance(50), amount(1 << 20, 1000, 0));
            case 2 -> new Volume.Secret("login", items(), words.of(0644, 0400), words.chance(30));
            case 3 -> new Volume.Named(words.of("data", "data-2"));
            case 4 ->
                    new Volume.Image(
                            new ImageSource(
                                    words.of("localhost/hello:1", "example.org/web:2"),
                                    words.of(
                                            PullPolicy.ALWAYS,
                                            PullPolicy.MISSING,
                                            PullPolicy.NEVER)));
            case 5 -> projected();
            case 6 ->
                    new Volume.Nfs(
                            words.of("nas", "fd00::1"),
                            words.of("/", "/exports/a b"),
                            words.chance(50));
            default -> configMap();
        };
    }

    private Volume.ConfigMap configMap() {
        return Volume.ConfigMap.fixed(words.of("look", "look-2", "map"), files());
    }

    private Volume.Projected projected() {
        var parts = new ArrayList<Volume.Part>();
        int mode = words.of(0644, 0400);
        if (words.chance(50)) {
            parts.add(new Volume.Part.Keys(new Volume.Secret("login", items(), mode, false)));
        }
        if (words.chance(50)) {
            parts.add(
                    new Volume.Part.About(
                            List.of(
                                    new Volume.FactFile(
                                            "about/labels",
                                            new Downward.Field("metadata.labels"),
                                            words.of(0644, 0400)),
                                    new Volume.FactFile(
                                            "memory",
                                            new Downward.Resource("main-0", "limits.memory", 1000),
                                            0600))));
        }
        if (parts.isEmpty() || words.chance(50)) {
            parts.add(new Volume.Part.Files(wholeNames()));
        }
        return new Volume.Projected(parts);
    }

    /// Files that stand beside others.
    private Volume.ConfigMap wholeNames() {
        var own =
                files().stream()
                        .map(file ->
                                new Volume.FileContent(
                                        "map/" + file.path(), file.base64(), file.mode()))
                        .toList();
        return Volume.ConfigMap.fixed("map-" + words.of("a", "b"), own);
    }

    private List<Volume.KeyToPath> items() {
        return words.chance(50)
                ? List.of()
                : List.of(
                        new Volume.KeyToPath("user", "a/user", OptionalInt.of(0440)),
                        new Volume.KeyToPath("password", "password", OptionalInt.empty()));
    }

    private List<Volume.FileContent> files() {
        var files = new TreeMap<String, Volume.FileContent>();
        int mode = words.of(0644, 0755);
        boolean even = words.chance(70);
        for (int i = words.below(4); i > 0; i--) {
            var path = words.of("index.html", "run.sh", "conf/app.conf", "z");
            var content = words.text().getBytes(StandardCharsets.UTF_8);
            if (words.chance(10)) {
                content = new byte[] {0, (byte) 0xff, 10};
            }
            files.put(
                    path,
                    new Volume.FileContent(
                            path,
                            Base64.getEncoder().encodeToString(content),
                            even ? mode : words.of(0600, 0644)));
        }
        return List.copyOf(files.values());
    }

    List<VolumeMount> mounts(List<Volume> volumes, boolean privileged) {
        var mounts = new ArrayList<VolumeMount>();
        for (var volume : volumes) {
            if (words.chance(60)) {
                mounts.add(
                        new VolumeMount(
                                volume.name(),
                                "/mnt/" + volume.name(),
                                words.maybe("sub/path"),
                                words.chance(30),
                                words.of(
                                        VolumeMount.Propagation.RPRIVATE,
                                        VolumeMount.Propagation.RSLAVE),
                                false));
            }
        }
        if (privileged && !volumes.isEmpty()) {
            mounts.add(
                    new VolumeMount(
                            volumes.getFirst().name(),
                            "/both",
                            Optional.empty(),
                            false,
                            VolumeMount.Propagation.RSHARED,
                            false));
        }
        return mounts;
    }

    private OptionalLong amount(long... choices) {
        return words.chance(60)
                ? OptionalLong.empty()
                : OptionalLong.of(choices[words.below(choices.length)]);
    }
}
