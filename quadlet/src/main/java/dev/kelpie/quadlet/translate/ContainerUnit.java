package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import dev.kelpie.quadlet.unit.Section;
import java.util.List;
import java.util.Locale;

/// `.container`: a service that runs one container.
final class ContainerUnit {
    private static final List<String> HEALTH =
            List.of(
                    "HealthCmd", "--health-cmd",
                    "HealthInterval", "--health-interval",
                    "HealthOnFailure", "--health-on-failure",
                    "HealthLogDestination", "--health-log-destination",
                    "HealthMaxLogCount", "--health-max-log-count",
                    "HealthMaxLogSize", "--health-max-log-size",
                    "HealthRetries", "--health-retries",
                    "HealthStartPeriod", "--health-start-period",
                    "HealthTimeout", "--health-timeout",
                    "HealthStartupCmd", "--health-startup-cmd",
                    "HealthStartupInterval", "--health-startup-interval",
                    "HealthStartupRetries", "--health-startup-retries",
                    "HealthStartupSuccess", "--health-startup-success",
                    "HealthStartupTimeout", "--health-startup-timeout");

    private final Conversion conversion;
    private final Section own;
    private final References references;

    ContainerUnit(Conversion conversion) {
        this.conversion = conversion;
        own = conversion.own();
        references = new References(conversion);
    }

    void convert() {
        requireOneOfImageAndRootfs();
        ServiceType.requireKillMode(conversion);
        boolean oneshot = ServiceType.isOneshot(conversion);
        var name = conversion.unit().resource();

        conversion.addService("Environment", "PODMAN_SYSTEMD_UNIT=%n");
        conversion.defaultService("KillMode", "mixed");
        conversion.addService("ExecStop", conversion.command("rm").add("-v", "-f", "-i", name));
        conversion.addService(
                "ExecStopPost", conversion.ignoredCommand("rm").add("-v", "-f", "-i", name));
        reload(name);
        conversion.addService("Delegate", "yes");
        if (!oneshot) {
            conversion.setService("Type", "notify");
            conversion.setService("NotifyAccess", "all");
        }
        conversion.defaultService("SyslogIdentifier", "%N");
        conversion.addService("ExecStart", start(name, oneshot));
    }

    private void requireOneOfImageAndRootfs() {
        boolean image = own.text("Image").isPresent();
        boolean rootfs = own.text("Rootfs").isPresent();
        if (!image && !rootfs) {
            throw new BadKeyException("Image", "no Image or Rootfs key specified");
        }
        if (image && rootfs) {
            throw new BadKeyException(
                    "Rootfs", "the Image And Rootfs keys conflict can not be specified together");
        }
    }

    private void reload(String name) {
        var command = own.command("ReloadCmd");
        var signal = own.text("ReloadSignal").orElse("");
        if (!command.isEmpty() && !signal.isEmpty()) {
            throw new BadKeyException(
                    "ReloadSignal",
                    "ReloadCmd and ReloadSignal are mutually exclusive but both are set");
        }
        if (!command.isEmpty()) {
            conversion.addService(
                    "ExecReload", conversion.command("exec").add(name).addAll(command));
        }
        if (!signal.isEmpty()) {
            conversion.addService(
                    "ExecReload", conversion.command("kill").add("--signal", signal, name));
        }
    }

    private CommandLine start(String name, boolean oneshot) {
        var line = conversion.command("run").add("--name", name, "--replace", "--rm");
        resources(line);
        notification(line, oneshot);
        security(line);
        user(line);
        references.volumes(line);
        labels(line);
        files(line);
        health(line);
        references.pod(line);
        line.podmanArgs();
        var rootfs = own.text("Rootfs").orElse("");
        if (rootfs.isEmpty()) {
            line.add(references.image(own.text("Image").orElse("")));
        } else {
            line.add("--rootfs", rootfs);
        }
        return line.addAll(own.command("Exec"));
    }

    private void resources(CommandLine line) {
        line.settings("LogDriver", "--log-driver").words("LogOpt", "--log-opt");
        var cgroups = own.text("CgroupsMode");
        if (cgroups.isPresent()) {
            line.add("--cgroups", cgroups.get());
        } else {
            line.add("--cgroups=split");
        }
        own.setting("Entrypoint").ifPresent(value -> line.add("--entrypoint=" + value));
        line.texts("Timezone", "--tz", "PidsLimit", "--pids-limit", "ShmSize", "--shm-size");
        line.texts("WorkingDir", "--workdir", "IP", "--ip", "IP6", "--ip6");
        line.texts("HostName", "--hostname", "StopSignal", "--stop-signal");
        line.texts("StopTimeout", "--stop-timeout", "Pull", "--pull", "Memory", "--memory");
        line.texts("Retry", "--retry", "RetryDelay", "--retry-delay");
        line.all("NetworkAlias", "--network-alias", "Ulimit", "--ulimit", "DNS", "--dns");
        line.all("DNSOption", "--dns-option", "DNSSearch", "--dns-search");
        line.all("GroupAdd", "--group-add", "AddHost", "--add-host", "Tmpfs", "--tmpfs");
        line.truths("RunInit", "--init", "EnvironmentHost", "--env-host");
        line.truths("HttpProxy", "--http-proxy", "ReadOnlyTmpfs", "--read-only-tmpfs");
        references.networks(line);
    }

