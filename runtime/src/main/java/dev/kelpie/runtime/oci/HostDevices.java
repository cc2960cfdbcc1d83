package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.DirectoryEntry;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Linux;
import dev.kelpie.runtime.spec.LinuxResources.DeviceRule;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess;
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

    private static final String FIFO = "p";

    private static final List<String> NEVER =
            List.of("pts", "shm", "mqueue", "console", "ptmx", "fd", "hugepages", "core");

    /// @param shown the container's root can make no nodes
    /// @param user owns what is told of without an owner
    static HostDevices of(ContainerConfig.Security security, OciProcess.User user, boolean shown) {
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
                var known = shown ? found(dev, device) : node(dev, device, user);
                if (shown) {
                    mounts.removeIf(other -> other.destination().equals(known.path()));
                    mounts.add(show(device));
                } else {
                    nodes.removeIf(other -> other.path().equals(known.path()));
                    nodes.add(known);
                }
                if (!known.type().equals(FIFO) && !device.access().isEmpty()) {
                    rules.add(
                            rule(
                                    true,
                                    Optional.of(known),
                                    Optional.of(known.type()),
                                    device.access()));
                }
            }
        }
        return new HostDevices(List.copyOf(nodes), List.copyOf(mounts), List.copyOf(rules));
    }

    private static Linux.Device node(
            RootedDirectory host, ContainerConfig.HostDevice device, OciProcess.User user) {
        var told = device.node();
        if (told.isPresent() && isWhole(told.get())) {
            return of(told.get(), device.containerPath(), Optional.empty(), user);
        }
        var found = found(host, device);
        return told.map(facts -> of(facts, device.containerPath(), Optional.of(found), user))
                .orElse(found);
    }

    private static Linux.Device found(RootedDirectory host, ContainerConfig.HostDevice device) {
        var told = device.node().map(HostDevices::type).orElse("");
        var found =
                host.statFollowing(device.hostPath().toString())
                        .filter(facts -> isDevice(facts.type()) || told.equals(FIFO))
                        .map(facts -> device(facts, device.containerPath()))
                        .orElseThrow(() ->
                                new FileAccessException(
                                        "'" + device.hostPath() + "' is not a device"));
        if (!told.isEmpty() && !told.equals(found.type())) {
            throw new FileAccessException(
                    "'%s' is told to be of type %s, is of %s"
                            .formatted(device.hostPath(), told, found.type()));
        }
        return found;
    }

    private static boolean isWhole(ContainerConfig.NodeFacts told) {
        return told.type().equals(FIFO) || (!told.type().isEmpty() && told.number().isPresent());
    }

    /// Unbuffered ones are of characters to the kernel and to runtimes.
    private static String type(ContainerConfig.NodeFacts told) {
        return told.type().equals("u") ? "c" : told.type();
    }

    private static Linux.Device of(
            ContainerConfig.NodeFacts told,
            String path,
            Optional<Linux.Device> found,
            OciProcess.User user) {
        return new Linux.Device(
                path,
                told.type().isEmpty() ? found.orElseThrow().type() : type(told),
                told.number()
                        .map(number -> (long) number.major())
                        .or(() -> found.map(Linux.Device::major))
                        .orElse(0L),
                told.number()
                        .map(number -> (long) number.minor())
                        .or(() -> found.map(Linux.Device::minor))
                        .orElse(0L),
                told.fileMode(),
                told.uid().orElse(user.uid()),
                told.gid().orElse(user.gid()));
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
                .filter(facts -> isDevice(facts.type()))
                .map(facts -> device(facts, destination));
    }

    private static boolean isDevice(EntryType type) {
        return type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
    }

    private static Linux.Device device(EntryFacts facts, String destination) {
        return new Linux.Device(
                destination,
                switch (facts.type()) {
                    case CHARACTER_DEVICE -> "c";
                    case BLOCK_DEVICE -> "b";
                    case FIFO -> FIFO;
                    default -> "";
                },
                facts.device().major(),
                facts.device().minor(),
                facts.mode(),
                facts.uid(),
                facts.gid());
    }
}
