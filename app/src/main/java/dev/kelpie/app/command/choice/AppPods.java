package dev.kelpie.app.command.choice;

import dev.kelpie.engine.Pods;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.spec.CronSpec;
import java.util.List;

/// The pods that a word means: a pod, all of a workload, or all with a label `app`.
public final class AppPods {
    private static final List<String> LABELS =
            List.of("app", "app.kubernetes.io/name", "k8s-app", CronSpec.LABEL, "job-name");

    private AppPods() {}

    /// One at least; throws `PodNotFoundException`.
    ///
    /// @param typed `shop`, `deployment/shop`
    public static List<PodSummary> of(Pods all, String typed) throws InterruptedException {
        var app = typed.substring(typed.indexOf('/') + 1);
        if (all.exists(app)) {
            return List.of(all.find(app));
        }
        var found =
                all.list().stream()
                        .filter(pod ->
                                pod.name().startsWith(app + "-pod")
                                        || LABELS.stream()
                                                .map(pod.spec().metadata().labels()::get)
                                                .anyMatch(app::equals))
                        .toList();
        return found.isEmpty() ? List.of(all.find(app)) : found;
    }
}