    private void notification(CommandLine line, boolean oneshot) {
        if (oneshot) {
            return;
        }
        var notify = own.text("Notify").orElse("");
        if (notify.equalsIgnoreCase("healthy")) {
            line.add("--sdnotify=healthy");
        } else {
            line.add(Section.isYes(notify) ? "--sdnotify=container" : "--sdnotify=conmon");
        }
        line.add("-d");
    }

    private void security(CommandLine line) {
        if (own.isTrue("NoNewPrivileges")) {
            line.add("--security-opt=no-new-privileges");
        }
        if (own.isTrue("SecurityLabelDisable")) {
            line.add("--security-opt", "label=disable");
        }
        if (own.isTrue("SecurityLabelNested")) {
            line.add("--security-opt", "label=nested");
        }
        option(line, "SecurityLabelType", "label=type:");
        option(line, "SecurityLabelFileType", "label=filetype:");
        option(line, "SecurityLabelLevel", "label=level:");
        option(line, "AppArmor", "apparmor=");
        devices(line);
        own.setting("SeccompProfile")
                .ifPresent(profile -> line.add("--security-opt", "seccomp=" + profile));
        capabilities(line, "DropCapability", "--cap-drop");
        capabilities(line, "AddCapability", "--cap-add");
        line.words("Sysctl", "--sysctl").truths("ReadOnly", "--read-only");
        if (own.isTrue("VolatileTmp") && !own.isTrue("ReadOnly")) {
            line.add("--tmpfs", "/tmp:rw,size=512M,mode=1777");
        }
    }

    private void option(CommandLine line, String key, String option) {
        own.text(key).ifPresent(value -> line.add("--security-opt", option + value));
    }

    /// A device that begins with `-` is given only if the host has it.
    private void devices(CommandLine line) {
        for (var device : own.words("AddDevice")) {
            if (!device.startsWith("-")) {
                line.add("--device", device);
                continue;
            }
            var wanted = device.substring(1);
            int colon = wanted.indexOf(':');
            if (conversion.host().exists(colon < 0 ? wanted : wanted.substring(0, colon))) {
                line.add("--device", wanted);
            }
        }
    }

    private void capabilities(CommandLine line, String key, String flag) {
        for (var capability : own.words(key)) {
            line.add(flag, capability.toLowerCase(Locale.ROOT));
        }
    }

    private void user(CommandLine line) {
        var user = own.text("User").orElse("");
        var group = own.text("Group").orElse("");
        if (user.isEmpty() && !group.isEmpty()) {
            throw new BadKeyException("Group", "invalid Group set without User");
        }
        if (!user.isEmpty()) {
            line.add("--user", group.isEmpty() ? user : user + ":" + group);
        }
        new UserMapping(own, false).write(line);
    }

    private void labels(CommandLine line) {
        own.text("AutoUpdate")
                .ifPresent(policy -> line.add("--label", "io.containers.autoupdate=" + policy));
        for (var value : own.all("ExposeHostPort")) {
            var port = value.strip();
            if (!Ports.isExposable(port)) {
                throw new BadKeyException("ExposeHostPort", "invalid port format '" + port + "'");
            }
            line.add("--expose", port);
        }
        line.all("PublishPort", "--publish");
        line.pairs("Environment", "--env", "Label", "--label", "Annotation", "--annotation");
    }

    private void files(CommandLine line) {
        for (var path : own.commandWords("Mask")) {
            line.add("--security-opt", "mask=" + path);
        }
        for (var path : own.commandWords("Unmask")) {
            line.add("--security-opt", "unmask=" + path);
        }
        for (var path : own.commandWords("EnvironmentFile")) {
            line.add("--env-file", conversion.absolute(path));
        }
        line.commandWords("Secret", "--secret");
        var mounts = new MountSpec(references);
        for (var mount : own.commandWords("Mount")) {
            line.add("--mount", mounts.resolve(mount));
        }
    }

    private static void health(CommandLine line) {
        line.texts(HEALTH.toArray(String[]::new));
    }
}
