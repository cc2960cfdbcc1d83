package dev.kelpie.app.command.kube;

import dev.kelpie.engine.report.DownReport;
import dev.kelpie.engine.report.PlannedPod;
import dev.kelpie.engine.report.PlayPlan;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PlayedPod;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `kube play` and `kube down` print on standard output.
final class Report {
    private Report() {}

    /// For each pod its id and its containers', and a blank line.
    static String played(PlayReport report) {
        var secrets = report.secrets();
        var volumes = report.volumes();
        var out = new StringBuilder(volumes.isEmpty() ? "" : block("Volumes:", volumes));
        out.append(secrets.isEmpty() ? "" : block("Secrets:", secrets));
        var services = report.services();
        out.append(services.isEmpty() ? "" : block("Services:", services));
        var crons = report.crons();
        out.append(crons.isEmpty() ? "" : block("CronJobs:", crons));
        report.pods().forEach(pod -> out.append(pod(pod)));
        return out.toString();
    }

    private static String pod(PlayedPod pod) {
        var out = new StringBuilder("Pod:\n").append(pod.id()).append('\n');
        var containers = pod.containerIds();
        if (!containers.isEmpty()) {
            out.append(containers.size() == 1 ? "Container:\n" : "Containers:\n");
            containers.forEach(id -> out.append(id).append('\n'));
            out.append('\n');
        }
        return out.toString();
    }

    /// The four headings that every `down` prints, and a fifth where there were Services.
    static String down(DownReport report) {
        return down(
                        report.stopped(),
                        report.removed(),
                        report.secretsRemoved(),
                        report.volumesRemoved())
                + (report.servicesRemoved().isEmpty()
                        ? ""
                        : block("Services removed:", report.servicesRemoved()))
                + (report.cronsRemoved().isEmpty()
                        ? ""
                        : block("CronJobs removed:", report.cronsRemoved()));
    }

    /// The same, for pods that gave way to their successors.
    static String replaced(PlayReport report) {
        return down(report.replaced(), report.replaced(), List.of(), List.of());
    }

    private static String down(
            List<String> stopped,
            List<String> removed,
            List<String> secrets,
            List<String> volumes) {
        return block("Pods stopped:", stopped)
                + block("Pods removed:", removed)
                + block("Secrets removed:", secrets)
                + block("Volumes removed:", volumes);
    }

    private static String block(String heading, List<String> lines) {
        return heading + "\n" + (lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    /// What a dry run would do, a line for each thing.
    static String plan(PlayPlan plan, Map<String, Path> builds) {
        var out = new StringBuilder();
        builds.forEach((image, from) -> line(out, "build", "image " + image + " from " + from));
        plan.pods().stream()
                .flatMap(pod -> pod.images().stream())
                .filter(image -> !builds.containsKey(image))
                .distinct()
                .forEach(image -> line(out, "pull", "image " + image));
        plan.secrets()
                .forEach(each ->
                        line(
                                out,
                                each.action().name().toLowerCase(Locale.ROOT),
                                "secret " + each.name()));
        plan.newVolumes().forEach(volume -> line(out, "create", "volume " + volume));
        plan.newServices().forEach(service -> line(out, "create", "service " + service));
        plan.pods().forEach(pod -> line(out, action(pod), "pod " + pod.name() + was(pod)));
        return out.toString();
    }

    private static String action(PlannedPod pod) {
        return pod.action().name().toLowerCase(Locale.ROOT);
    }

    private static String was(PlannedPod pod) {
        var old = pod.replacedId();
        return old.isEmpty() ? "" : " (now " + old.substring(0, Math.min(12, old.length())) + ")";
    }

    private static void line(StringBuilder out, String action, String what) {
        out.append(action).repeat(' ', 9 - action.length()).append(what).append('\n');
    }
}
