package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.engine.report.ContainerInspection;

/// The `Config` part of `inspect`: what the container was made from.
final class ConfigJson {
    private ConfigJson() {}

    static ObjectNode of(ContainerInspection container) {
        var summary = container.summary();
        var process = container.process();
        var spec = summary.spec();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("Hostname", container.hostname());
        json.put("Domainname", "");
        json.put("User", process.user());
        json.put("AttachStdin", false);
        json.put("AttachStdout", false);
        json.put("AttachStderr", false);
        json.put("Tty", spec.process().terminal());
        json.put("OpenStdin", spec.process().stdin());
        json.put("StdinOnce", false);
        process.env().forEach(json.putArray("Env")::add);
        process.arguments().forEach(json.putArray("Cmd")::add);
        json.put("Image", summary.image().name());
        json.putNull("Volumes");
        json.put("WorkingDir", process.workingDir());
        process.entrypoint().forEach(json.putArray("Entrypoint")::add);
        json.putNull("OnBuild");
        summary.labels().forEach(json.putObject("Labels")::put);
        spec.metadata().annotations().forEach(json.putObject("Annotations")::put);
        json.put("StopSignal", process.stopSignal());
        json.put("HealthcheckOnFailureAction", "none");
        json.putArray("CreateCommand");
        json.put("Umask", "0022");
        json.put("Timeout", 0);
        json.put("StopTimeout", spec.policy().stopTimeout().toSeconds());
        json.put("Passwd", true);
        json.put("sdNotifyMode", "container");
        var exposed = json.putObject("ExposedPorts");
        summary.connections().exposedPorts().forEach(exposed::putObject);
        return json;
    }
}
