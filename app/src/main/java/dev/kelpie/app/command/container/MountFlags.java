package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.TmpfsFlag;
import dev.kelpie.app.flag.VolumeFlag;
import dev.kelpie.engine.report.MountPoint;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.engine.spec.VolumeMount.Propagation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// Flags on what a new container sees of the host and of volumes.
final class MountFlags {
    @Option(
            names = {"-v", "--volume"},
            description = "Mount: [host-path|volume:]container-path[:options]")
    List<String> volumes = new ArrayList<>();

    @Option(
            names = "--mount",
            description = "Mount: type=bind|volume|tmpfs|image|glob,source=...,target=...")
    List<String> mounts = new ArrayList<>();

    private static final Set<String> FLAGS =
            Set.of("exec", "noexec", "suid", "nosuid", "dev", "nodev");

    @Option(
            names = "--tmpfs",
            description = "File system in memory: container-path[:size=64m,mode=1777,noexec,...]")
    List<String> tmpfs = new ArrayList<>();

    @Option(names = "--volumes-from", description = "Mounts of another container: NAME[:ro]")
    List<String> volumesFrom = new ArrayList<>();

    @Option(names = "--tz", description = "Time zone: Europe/Berlin, or local")
    String timezone = "";

    /// The volumes, and where they are mounted.
    record Mounts(List<Volume> volumes, List<VolumeMount> mounts) {
        private void add(Volume.Source source, VolumeMount mount) {
            if (mounts.stream().anyMatch(other -> other.mountPath().equals(mount.mountPath()))) {
                throw FlagException.meaning(
                        "\"" + mount.mountPath() + "\": duplicate mount destination");
            }
            volumes.add(new Volume(mount.volume(), source));
            mounts.add(mount);
        }

        /// A file that a secret becomes.
        void addFile(Volume.SecretFile file, String target) {
            add(
                    file,
                    new VolumeMount(
                            "secret-" + volumes.size(),
                            target,
                            Optional.empty(),
                            true,
                            Propagation.RPRIVATE,
                            false));
        }

        /// The files of an image.
        void addImage(String image, String target, boolean readOnly) {
            if (image.isEmpty()) {
                throw FlagException.meaning("must set source and destination for image volume");
            }
            add(
                    new Volume.Image(new ImageSource(image, PullPolicy.MISSING)),
                    new VolumeMount(
                            nextName(),
                            target,
                            Optional.empty(),
                            readOnly,
                            Propagation.RPRIVATE,
                            false));
        }

        /// Whether any are of images, which are mounted when the pod begins.
        boolean haveImages() {
            return volumes.stream().anyMatch(each -> each.source() instanceof Volume.Image);
        }

        private String nextName() {
            return "mount-" + volumes.size();
        }
    }

    /// @param readOnly the root is read-only, so that the usual scratch places are put in memory
    Mounts mounts(Call call, boolean readOnly) {
        var all = new Mounts(new ArrayList<>(), new ArrayList<>());
        for (var word : volumes) {
            volume(all, VolumeFlag.parse(word, call.session().workingDirectory()));
        }
        mounts.forEach(word -> mount(all, call, word));
        if (!timezone.isEmpty()) {
            all.add(
                    new Volume.HostPath(zone(), Volume.HostPathType.FILE),
                    new VolumeMount(
                            all.nextName(),
                            "/etc/localtime",
                            Optional.empty(),
                            true,
                            Propagation.RPRIVATE,
                            false));
        }
        tmpfs.forEach(word -> memory(all, TmpfsFlag.parse(word)));
        if (readOnly) {
            for (var scratch : List.of("/run", "/tmp", "/var/tmp")) {
                if (all.mounts().stream().noneMatch(each -> each.mountPath().equals(scratch))) {
                    memory(all, TmpfsFlag.parse(scratch));
                }
            }
        }
        return all;
    }

    private Path zone() {
        var zones = Path.of("/usr/share/zoneinfo");
        var wanted =
                timezone.equals("local")
                        ? Path.of("/etc/localtime")
                        : zones.resolve(timezone).normalize();
        try {
            if (timezone.equals("local") || wanted.startsWith(zones)) {
                var file = wanted.toRealPath();
                if (Files.isRegularFile(file)) {
                    return file;
                }
            }
        } catch (IOException _) {
            // said below
        }
        throw FlagException.meaning("unknown timezone \"" + timezone + "\": not in " + zones);
    }

