package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.command.pod.PodJson;
import dev.kelpie.engine.report.ContainerConnections;
import dev.kelpie.engine.report.ContainerInspection;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The `Config` part of `inspect`: what the container was made from.
final class ConfigJson {
    private static final String HIDDEN = "*******";

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
        environment(container).forEach(json.putArray("Env")::add);
        process.arguments().forEach(json.putArray("Cmd")::add);
        json.put("Image", summary.image().name());
        json.putNull("Volumes");
        json.put("WorkingDir", process.workingDir());
        process.entrypoint().forEach(json.putArray("Entrypoint")::add);
        json.putNull("OnBuild");
        summary.labels().forEach(json.putObject("Labels")::put);
        spec.metadata().annotations().forEach(json.putObject("Annotations")::put);
        json.put("StopSignal", process.stopSignal());
        HealthJson.config(json, spec.policy().probes().health());
        json.putArray("CreateCommand");
        var runAs = spec.security().runAs();
        json.put("Umask", "%04o".formatted(runAs.umask().orElse(022)));
        json.put(
                "Timeout", spec.policy().upkeep().longestRun().map(Duration::toSeconds).orElse(0L));
        json.put("StopTimeout", spec.policy().stopTimeout().toSeconds());
        json.put("Passwd", runAs.accounts().named());
        json.put("SystemdMode", spec.policy().lifecycle().manner().runsSystemd(process.argv()));
        json.put("sdNotifyMode", spec.policy().upkeep().says().name().toLowerCase(Locale.ROOT));
        exposed(json.putObject("ExposedPorts"), summary.connections());
        secrets(container, json.putArray("Secrets"));
        return json;
    }

    /// Those that are published are exposed too.
    private static void exposed(ObjectNode json, ContainerConnections connections) {
        connections.exposedPorts().forEach(json::putObject);
        PodJson.portBindings(connections.ports()).fieldNames().forEachRemaining(json::putObject);
    }

    /// Of what comes out of secrets only the names.
    private static List<String> environment(ContainerInspection container) {
        var late = container.summary().spec().process().late();
        var lines = new ArrayList<>(container.process().env());
        lines.removeIf(line -> line.indexOf('=') < 0);
        for (var entry : late.entries()) {
            switch (entry) {
                case EnvSource.Value(var name, var text) -> lines.add(name + "=" + text);
                case EnvSource.Literal(var name, var text) -> lines.add(name + "=" + text);
                case EnvSource.FromSecret one -> lines.add(one.name() + "=" + HIDDEN);
                case EnvSource.FromFile one -> lines.add(one.name() + "=" + HIDDEN);
                case EnvSource.FromDownward _, EnvSource.AllOfSecret _ -> {}
            }
        }
        return lines;
    }

    private static void secrets(ContainerInspection container, ArrayNode json) {
        var mounted =
                container.summary().spec().mounts().stream().map(VolumeMount::volume).toList();
        for (var volume : container.podSpec().volumes()) {
            if (volume.source() instanceof Volume.SecretFile file
                    && mounted.contains(volume.name())) {
                var secret = json.addObject();
                secret.put("Name", file.secret());
                secret.put("UID", file.uid());
                secret.put("GID", file.gid());
                secret.put("Mode", file.mode());
            }
        }
    }
}
