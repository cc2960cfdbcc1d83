package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.NameInUseException;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.state.ContainerRow;

/// Gives containers other names.
final class Renames {
    private Renames() {}

    static void rename(Core core, ContainerRow row, String name) {
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            throw new InvalidRequestException(
                    "names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*: invalid argument '" + name + "'");
        }
        core.steps.at("rename");
        core.store.change(change -> {
            change.now()
                    .containerNamed(name)
                    .ifPresent(holder -> {
                        throw NameInUseException.ofContainer(name, holder.id());
                    });
            change.editContainer(row.id(), now -> now.withSpec(renamed(now.spec(), name)));
            change.editPod(
                    row.pod(), pod -> pod.solo() ? pod.withSpec(pod.spec().named(name)) : pod);
        });
    }

    private static ContainerSpec renamed(ContainerSpec spec, String name) {
        return spec.withMetadata(spec.metadata().named(name));
    }
}
