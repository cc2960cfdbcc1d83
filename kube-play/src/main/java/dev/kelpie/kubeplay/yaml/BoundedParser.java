package dev.kelpie.kubeplay.yaml;

import dev.kelpie.kubeplay.report.Place;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;

/// Stops parsing when a text has more values than any manifest: a short text can have very many,
/// and each takes some hundred bytes of memory.
final class BoundedParser implements Parser {

    static final int MAX_EVENTS = 200_000;

    private final String file;
    private final Parser parser;
    private int events;

    BoundedParser(String file, Parser parser) {
        this.file = file;
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event getEvent() {
        var event = parser.getEvent();
        if (++events > MAX_EVENTS) {
            var mark = event.getStartMark();
            throw new TooMuchException(
                    new Place(file, mark.getLine() + 1, mark.getColumn() + 1),
                    "more than " + MAX_EVENTS + " values in one file");
        }
        return event;
    }
}
