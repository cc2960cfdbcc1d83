package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.session.Signal;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PlayedPod;
import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.kubeplay.Source;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `kube play --wait`: stays until every pod has ended or the user has had enough, and takes down
/// what was played.
final class Foreground {
    private static final Set<PodStatus> ENDED = Set.of(PodStatus.EXITED, PodStatus.STOPPED);
    private static final long LOOK_MILLIS = 250;

    private final Call call;
    private final List<Source> sources;
    private final PlayReport report;

    Foreground(Call call, List<Source> sources, PlayReport report) {
        this.call = call;
        this.sources = sources;
        this.report = report;
    }

    int untilEnd() throws InterruptedException {
        var enough = new CountDownLatch(1);
        try (var _ = call.session().onSignal(signal -> leave(signal, enough))) {
            boolean asked = false;
            while (!asked && !allEnded()) {
                asked = enough.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            call.print((asked ? "\n" : "") + "Cleaning up containers, pods, and volumes...\n");
            return Down.down(call, sources, true);
        }
    }

    private static void leave(Signal signal, CountDownLatch enough) {
        if (signal.terminates()) {
            enough.countDown();
        }
    }

    private boolean allEnded() throws InterruptedException {
        for (var pod : report.pods()) {
            if (!hasEnded(pod)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasEnded(PlayedPod pod) throws InterruptedException {
        try {
            return ENDED.contains(call.engine().pods().find(pod.id()).status());
        } catch (PodNotFoundException _) {
            return true;
        }
    }
}
