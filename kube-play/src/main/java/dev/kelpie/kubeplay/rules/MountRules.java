package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Rules for where a container mounts the volumes of its pod.
final class MountRules {

    private static final List<String> PROPAGATIONS =
            List.of("None", "HostToContainer", "Bidirectional");

    private static final List<String> RECURSIVE = List.of("Disabled", "IfPossible", "Enabled");

    private final Complaints complaints;

    MountRules(Complaints complaints) {
        this.complaints = complaints;
    }

    void check(Mapping container, Set<String> volumes) {
        var seen = new HashSet<String>();
        for (var mount : container.mappings("volumeMounts")) {
            declared(mount, volumes);
            if (complaints.required(mount, "mountPath")) {
                mount.word("mountPath").ifPresent(path -> mountPath(mount, path, seen));
            }
            subPath(mount);
            propagation(mount, container);
            recursive(mount);
        }
        checkDevices(container, volumes);
    }

    private void checkDevices(Mapping container, Set<String> volumes) {
        var mounted =
                container.mappings("volumeMounts").stream()
                        .map(mount -> mount.text("name").orElse(""))
                        .toList();
        var names = new HashSet<String>();
        var paths = new HashSet<String>();
        for (var device : container.mappings("volumeDevices")) {
            declared(device, volumes);
            var name = device.word("name");
            if (name.isPresent() && (!names.add(name.get()) || mounted.contains(name.get()))) {
                complaints.at(
                        device,
                        "name",
                        "volume " + Complaints.quoted(name.get()) + " is used a second time");
            }
            if (complaints.required(device, "devicePath")) {
                device.word("devicePath").ifPresent(path -> devicePath(device, path, paths));
            }
        }
    }

    private void devicePath(Mapping device, String path, Set<String> seen) {
        if (!path.startsWith("/") || Stream.of(path.split("/")).anyMatch(".."::equals)) {
            complaints.at(
                    device,
                    "devicePath",
                    "must be an absolute path without '..', was " + Complaints.quoted(path));
        } else if (!seen.add(path)) {
            complaints.at(device, "devicePath", "duplicate path " + Complaints.quoted(path));
        }
    }

    private void declared(Mapping mount, Set<String> volumes) {
        var name = mount.word("name");
        if (complaints.required(mount, "name")
                && name.isPresent()
                && !volumes.contains(name.get())) {
            complaints.at(
                    mount,
                    "name",
                    "volume " + Complaints.quoted(name.get()) + " is not declared in spec.volumes",
                    Complaints.didYouMean(name.get(), List.copyOf(volumes)));
        }
    }

    private void mountPath(Mapping mount, String path, Set<String> seen) {
        if (path.indexOf(':') >= 0) {
            complaints.at(
                    mount,
                    "mountPath",
                    "must not contain ':' (mount options are not part of a path), was "
                            + Complaints.quoted(path));
        } else if (!seen.add(("/" + path).replaceAll("/+", "/").replaceAll("(?<=.)/$", ""))) {
            complaints.at(mount, "mountPath", "duplicate mount path " + Complaints.quoted(path));
        }
    }

    private void subPath(Mapping mount) {
        var expression = mount.word("subPathExpr");
        if (expression.isPresent()
                && (expression.get().startsWith("/")
                        || Stream.of(expression.get().split("/")).anyMatch(".."::equals))) {
            complaints.at(
                    mount,
                    "subPathExpr",
                    "must be a relative path without '..', was "
                            + Complaints.quoted(expression.get()));
        }
        var path = mount.word("subPath");
        if (path.isEmpty()) {
            return;
        }
        if (path.get().startsWith("/") || Stream.of(path.get().split("/")).anyMatch(".."::equals)) {
            complaints.at(
                    mount,
                    "subPath",
                    "must be a relative path without '..', was " + Complaints.quoted(path.get()));
        }
        if (mount.has("subPathExpr")) {
            complaints.at(mount, "subPathExpr", "must not be written together with subPath");
        }
    }

    private void recursive(Mapping mount) {
        complaints.oneOf(mount, "recursiveReadOnly", RECURSIVE);
        var wanted = mount.text("recursiveReadOnly").orElse("Disabled");
        if (List.of("Enabled", "IfPossible").contains(wanted)) {
            if (!mount.flag("readOnly")) {
                complaints.at(
                        mount, "recursiveReadOnly", "may only be written with readOnly: true");
            }
            if (!List.of("", "None").contains(mount.text("mountPropagation").orElse(""))) {
                complaints.at(
                        mount,
                        "recursiveReadOnly",
                        "may only be written with mountPropagation: None");
            }
        }
    }

    private void propagation(Mapping mount, Mapping container) {
        complaints.oneOf(mount, "mountPropagation", PROPAGATIONS);
        var both = mount.text("mountPropagation").orElse("").equals("Bidirectional");
        if (both && !container.mapping("securityContext").flag("privileged")) {
            complaints.at(
                    mount, "mountPropagation", "Bidirectional is for privileged containers only");
        }
    }
}
