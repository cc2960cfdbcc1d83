package dev.kelpie.engine.cdi;

import dev.kelpie.runtime.oci.ContainerConfig.HostDevice;
import dev.kelpie.runtime.spec.Hooks.Hook;
import dev.kelpie.runtime.spec.Linux.IntelRdt;
import dev.kelpie.runtime.spec.Mount;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a container is changed by, in the runtime's words.
///
/// @param env `NAME=value`
record ContainerEdits(
        List<String> env,
        List<HostDevice> deviceNodes,
        List<Mount> mounts,
        List<NamedHook> hooks,
        Optional<IntelRdt> intelRdt,
        List<Long> additionalGids) {
    static final ContainerEdits NONE =
            new ContainerEdits(
                    List.of(), List.of(), List.of(), List.of(), Optional.empty(), List.of());

    ContainerEdits {
        env = List.copyOf(env);
        deviceNodes = List.copyOf(deviceNodes);
        mounts = List.copyOf(mounts);
        hooks = List.copyOf(hooks);
        additionalGids = List.copyOf(additionalGids);
    }

    /// @param moment `createContainer`
    record NamedHook(String moment, Hook hook) {}

    /// These and then those.
    ContainerEdits and(ContainerEdits more) {
        return new ContainerEdits(
                both(env, more.env),
                both(deviceNodes, more.deviceNodes),
                both(mounts, more.mounts),
                both(hooks, more.hooks),
                more.intelRdt.or(() -> intelRdt),
                both(additionalGids, more.additionalGids));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
