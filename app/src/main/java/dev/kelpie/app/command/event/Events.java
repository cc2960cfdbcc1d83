package dev.kelpie.app.command.event;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Times;
import dev.kelpie.app.format.Template;
import dev.kelpie.engine.event.EventQuery;
import dev.kelpie.engine.report.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `events`: what happens, and with `--since` or without `--stream` what happened.
@Command(name = "events", description = "Show what happens and what happened")
final class Events implements Verb {
    private final Call call;

    @Option(
            names = {"-f", "--filter"},
            description =
                    "Only those that pass: container, event, image, label, name, network, pod,"
                            + " secret, type or volume=VALUE")
    List<String> filters = new ArrayList<>();

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(names = "--no-trunc", arity = "0..1", description = "Ids in full (default true)")
    boolean noTrunc = true;

    @Option(names = "--since", description = "Not before this time: RFC 3339, unix seconds, or 10m")
    String since = "";

    @Option(names = "--until", description = "Not after this time; 10m is ten minutes from now")
    String until = "";

    @Option(
            names = "--stream",
            arity = "0..1",
            description = "Go on with what happens (default true)")
    boolean stream = true;

    @Parameters List<String> operands = new ArrayList<>();

    Events(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = new EventFilter(filters);
        var shown = shown();
        var from = moment("--since", since, false);
        var to = moment("--until", until, true);
        boolean past = !stream || from.isPresent() || to.isPresent();
        call.engine()
                .events()
                .read(
                        new EventQuery(past, stream, from, to),
                        event -> {
                            if (filter.passes(event)) {
                                call.line(shown.apply(event));
                            }
                        });
        return 0;
    }

    private Function<Event, String> shown() {
        var typed = format.orElse("").strip();
        if (typed.isEmpty()) {
            return event -> EventText.line(event, noTrunc);
        }
        if (typed.equals("json")) {
            return event -> EventText.json(event).toString();
        }
        var template = Template.parse(typed);
        return event -> template.render(EventText.json(event));
    }

    private Optional<Instant> moment(String flag, String text, boolean forward) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Times.moment(flag, text, call.now(), forward));
    }
}
