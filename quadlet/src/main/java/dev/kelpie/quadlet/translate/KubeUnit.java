package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import dev.kelpie.quadlet.unit.Section;
import java.util.List;
import java.util.Locale;

/// `.kube`: a service that plays Kubernetes manifests.
final class KubeUnit {
    private final Conversion conversion;
    private final Section own;

    KubeUnit(Conversion conversion) {
        this.conversion = conversion;
        own = conversion.own();
    }

    void convert() {
        var manifests = own.words("Yaml").stream().map(conversion::absolute).toList();
        if (manifests.isEmpty()) {
            throw new BadKeyException("Yaml", "no Yaml key specified");
        }
        ServiceType.requireKillMode(conversion);
        boolean oneshot = ServiceType.isOneshot(conversion);
        conversion.defaultService("KillMode", "mixed");
        conversion.addService("Environment", "PODMAN_SYSTEMD_UNIT=%n");
        if (!oneshot) {
            conversion.setService("Type", "notify");
            conversion.setService("NotifyAccess", "all");
        }
        conversion.defaultService("SyslogIdentifier", "%N");
        conversion.addService("ExecStart", play(manifests));
        conversion.addService(
                "ExecStopPost",
                conversion
                        .command("kube", "down")
                        .truths("KubeDownForce", "--force")
                        .addAll(manifests));
        workingDirectory(manifests);
    }

    private CommandLine play(List<String> manifests) {
        var line = conversion.command("kube", "play").add("--replace", "--service-container=true");
        own.text("ExitCodePropagation")
                .ifPresent(policy -> line.add("--service-exit-code-propagation=" + policy));
        line.settings("LogDriver", "--log-driver").words("LogOpt", "--log-opt");
        new UserMapping(own, true).write(line);
        new References(conversion).networks(line);
        for (var update : own.words("AutoUpdate")) {
            int slash = update.indexOf('/');
            var container = slash < 0 ? "" : "/" + update.substring(0, slash);
            line.add(
                    "--annotation=io.containers.autoupdate"
                            + container
                            + "="
                            + update.substring(slash + 1));
        }
        for (var map : own.words("ConfigMap")) {
            line.add("--configmap", conversion.absolute(map));
        }
        return line.all("PublishPort", "--publish").podmanArgs().addAll(manifests);
    }

    private void workingDirectory(List<String> manifests) {
        var wanted = own.text("SetWorkingDirectory").orElse("");
        var key = "SetWorkingDirectory";
        var folder =
                switch (wanted.toLowerCase(Locale.ROOT)) {
                    case "" -> "";
                    case "unit" -> conversion.unit().folder().toString();
                    case "yaml" -> folderOfOnly(manifests);
                    case "file" ->
                            throw new BadKeyException(
                                    key,
                                    "SetWorkingDirectory=file is only supported in .build files");
                    default ->
                            throw new BadKeyException(
                                    key, "unsupported value for WorkingDirectory: " + wanted + " ");
                };
        if (!folder.isEmpty() && conversion.service().text("WorkingDirectory").isEmpty()) {
            conversion.addService("WorkingDirectory", folder);
        }
    }

    private static String folderOfOnly(List<String> manifests) {
        if (manifests.size() > 1) {
            throw new BadKeyException(
                    "SetWorkingDirectory",
                    "SetWorkingDirectory=yaml is only supported when a single Yaml key is"
                            + " provided");
        }
        return Conversion.folderOf(manifests.getFirst());
    }
}
