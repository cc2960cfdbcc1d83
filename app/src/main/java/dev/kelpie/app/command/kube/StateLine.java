package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.PodSummary;
import java.util.List;
import java.util.stream.Collectors;

/// The last line of a terminal, which says where pods stand while other text goes by above it; no
/// line where output is no terminal.
final class StateLine {
    private static final String ERASED = "\r\u001b[2K";

    private final Call call;
    private final boolean live;
    private String shown = "";

    StateLine(Call call) {
        this.call = call;
        this.live = call.stdoutIsTerminal() && call.stderrIsTerminal();
    }

    synchronized void show(List<PodSummary> pods) {
        var text = pods.stream().map(StateLine::text).collect(Collectors.joining(" · "));
        int width = Math.min(call.width(), 400);
        var cut = text.length() < width ? text : text.substring(0, Math.max(0, width - 1));
        if (live && !cut.equals(shown)) {
            call.print(ERASED + cut);
            shown = cut;
        }
    }

    private static String text(PodSummary pod) {
        var apps = pod.members().stream().filter(each -> each.kind() == ContainerKind.APP).toList();
        var ready = apps.stream().filter(each -> each.state().standing().ready()).count();
        return pod.name()
                + " "
                + pod.state().phase().word()
                + " "
                + ready
                + "/"
                + apps.size()
                + " ready";
    }

    /// Prints something, the line below it again.
    synchronized void above(Runnable printing) {
        if (!live) {
            printing.run();
            return;
        }
        call.print(ERASED);
        printing.run();
        call.print(shown);
    }

    synchronized void clear() {
        if (live && !shown.isEmpty()) {
            call.print(ERASED);
            shown = "";
        }
    }
}
