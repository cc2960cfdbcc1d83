package dev.kelpie.engine.cdi;

import dev.kelpie.engine.cdi.ContainerEdits.NamedHook;
import dev.kelpie.engine.spec.Tuning.Device;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.spec.Hooks;
import dev.kelpie.runtime.spec.Hooks.Hook;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Gives a container the devices that it names by their makers' names.
public final class CdiDevices {

    private CdiDevices() {}

    /// The same with these devices, as the host's spec files are now.
    ///
    /// @throws dev.kelpie.engine.fault.InvalidRequestException where the host does not have one
    public static ContainerConfig into(ContainerConfig config, List<Device> devices) {
        var named = devices.stream().filter(Device::named).toList();
        if (named.isEmpty()) {
            return config;
        }
        var folders =
                named.stream()
                        .flatMap(device -> device.registries().stream())
                        .distinct()
                        .map(Path::of)
                        .toList();
        var registry = CdiRegistry.read(folders.isEmpty() ? CdiRegistry.USUAL : folders);
        var names = named.stream().map(Device::hostPath).distinct().toList();
        return with(config, registry.edits(names));
    }

    static ContainerConfig with(ContainerConfig config, ContainerEdits edits) {
        return new ContainerConfig(
                config.rootfs(),
                command(config.command(), edits),
                config.namespaces(),
                mounts(config.mounts(), edits.mounts()),
                security(config.security(), edits),
                limits(config.limits(), edits),
                config.cgroupPath(),
                config.annotations());
    }

    private static ContainerConfig.Command command(
            ContainerConfig.Command command, ContainerEdits edits) {
        return new ContainerConfig.Command(
                command.args(),
                environment(command.env(), edits.env()),
                command.workingDirectory(),
                command.user(),
                rules(command.rules(), edits.additionalGids()),
                command.terminal(),
                hooks(edits.hooks()));
    }

    /// A device's variables go over those of the same name.
    private static List<String> environment(List<String> env, List<String> more) {
        var names = more.stream().map(CdiDevices::name).collect(Collectors.toSet());
        return Stream.concat(
                        env.stream().filter(entry -> !names.contains(name(entry))), more.stream())
                .toList();
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }

    private static ContainerConfig.UserRules rules(
            ContainerConfig.UserRules rules, List<Long> gids) {
        var groups = new ArrayList<>(rules.groups());
        gids.stream().map(String::valueOf).forEach(groups::add);
        return new ContainerConfig.UserRules(
                groups, rules.memberships(), rules.nonRoot(), rules.umask());
    }

    private static Hooks hooks(List<NamedHook> hooks) {
        var byMoment = new TreeMap<String, List<Hook>>();
        hooks.forEach(hook ->
                byMoment.computeIfAbsent(hook.moment(), _ -> new ArrayList<>()).add(hook.hook()));
        return new Hooks(
                byMoment.getOrDefault("prestart", List.of()),
                byMoment.getOrDefault("createRuntime", List.of()),
                byMoment.getOrDefault("createContainer", List.of()),
                byMoment.getOrDefault("startContainer", List.of()),
                byMoment.getOrDefault("poststart", List.of()),
                byMoment.getOrDefault("poststop", List.of()));
    }

    private static List<Mount> mounts(List<Mount> mounts, List<Mount> more) {
        var places = more.stream().map(Mount::destination).collect(Collectors.toSet());
        return Stream.concat(
                        mounts.stream().filter(mount -> !places.contains(mount.destination())),
                        more.stream())
                .toList();
    }

    private static ContainerConfig.Security security(
            ContainerConfig.Security security, ContainerEdits edits) {
        return new ContainerConfig.Security(
                security.privileged(),
                security.addCapabilities(),
                security.dropCapabilities(),
                security.noNewPrivileges(),
                security.seccomp(),
                security.proc(),
                security.labels(),
                Stream.concat(security.devices().stream(), edits.deviceNodes().stream()).toList());
    }

    private static ContainerConfig.Limits limits(
            ContainerConfig.Limits limits, ContainerEdits edits) {
        return new ContainerConfig.Limits(
                limits.resources(),
                limits.rlimits(),
                limits.oomScoreAdj(),
                limits.words(),
                edits.intelRdt().or(limits::rdt));
    }
}
