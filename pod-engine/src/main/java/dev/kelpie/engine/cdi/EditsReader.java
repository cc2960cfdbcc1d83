package dev.kelpie.engine.cdi;

import dev.kelpie.engine.cdi.ContainerEdits.NamedHook;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.oci.ContainerConfig.HostDevice;
import dev.kelpie.runtime.oci.ContainerConfig.NodeFacts;
import dev.kelpie.runtime.spec.Hooks.Hook;
import dev.kelpie.runtime.spec.Linux.IntelRdt;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads `containerEdits`.
final class EditsReader {
    private static final Set<String> MOMENTS =
            Set.of(
                    "prestart",
                    "createRuntime",
                    "createContainer",
                    "startContainer",
                    "poststart",
                    "poststop");

    private static final Set<String> TYPES = Set.of("", "b", "c", "u", "p");
    private static final long MOST_ID = 0xffff_ffffL;
    private static final long MOST_MAJOR = 0xfff;
    private static final long MOST_MINOR = 0xfffff;
    private static final long MOST_MODE = 0xffff;
    private static final int PERMISSIONS = 0xfff;
    private static final int USUAL_MODE = 0666;

    private EditsReader() {}

    static ContainerEdits read(SpecTree edits) {
        edits.allow(
                "env",
                "deviceNodes",
                "mounts",
                "hooks",
                "intelRdt",
                "additionalGids",
                "netDevices");
        if (edits.has("netDevices")) {
            edits.problem("netDevices", "a network interface cannot be given to a container here");
        }
        return new ContainerEdits(
                edits.variables("env"),
                edits.objects("deviceNodes").stream()
                        .flatMap(node -> device(node).stream())
                        .toList(),
                edits.objects("mounts").stream().flatMap(node -> mount(node).stream()).toList(),
                edits.objects("hooks").stream().map(EditsReader::hook).toList(),
                edits.object("intelRdt").map(EditsReader::rdt),
                edits.numbers("additionalGids", MOST_ID).stream().filter(gid -> gid != 0).toList());
    }

    private static Optional<HostDevice> device(SpecTree node) {
        node.allow(
                "path",
                "hostPath",
                "type",
                "major",
                "minor",
                "fileMode",
                "permissions",
                "uid",
                "gid");
        var path = path(node, "path", true);
        var host = path(node, "hostPath", false).or(() -> path);
        var type = node.text("type");
        if (!TYPES.contains(type)) {
            node.problem("type", "must be b, c, u or p, was '" + type + "'");
        }
        var access = access(node);
        var facts =
                new NodeFacts(
                        type,
                        number(node),
                        (int) node.number("fileMode", MOST_MODE).orElse(USUAL_MODE) & PERMISSIONS,
                        node.number("uid", MOST_ID),
                        node.number("gid", MOST_ID));
        return path.flatMap(inside ->
                host.map(outside ->
                        new HostDevice(outside, inside.toString(), access, Optional.of(facts))));
    }

    /// A device without a major number is looked for on the host.
    private static Optional<EntryFacts.Device> number(SpecTree node) {
        long major = node.number("major", MOST_MAJOR).orElse(0);
        long minor = node.number("minor", MOST_MINOR).orElse(0);
        return major == 0
                ? Optional.empty()
                : Optional.of(new EntryFacts.Device((int) major, (int) minor));
    }

    private static String access(SpecTree node) {
        var text = node.text("permissions");
        if (!text.matches("[rwm]{0,3}|none")) {
            node.problem("permissions", "must be letters of rwm, or none, was '" + text + "'");
        }
        return switch (text) {
            case "" -> "rwm";
            case "none" -> "";
            default -> text;
        };
    }

    private static Optional<Mount> mount(SpecTree node) {
        node.allow("hostPath", "containerPath", "options", "type");
        var type = node.text("type");
        var options = new ArrayList<>(node.texts("options"));
        boolean bound = type.isEmpty() || type.equals("bind") || type.equals("none");
        if (bound && !options.contains("bind") && !options.contains("rbind")) {
            options.add("rbind");
        }
        var source = node.required("hostPath");
        var inside = path(node, "containerPath", true);
        return inside.map(path ->
                new Mount(path.toString(), bound ? "bind" : type, source, List.copyOf(options)));
    }

    private static NamedHook hook(SpecTree node) {
        node.allow("hookName", "path", "args", "env", "timeout");
        var moment = node.required("hookName");
        if (!moment.isEmpty() && !MOMENTS.contains(moment)) {
            node.problem("hookName", "is no hook of the runtime's: '" + moment + "'");
        }
        var timeout = node.number("timeout", Integer.MAX_VALUE);
        return new NamedHook(
                moment,
                new Hook(
                        path(node, "path", true).map(Path::toString).orElse(""),
                        node.texts("args"),
                        node.variables("env"),
                        timeout.isPresent() && timeout.getAsLong() > 0
                                ? Optional.of((int) timeout.getAsLong())
                                : Optional.empty()));
    }

    private static IntelRdt rdt(SpecTree node) {
        node.allow(
                "closID",
                "l3CacheSchema",
                "memBwSchema",
                "schemata",
                "enableMonitoring",
                "enableCMT",
                "enableMBM");
        var id = node.text("closID");
        if (id.matches("\\.\\.?") || (id.contains("/") && !id.equals("/")) || id.contains("\n")) {
            node.problem("closID", "must be the name of a folder, was '" + id + "'");
        }
        return new IntelRdt(
                some(id),
                some(node.text("l3CacheSchema")),
                some(node.text("memBwSchema")),
                node.texts("schemata"),
                // what the older words ask for is a group that is monitored too
                Stream.of("enableMonitoring", "enableCMT", "enableMBM")
                        .map(node::flag)
                        .reduce(false, Boolean::logicalOr));
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Path> path(SpecTree node, String field, boolean required) {
        var text = required ? node.required(field) : node.text(field);
        try {
            var path = Path.of(text);
            if (!text.isEmpty() && (!path.isAbsolute() || !path.normalize().equals(path))) {
                node.problem(field, "must be an absolute path without '..', was '" + text + "'");
                return Optional.empty();
            }
            return text.isEmpty() ? Optional.empty() : Optional.of(path);
        } catch (InvalidPathException _) {
            node.problem(field, "is no path");
            return Optional.empty();
        }
    }
}
