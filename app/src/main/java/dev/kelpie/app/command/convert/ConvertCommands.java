package dev.kelpie.app.command.convert;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The command of this group.
public final class ConvertCommands {
    private ConvertCommands() {}

    public static List<Entry> entries() {
        return List.of(Entry.of("convert", Convert.class, Convert::new));
    }
}
