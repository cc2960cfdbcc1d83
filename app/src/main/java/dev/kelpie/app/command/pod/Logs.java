package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.LogFlags;
import dev.kelpie.app.call.LogTarget;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
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

/// `pod logs`: the logs of a pod's containers.
@Command(
        name = "logs",
        description = "Fetch the logs of a pod's containers",
        customSynopsis = "[options] POD")
final class Logs implements Verb {
    private final Call call;

    @Mixin LogFlags flags = new LogFlags();

    @Option(
            names = {"-c", "--container"},
            description = "Only this container's")
    String container = "";

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The pod made last")
    boolean latest;

    @Parameters List<String> pods = new ArrayList<>();

    Logs(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(latest ? 0 : 1, pods);
        var all = call.engine().pods();
        var pod = latest ? Chosen.latest(all.list(), "pod") : all.find(pods.getFirst());
        var members =
                pod.members().stream()
                        .filter(member -> member.kind() != ContainerKind.INFRA)
                        .filter(member -> container.isEmpty() || isNamed(pod, member))
                        .toList();
        if (!container.isEmpty() && members.isEmpty()) {
            throw FlagException.meaning(
                    "container \"" + container + "\" is not in pod \"" + pod.name() + "\"");
        }
        flags.show(
                call,
                members.stream().map(member -> new LogTarget(member.id(), member.name())).toList(),
                members.size() > 1);
        return 0;
    }

    private boolean isNamed(PodSummary pod, PodMember member) {
        return member.name().equals(container)
                || member.name().equals(pod.name() + "-" + container)
                || member.id().startsWith(container);
    }
}
