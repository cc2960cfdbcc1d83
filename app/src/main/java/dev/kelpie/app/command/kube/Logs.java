package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.LogFlags;
import dev.kelpie.app.call.LogTarget;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.choice.AppPods;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.PodMember;
import dev.kelpie.engine.report.PodSummary;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kube logs`: the logs of all containers of an app: of a pod, or of all pods of a workload or
/// with a label `app`.
@Command(
        name = "logs",
        description = "Fetch the logs of all containers of a pod, a workload or an app",
        customSynopsis = "[options] APP [APP...]")
final class Logs implements Verb {
    private final Call call;

    @Mixin LogFlags flags = new LogFlags();

    @Option(
            names = {"-c", "--container"},
            description = "Only this container's")
    String container = "";

    @Parameters List<String> apps = new ArrayList<>();

    Logs(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, apps);
        var targets = new ArrayList<LogTarget>();
        for (var app : apps) {
            for (var pod : AppPods.of(call.engine().pods(), app)) {
                pod.members().stream()
                        .filter(member -> member.kind() != ContainerKind.INFRA)
                        .filter(member -> isWanted(pod, member))
                        .map(member -> new LogTarget(member.id(), member.name()))
                        .filter(target -> !targets.contains(target))
                        .forEach(targets::add);
            }
        }
        if (targets.isEmpty()) {
            throw FlagException.meaning(
                    "container \"" + container + "\" is not in " + String.join(", ", apps));
        }
        flags.show(call, targets, targets.size() > 1);
        return 0;
    }

    private boolean isWanted(PodSummary pod, PodMember member) {
        return container.isEmpty()
                || member.name().equals(container)
                || member.name().equals(pod.name() + "-" + container);
    }
}
