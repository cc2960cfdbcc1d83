package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.PodAwait;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PlayedPod;
import picocli.CommandLine.Option;

/// Flags of `kube play` that make it stay after the pods were started.
final class StayFlags {
    @Option(
            names = "--wait-ready",
            arity = "0..1",
            fallbackValue = "5m",
            description = "Stay until all pods are ready, at most this long (5m)")
    String waitReady = "";

    @Option(
            names = "--attach",
            arity = "0..1",
            description = "Show the logs of all containers; ctrl+c stops the pods")
    boolean attach;

    void requireSense(boolean wait, boolean start) {
        if (attach && wait) {
            throw FlagException.meaning("--attach and --wait cannot be used together");
        }
        if (!start && (attach || !waitReady.isEmpty())) {
            throw FlagException.meaning(
                    "--attach and --wait-ready require starting the pods: not with --start=false");
        }
        if (!waitReady.isEmpty()) {
            var _ = Times.span("--wait-ready", waitReady);
        }
    }

    /// Returns once the pods are ready, if that is asked for; throws when they do not become so.
    void untilReady(Call call, PlayReport report) throws InterruptedException {
        if (!waitReady.isEmpty()) {
            PodAwait.until(
                    call,
                    report.pods().stream().map(PlayedPod::id).toList(),
                    PodAwait.Wish.READY,
                    Times.span("--wait-ready", waitReady));
        }
    }
}
