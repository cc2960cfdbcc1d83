package dev.kelpie.app.call;

import dev.kelpie.app.format.HumanSize;
import dev.kelpie.app.session.TerminalSize;
import dev.kelpie.engine.report.EngineEvent;
import dev.kelpie.image.build.BuildEvent;
import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.registry.PushEvent;
import dev.kelpie.image.spec.Digest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Shows on standard error how a long work gets on: on a terminal a line for each part, redrawn; in
/// a pipe only what is worth keeping; nothing when quiet.
public final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 80_000_000;
    private static final int MOST_LINES = 12;

    private final Call call;
    private final boolean quiet;
    private final boolean terminal;
    private final Map<String, String> parts = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private int drawn;
    private long lastDrawn;

    public Progress(Call call, boolean quiet) {
        this.call = call;
        this.quiet = quiet;
        this.terminal = call.stderrIsTerminal();
        this.lastDrawn = System.nanoTime() - REDRAW_NANOS;
    }

    public synchronized void engine(EngineEvent event) {
        switch (event) {
            case EngineEvent.Pulling(var image, var part, long done, long total) -> {
                if (begun.add(image)) {
                    say("Trying to pull " + image + "...");
                }
                part(image + part, "Copying " + part + "  " + amount(done, total), done >= total);
            }
            case EngineEvent.Pulled(var image) -> part(image, "Pulled " + image, true);
            case EngineEvent.Note(var text) -> say(text);
        }
    }

    public synchronized void pull(PullEvent event) {
        switch (event) {
            case PullEvent.Trying(var reference) -> say("Trying to pull " + reference + "...");
            case PullEvent.Present(var layer) ->
                    part(blob(layer) + "skipped: already exists", layer);
            case PullEvent.Downloading(var layer, long done, long total) ->
                    part(layer.hex(), blob(layer) + amount(done, total), false);
            case PullEvent.Downloaded(var layer, long total) ->
                    part(layer.hex(), blob(layer) + "done " + HumanSize.binary(total), true);
            case PullEvent.Unpacked(var layer) -> part(blob(layer) + "unpacked", layer);
            case PullEvent.Retrying(var reason, long delay) ->
                    say("Retrying in " + delay / 1000.0 + " s: " + reason);
            case PullEvent.Stored(_, _) -> draw(true);
        }
    }

    public synchronized void push(PushEvent event) {
        switch (event) {
            case PushEvent.Present(var blob) ->
                    part(blob.hex(), blob(blob) + "skipped: already exists", true);
            case PushEvent.Uploading(var blob, long done, long total) ->
                    part(blob.hex(), blob(blob) + amount(done, total), false);
            case PushEvent.Uploaded(var blob, long total) ->
                    part(blob.hex(), blob(blob) + "done " + HumanSize.binary(total), true);
            case PushEvent.Retrying(var reason, long delay) ->
                    say("Retrying in " + delay / 1000.0 + " s: " + reason);
            case PushEvent.Named(_, _) -> {
                draw(true);
                say("Writing manifest to image destination");
            }
        }
    }

    public synchronized void build(BuildEvent event) {
        switch (event) {
            case BuildEvent.Step(_, int number, int total, var text) ->
                    say("STEP " + number + "/" + total + ": " + text);
            case BuildEvent.Layer(_, var diffId, boolean cached) ->
                    say((cached ? "--> Using cache " : "--> ") + diffId.brief());
            case BuildEvent.Output(_, var text) -> say(text.stripTrailing());
            case BuildEvent.Warning(var message) -> say("Warning: " + message);
            case BuildEvent.Pulling(var inner) -> pull(inner);
            case BuildEvent.Committed(var id, boolean cached) ->
                    say("COMMIT " + id.brief() + (cached ? " (unchanged)" : ""));
            case BuildEvent.Tagged(var name) -> say("Successfully tagged " + name);
        }
    }

    /// Says a line that stays.
    public synchronized void say(String line) {
        if (!quiet) {
            settle();
            call.note(line);
        }
    }

    /// Leaves the lines as they are; what comes next begins below them.
    @Override
    public synchronized void close() {
        draw(true);
        settle();
    }

    private void part(String text, Digest layer) {
        part(layer.hex(), text, true);
    }

    private void part(String key, String text, boolean now) {
        parts.put(key, text);
        draw(now);
    }

    private static String blob(Digest digest) {
        return "Copying blob " + digest.brief() + "  ";
    }

    private static String amount(long done, long total) {
        return total <= 0
                ? HumanSize.binary(done)
                : HumanSize.binary(done) + " / " + HumanSize.binary(total);
    }

    private void draw(boolean now) {
        if (quiet || !terminal || parts.isEmpty()) {
            return;
        }
        if (!now && System.nanoTime() - lastDrawn < REDRAW_NANOS) {
            return;
        }
        lastDrawn = System.nanoTime();
        var screen = new StringBuilder(drawn > 0 ? "\u001b[" + drawn + "A" : "");
        var lines = parts.values().stream().skip(Math.max(0, parts.size() - MOST_LINES)).toList();
        int width = call.session().terminalSize().map(TerminalSize::columns).orElse(80);
        for (var line : lines) {
            var cut = line.length() < width || width < 20 ? line : line.substring(0, width - 1);
            screen.append("\u001b[2K").append(cut).append('\n');
        }
        drawn = lines.size();
        call.session().stderr().print(screen);
    }

    private void settle() {
        parts.clear();
        drawn = 0;
    }
}
