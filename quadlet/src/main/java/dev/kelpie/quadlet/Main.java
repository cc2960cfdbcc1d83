package dev.kelpie.quadlet;

import dev.kelpie.quadlet.Generator.Calling;
import java.util.ArrayList;
import java.util.List;

/// The process that deals with unit files: systemd's generator, and the commands that need no
/// engine.
public final class Main {
    private Main() {}

    /// `generator FLAGS FOLDERS…` or `quadlet VERB…`, as the script `quadlet-generator` passes
    /// them; never returns.
    public static void main(String[] arguments) {
        var words = new ArrayList<>(List.of(arguments));
        var verb = words.isEmpty() ? "" : words.removeFirst();
        var calling =
                new Calling(
                        System.getProperty("kelpie.name", "quadlet-generator"),
                        System.getProperty("kelpie.tool", "/usr/local/bin/kelpie"),
                        System.getProperty("kelpie.version", "unknown"),
                        System.getProperty("kelpie.memo", ""));
        int status =
                switch (verb) {
                    case "generator", "quadlet-generator" ->
                            Generator.main(words, System.getenv(), calling);
                    case "quadlet" -> new QuadletCommands(System.out, System.err).run(words);
                    default -> throw new IllegalArgumentException("no such verb: " + verb);
                };
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }
}
