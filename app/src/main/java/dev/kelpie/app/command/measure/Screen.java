package dev.kelpie.app.command.measure;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.ContainerUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Shows samples again and again: on a terminal in place, elsewhere one table after another.
final class Screen {
    private static final String HOME = "\u001b[H\u001b[2J\u001b[3J";

    private final Call call;
    private final Look look;
    private final Map<String, ContainerUsage> before = new HashMap<>();

    /// How it looks.
    ///
    /// @param reset whether a terminal is cleared between two tables
    record Look(
            Optional<String> format,
            List<Column> columns,
            Function<Sample, com.fasterxml.jackson.databind.node.ObjectNode> json,
            boolean whole,
            boolean reset) {}

    /// The containers to show; asked for anew each time.
    @FunctionalInterface
    interface Source {
        List<ContainerSummary> now() throws InterruptedException;
    }

    Screen(Call call, Look look) {
        this.call = call;
        this.look = look;
    }

    /// Shows them once, or until interrupted.
    void show(Source source, boolean stream, Duration interval) throws InterruptedException {
        while (true) {
            var samples = samples(source.now());
            if (stream && look.reset() && call.stdoutIsTerminal()) {
                call.print(HOME);
            }
            print(samples);
            if (!stream) {
                return;
            }
            Thread.sleep(interval);
        }
    }

    private void print(List<Sample> samples) {
        var rows = samples.stream().map(sample -> sample.row(look.whole())).toList();
        Listing.of(look.format(), true)
                .print(
                        call,
                        look.columns(),
                        rows,
                        () -> Listing.array(samples.stream().map(look.json()).toList()));
    }

    private List<Sample> samples(List<ContainerSummary> containers) throws InterruptedException {
        var samples = new ArrayList<Sample>();
        for (var container : containers) {
            try {
                var usage = call.engine().measures().usage(container.id());
                usage.ifPresent(now -> samples.add(sample(container, now)));
            } catch (ContainerNotFoundException _) {
                before.remove(container.id()); // gone since it was listed
            }
        }
        return samples;
    }

    private Sample sample(ContainerSummary container, ContainerUsage now) {
        var last = before.put(container.id(), now);
        var pod = container.pod().map(reference -> reference.id()).orElse("");
        boolean same = last != null && last.running().compareTo(now.running()) < 0;
        return same
                ? Sample.of(now, last.running(), last.cpuNanos(), pod)
                : Sample.of(now, Duration.ZERO, 0, pod);
    }
}
