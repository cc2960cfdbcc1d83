package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Rules for PersistentVolumeClaims, Podman's annotations on them, and PersistentVolumes.
final class ClaimRules {

    private static final String PODMAN = "volume.podman.io/";
    private static final List<String> MODES =
            List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");
    private static final Set<String> BINDS = Set.of("bind", "rbind");
    private static final Set<String> MOUNT_OPTIONS = Set.of("bind", "rbind", "ro", "rw");

    private final Complaints complaints;
    private final ResourceRules amounts;
    private final VolumeRules volumes;

    ClaimRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.amounts = new ResourceRules(complaints);
        this.volumes = new VolumeRules(complaints, names);
    }

    void claim(Mapping claim) {
        var spec = claim.mapping("spec");
        modes(spec);
        amounts.check(spec.mapping("resources"));
        podman(claim.mapping("metadata").mapping("annotations"));
    }

    void volume(Mapping volume) {
        var spec = volume.mapping("spec");
        modes(spec);
        for (var source : List.of("hostPath", "local")) {
            if (spec.has(source) && complaints.required(spec.mapping(source), "path")) {
                path(spec.mapping(source));
            }
        }
        volumes.nfs(spec);
        if (Stream.of("hostPath", "local", "nfs", "csi").noneMatch(spec::has)) {
            complaints.at(volume, "spec", "must say where the volume lies, was nothing known");
        }
    }

    private void path(Mapping source) {
        var path = source.text("path").orElse("");
        if (!path.startsWith("/") || Stream.of(path.split("/")).anyMatch(".."::equals)) {
            complaints.at(
                    source,
                    "path",
                    "must be an absolute path without '..', was " + Complaints.quoted(path));
        }
    }

    private void modes(Mapping spec) {
        for (var mode : spec.scalars("accessModes")) {
            if (!MODES.contains(mode.text())) {
                complaints.at(
                        mode,
                        "must be one of "
                                + String.join(", ", MODES)
                                + ", was "
                                + Complaints.quoted(mode.text()),
                        Complaints.didYouMean(mode.text(), MODES));
            }
        }
        complaints.oneOf(spec, "volumeMode", List.of("Filesystem", "Block"));
    }

    /// As `volume create` checks what is typed.
    private void podman(Mapping annotations) {
        for (var id : List.of("uid", "gid")) {
            var text = annotations.text(PODMAN + id);
            if (text.isPresent() && !text.get().matches("[0-9]{1,9}")) {
                at(annotations, id, "must be a number, was " + Complaints.quoted(text.get()));
            }
        }
        var type = annotations.text(PODMAN + "type").orElse("");
        var words = List.of(annotations.text(PODMAN + "mount-options").orElse("").split(","));
        if (!BINDS.contains(type) && !Set.of("", "none").contains(type)) {
            mounted(annotations, type, words);
            return;
        }
        var bind = BINDS.contains(type) || words.stream().anyMatch(BINDS::contains);
        for (var word : words) {
            if (!word.isEmpty() && (!bind || !MOUNT_OPTIONS.contains(word))) {
                at(
                        annotations,
                        "mount-options",
                        "must be of bind, rbind, ro, rw of a bind, was " + Complaints.quoted(word));
            }
        }
        if (bind) {
            unowned(annotations, "a directory of the host");
        }
        device(annotations, bind);
    }

    /// A file system, which mount(8) mounts when the volume is used.
    private void mounted(Mapping annotations, String type, List<String> words) {
        var quoted = Complaints.quoted(type);
        if (!type.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            at(annotations, "type", "no type of file system: " + quoted);
        } else if (type.startsWith("fuse")) {
            at(annotations, "type", "is a program to run, not for a manifest: " + quoted);
        }
        if (!type.equals("tmpfs")) {
            if (annotations.text(PODMAN + "device").orElse("").isEmpty()) {
                at(annotations, "device", "is needed for type " + quoted);
            }
            unowned(annotations, "type " + quoted);
        }
        words.stream()
                .filter(BINDS::contains)
                .findFirst()
                .ifPresent(bind ->
                        at(
                                annotations,
                                "mount-options",
                                Complaints.quoted(bind) + " cannot be used with type " + quoted));
    }

    private void unowned(Mapping annotations, String what) {
        for (var id : List.of("uid", "gid")) {
            if (annotations.text(PODMAN + id).orElse("").matches("[0-9]{1,9}")) {
                at(annotations, id, "cannot be used with " + what);
            }
        }
    }

    private void device(Mapping annotations, boolean bind) {
        var device = annotations.text(PODMAN + "device").orElse("");
        if (bind == device.isEmpty()) {
            at(
                    annotations,
                    bind ? "type" : "device",
                    bind
                            ? "bind needs volume.podman.io/device, a directory of the host"
                            : "needs volume.podman.io/type: bind");
        } else if (bind && !device.startsWith("/")) {
            at(
                    annotations,
                    "device",
                    "must be an absolute path of the host, was " + Complaints.quoted(device));
        }
    }

    private void at(Mapping annotations, String key, String message) {
        complaints.at(annotations, PODMAN + key, message);
    }
}
