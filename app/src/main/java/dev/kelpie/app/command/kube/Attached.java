package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.LogOutput;
import dev.kelpie.app.call.MergedLogs;
import dev.kelpie.engine.LogRequest;
import dev.kelpie.engine.StopOptions;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PlayedPod;
import dev.kelpie.engine.report.PodMember;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.report.PodSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `kube play --attach`: the logs of all containers, on a terminal with a line below them that says
/// where the pods stand, until the pods have ended or the user stops them.
final class Attached {
    private static final long LOOK_MILLIS = 200;
    private static final LogRequest FOLLOW =
            new LogRequest(true, false, OptionalInt.empty(), Optional.empty(), Optional.empty());

    private final Call call;
    private final List<String> pods;
    private final StateLine line;

    Attached(Call call, PlayReport report) {
        this.call = call;
        this.pods = report.pods().stream().map(PlayedPod::id).toList();
        this.line = new StateLine(call);
    }

    /// 0 when all pods ended well or the user stopped them, 1 otherwise.
    int untilEnd() throws InterruptedException {
        var enough = new CountDownLatch(1);
        try (var _ =
                call.session()
                        .onSignal(signal -> {
                            if (signal.terminates()) {
                                enough.countDown();
                            }
                        })) {
            var logs = Thread.ofVirtual().name("attached").start(this::showLogs);
            boolean asked = false;
            while (!asked && !haveEnded()) {
                line.show(found());
                asked = enough.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (asked) {
                line.clear();
                call.note("Stopping the pods...");
                call.engine().pods().stop(pods, StopOptions.DEFAULT);
            }
            logs.join(TimeUnit.SECONDS.toMillis(2));
            logs.interrupt();
            logs.join();
            line.clear();
            return asked || allWell() ? 0 : 1;
        }
    }

    private void showLogs() {
        try {
            var containers = call.engine().containers();
            var members =
                    found().stream()
                            .flatMap(pod -> pod.members().stream())
                            .filter(member -> member.kind() != ContainerKind.INFRA)
                            .toList();
            var readings =
                    members.stream()
                            .<MergedLogs.Reading>map(
                                    member -> sink -> containers.logs(member.id(), FOLLOW, sink))
                            .toList();
            var prefixes = prefixes(members);
            var output = new LogOutput(call, false);
            new MergedLogs()
                    .run(
                            readings,
                            (feed, text) ->
                                    line.above(() -> output.write(feed, prefixes.get(feed), text)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> prefixes(List<PodMember> members) {
        int width = members.stream().mapToInt(each -> each.name().length()).max().orElse(0);
        var prefixes = new ArrayList<String>();
        for (var member : members) {
            var text = member.name() + " ".repeat(width - member.name().length()) + " |";
            prefixes.add(call.stdoutIsTerminal() ? LogOutput.colored(text, prefixes.size()) : text);
        }
        return prefixes;
    }

    private List<PodSummary> found() throws InterruptedException {
        var found = new ArrayList<PodSummary>();
        for (var pod : pods) {
            try {
                found.add(call.engine().pods().find(pod));
            } catch (PodNotFoundException _) {
                line.clear(); // somebody took it down
            }
        }
        return found;
    }

    private boolean haveEnded() throws InterruptedException {
        return found().stream().allMatch(pod -> ended(pod.state().phase()));
    }

    private static boolean ended(PodPhase phase) {
        return phase == PodPhase.SUCCEEDED || phase == PodPhase.FAILED;
    }

    private boolean allWell() throws InterruptedException {
        return found().stream().noneMatch(pod -> pod.state().phase() == PodPhase.FAILED);
    }
}
