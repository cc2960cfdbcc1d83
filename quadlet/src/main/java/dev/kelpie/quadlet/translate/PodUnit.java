package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.unit.Section;

/// `.pod`: a service that makes a pod and starts its containers' services.
final class PodUnit {
    private final Conversion conversion;
    private final Section own;

    PodUnit(Conversion conversion) {
        this.conversion = conversion;
        own = conversion.own();
    }

    void convert() {
        for (var container : conversion.unit().startedContainers()) {
            conversion.addUnit("Wants", container);
            conversion.addUnit("Before", container);
        }
        var name = conversion.unit().resource();
        conversion.defaultService("SyslogIdentifier", "%N");
        conversion.addService("ExecStart", conversion.command("pod", "start").add(name));
        var timeout = own.setting("StopTimeout").orElse("10");
        conversion.addService(
                "ExecStop",
                conversion.command("pod", "stop").add("--ignore", "--time=" + timeout, name));
        conversion.addService(
                "ExecStopPost", conversion.command("pod", "rm").add("--ignore", "--force", name));
        conversion.addService("ExecStartPre", create(name));
        conversion.addService("Environment", "PODMAN_SYSTEMD_UNIT=%n");
        conversion.setService("Type", "forking");
        conversion.setService("PIDFile", "%t/%N.pid");
        conversion.defaultService("Restart", "on-failure");
    }

    private CommandLine create(String name) {
        var line =
                conversion
                        .command("pod", "create")
                        .add("--infra-conmon-pidfile=%t/%N.pid", "--replace")
                        .add("--exit-policy", own.setting("ExitPolicy").orElse("stop"));
        new UserMapping(own, false).write(line);
        line.all("PublishPort", "--publish").pairs("Label", "--label");
        var references = new References(conversion);
        references.networks(line);
        line.texts("IP", "--ip", "IP6", "--ip6", "ShmSize", "--shm-size");
        line.all("NetworkAlias", "--network-alias", "DNS", "--dns", "DNSOption", "--dns-option");
        line.all("DNSSearch", "--dns-search", "AddHost", "--add-host", "HostName", "--hostname");
        references.volumes(line);
        return line.add("--infra-name", name + "-infra", "--name", name).podmanArgs();
    }
}
