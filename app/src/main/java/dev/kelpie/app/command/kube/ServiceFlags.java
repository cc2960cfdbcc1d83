package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Unit;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.LogFlag;
import dev.kelpie.engine.ExitCodes;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PlayedPod;
import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Logging;
import dev.kelpie.engine.spec.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Option;

/// Flags of those who play in a systemd unit, and where the output of what they play goes.
final class ServiceFlags {
    private static final Set<PodStatus> OVER = Set.of(PodStatus.EXITED, PodStatus.STOPPED);
    private static final long LOG_BYTES = 50L << 20;
    private static final long LOOK_MILLIS = 100;

    @Option(
            names = "--service-container",
            arity = "0..1",
            description = "Let one process stand for all pods in the systemd unit that plays them")
    boolean serviceContainer;

    @Option(
            names = "--service-exit-code-propagation",
            description = "Which failed containers fail the unit: none (default), any, all")
    String exitCodes = "none";

    @Option(
            names = "--log-driver",
            description = "k8s-file (default), journald (default in a unit), json-file, none")
    String logDriver = "";

    @Option(names = "--log-opt", description = "max-size=10m, tag=NAME")
    List<String> logOptions = new ArrayList<>();

    ExitCodes exitCodes() {
        return switch (exitCodes) {
            case "none", "any", "all" -> ExitCodes.valueOf(exitCodes.toUpperCase(Locale.ROOT));
            default ->
                    throw FlagException.meaning(
                            "invalid --service-exit-code-propagation \""
                                    + exitCodes
                                    + "\": use none, any or all");
        };
    }

    /// The pods with their output where it shall go.
    List<PodSpec> logging(Call call, List<PodSpec> pods) {
        boolean inUnit = serviceContainer && Unit.of(call.session()).name().isPresent();
        var log = bounded(LogFlag.parse(logDriver, logOptions, inUnit));
        return pods.stream()
                .map(pod ->
                        pod.withContainers(container -> logging(labelled(call, container), log)))
                .toList();
    }

    /// As the kubelet does, which keeps five files of 10 MiB of each container.
    private static Logging bounded(Logging log) {
        return log.driver() == Logging.Driver.K8S_FILE && log.maxBytes().isEmpty()
                ? new Logging(log.driver(), OptionalLong.of(LOG_BYTES), log.tag())
                : log;
    }

    /// `auto-update` finds the unit by it.
    private static ContainerSpec labelled(Call call, ContainerSpec container) {
        return Unit.of(call.session())
                .name()
                .map(unit -> container.withLabel(ContainerSpec.UNIT, unit))
                .orElse(container);
    }

    private static ContainerSpec logging(ContainerSpec container, Logging log) {
        var policy = container.policy();
        return container.withPolicy(policy.withUpkeep(policy.upkeep().withLog(log)));
    }

    /// In a unit that waits for it: one process for all that was played.
    void stand(Call call, PlayReport report) throws InterruptedException {
        var unit = Unit.of(call.session());
        if (!serviceContainer || unit.notifySocket().isEmpty() || unit.group().isEmpty()) {
            return;
        }
        var pods = report.pods().stream().map(PlayedPod::id).toList();
        int process = call.engine().pods().standFor(pods, exitCodes(), unit.group().get());
        unit.tell(call, process, List.of("MAINPID=" + process));
        awaitReady(call, pods);
        unit.tell(call, process, List.of("READY=1"));
    }

    /// systemd has the longest time in its hands; it ends this command when it has passed.
    private static void awaitReady(Call call, List<String> pods) throws InterruptedException {
        var waiting = new ArrayList<>(pods);
        while (!waiting.isEmpty()) {
            for (var id : List.copyOf(waiting)) {
                if (isReadyOrOver(call, id)) {
                    waiting.remove(id);
                }
            }
            if (!waiting.isEmpty()) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private static boolean isReadyOrOver(Call call, String id) throws InterruptedException {
        try {
            var state = call.engine().pods().find(id).state();
            return state.ready() || OVER.contains(state.status());
        } catch (PodNotFoundException _) {
            return true;
        }
    }
}
