package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.oci.ContainerConfig;

/// Variations of a container's config.
final class Configs {

    private Configs() {}

    static ContainerConfig withTerminal(ContainerConfig config) {
        var command = config.command();
        return withCommand(
                config,
                new ContainerConfig.Command(
                        command.args(),
                        command.env(),
                        command.workingDirectory(),
                        command.user(),
                        command.rules(),
                        true));
    }

    static ContainerConfig withCommand(ContainerConfig config, ContainerConfig.Command command) {
        return new ContainerConfig(
                config.rootfs(),
                command,
                config.namespaces(),
                config.mounts(),
                config.security(),
                config.limits(),
                config.cgroupPath(),
                config.annotations());
    }
}