    /// Takes over what other containers mount; a place that is taken stays as it is.
    void inherit(Call call, Mounts all) throws InterruptedException {
        for (var word : volumesFrom) {
            int colon = word.indexOf(':');
            var name = colon < 0 ? word : word.substring(0, colon);
            var options =
                    colon < 0 ? List.<String>of() : List.of(word.substring(colon + 1).split(","));
            var other = call.engine().containers().inspect(name);
            for (var point : other.summary().connections().mounts()) {
                if (point.type().equals("tmpfs")) {
                    continue; // it is that container's alone
                }
                boolean taken =
                        all.mounts().stream()
                                .anyMatch(m -> m.mountPath().equals(point.destination()));
                if (!taken) {
                    boolean readOnly = point.readOnly() || options.contains("ro");
                    volume(all, inherited(point, readOnly));
                }
            }
        }
    }

    private static VolumeFlag inherited(MountPoint point, boolean readOnly) {
        var options = new ArrayList<>(point.options());
        options.retainAll(FLAGS);
        if (readOnly) {
            options.add("ro");
        }
        return new VolumeFlag(
                point.name().isEmpty() ? point.source() : point.name(),
                point.destination(),
                options);
    }

    private static void volume(Mounts all, VolumeFlag flag) {
        all.add(flag.volume(), flag.mount(all.nextName()));
    }

    private static void memory(Mounts all, TmpfsFlag flag) {
        var mount =
                new VolumeMount(
                        all.nextName(),
                        flag.target(),
                        Optional.empty(),
                        false,
                        Propagation.RPRIVATE,
                        false);
        all.add(flag.source(), mount);
    }

    private static void mount(Mounts all, Call call, String word) {
        if (Arrays.asList(word.split(",", -1)).contains("type=tmpfs")) {
            memory(all, TmpfsMount.of(word));
            return;
        }
        var parts = parts(word);
        var type = parts.getOrDefault("type", "volume");
        var target = parts.getOrDefault("target", "");
        var source = parts.getOrDefault("source", "");
        var options = new ArrayList<String>();
        if (!parts.getOrDefault("readonly", "false").equals("false")
                || parts.getOrDefault("readwrite", "true").equals("false")) {
            options.add("ro");
        }
        Optional.ofNullable(parts.get("bind-propagation")).ifPresent(options::add);
        options.addAll(flags(parts));
        if (parts.getOrDefault("U", "false").equals("true")) {
            options.add("U");
        }
        switch (type) {
            case "bind" -> {
                if (source.isEmpty()) {
                    throw FlagException.meaning("must set source: --mount \"" + word + "\"");
                }
                var path = call.path(source).toString();
                volume(all, checked(word, new VolumeFlag(path, target, options)));
            }
            case "volume" -> volume(all, checked(word, new VolumeFlag(source, target, options)));
            case "glob" -> glob(all, call.path(source), target, options);
            case "image" -> {
                var place = checked(word, new VolumeFlag(source, target, List.of()));
                if (parts.getOrDefault("readwrite", "false").equals("true")) {
                    throw FlagException.meaning("an image is read-only: --mount \"" + word + "\"");
                }
                all.addImage(place.source(), place.target(), true);
            }
            default ->
                    throw FlagException.meaning("mount type \"" + type + "\" is not supported yet");
        }
    }

    private static List<String> flags(Map<String, String> parts) {
        return FLAGS.stream()
                .filter(parts::containsKey)
                .map(flag -> Opposites.meant(flag, parts.getOrDefault(flag, "")))
                .toList();
    }

    private static void glob(Mounts all, Path pattern, String target, List<String> options) {
        for (var found : GlobMount.of(pattern, target)) {
            volume(all, found.flag(options));
        }
    }

    private static VolumeFlag checked(String word, VolumeFlag flag) {
        if (!flag.target().startsWith("/")) {
            throw FlagException.meaning(
                    "must set an absolute volume destination: --mount \"" + word + "\"");
        }
        return flag;
    }

    private static Map<String, String> parts(String word) {
        var parts = new HashMap<String, String>();
        for (var part : word.split(",", -1)) {
            int equals = part.indexOf('=');
            var key = equals < 0 ? part : part.substring(0, equals);
            var known =
                    switch (key) {
                        case "type", "bind-propagation" -> key;
                        case "exec", "noexec", "suid", "nosuid", "dev", "nodev" -> key;
                        case "src", "source" -> "source";
                        case "dst", "destination", "target" -> "target";
                        case "U", "chown" -> "U";
                        case "ro", "readonly" -> "readonly";
                        case "rw", "readwrite" -> "readwrite";
                        case "consistency", "relabel", "z", "Z" -> "";
                        default ->
                                throw FlagException.meaning(
                                        "unknown option \"" + key + "\": --mount \"" + word + "\"");
                    };
            parts.put(known, equals < 0 ? "true" : part.substring(equals + 1));
        }
        return parts;
    }
}
