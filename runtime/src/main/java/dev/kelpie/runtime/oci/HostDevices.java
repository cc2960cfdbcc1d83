package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.DirectoryEntry;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Linux;
import dev.kelpie.runtime.spec.LinuxResources.DeviceRule;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Device nodes of the host given to a container, and the rules that let it use them.
///
/// @param nodes to be made inside
/// @param mounts of the host's own nodes, where none can be made: in a user namespace
record HostDevices(List<Linux.Device> nodes, List<Mount> mounts, List<DeviceRule> rules) {

    private static final List<String> SHOWN = List.of("bind", "rprivate", "nosuid", "noexec", "rw");

    private static final List<String> NEVER =
            List.of("pts", "shm", "mqueue", "console", "ptmx", "fd", "hugepages", "core");

    /// @param shown the container's root can make no nodes
    static HostDevices of(ContainerConfig.Security security, boolean shown) {
        var nodes = new ArrayList<Linux.Device>();
        var mounts = new ArrayList<Mount>();
        var rules = new ArrayList<DeviceRule>();
        try (var dev = RootedDirectory.open(Path.of("/"))) {
            if (security.privileged()) {
                rules.add(rule(true, Optional.empty(), Optional.empty(), "rwm"));
                addAll(dev, "/dev", nodes);
            } else {
                rules.add(rule(false, Optional.empty(), Optional.empty(), "rwm"));
            }
            for (var device : security.devices()) {
                var node = node(dev, device.hostPath().toString(), device.containerPath());
                var known =
                        node.orElseThrow(() ->
                                new FileAccessException(
                                        "'" + device.hostPath() + "' is not a device"));
                if (shown) {
                    mounts.add(show(device));
                } else {
                    nodes.add(known);
                }
                rules.add(
                        rule(true, Optional.of(known), Optional.of(known.type()), device.access()));
            }
        }
        return new HostDevices(List.copyOf(nodes), List.copyOf(mounts), List.copyOf(rules));
    }

    private static Mount show(ContainerConfig.HostDevice device) {
        return Mount.bind(device.hostPath(), device.containerPath(), false).withOptions(SHOWN);
    }

    private static DeviceRule rule(
            boolean allow, Optional<Linux.Device> node, Optional<String> type, String access) {
        return new DeviceRule(
                allow, type, node.map(Linux.Device::major), node.map(Linux.Device::minor), access);
    }

    private static void addAll(RootedDirectory host, String folder, List<Linux.Device> nodes) {
        for (DirectoryEntry entry : host.list(folder)) {
            var path = folder + "/" + entry.name();
            var isLink = entry.type() == EntryType.SYMLINK;
            if (isLink || NEVER.contains(entry.name()) || entry.name().startsWith("tty")) {
                continue;
            }
            if (entry.type() == EntryType.DIRECTORY) {
                addAll(host, path, nodes);
            } else {
                node(host, path, path).ifPresent(nodes::add);
            }
        }
    }

    private static Optional<Linux.Device> node(
            RootedDirectory host, String path, String destination) {
        return host.statFollowing(path)
                .filter(facts ->
                        facts.type() == EntryType.CHARACTER_DEVICE
                                || facts.type() == EntryType.BLOCK_DEVICE)
                .map(facts -> device(facts, destination));
    }

    private static Linux.Device device(EntryFacts facts, String destination) {
        return new Linux.Device(
                destination,
                facts.type() == EntryType.CHARACTER_DEVICE ? "c" : "b",
                facts.device().major(),
                facts.device().minor(),
                facts.mode(),
                facts.uid(),
                facts.gid());
    }
}
