package dev.kelpie.quadlet;

import dev.kelpie.quadlet.file.LocalHost;
import dev.kelpie.quadlet.file.OutputFolder;
import dev.kelpie.quadlet.file.UnitFolders;
import dev.kelpie.quadlet.file.UnitLoader;
import dev.kelpie.quadlet.translate.Link;
import dev.kelpie.quadlet.translate.Outcome;
import dev.kelpie.quadlet.translate.Outcome.Result;
import dev.kelpie.quadlet.translate.Placeholder;
import dev.kelpie.quadlet.translate.Settings;
import dev.kelpie.quadlet.translate.Translation;
import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.Units;
import dev.kelpie.quadlet.translate.WaitUnit;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The systemd generator (systemd.generator(7)): unit files in, units and links out.
final class Generator {
    /// systemd passes folders for units that yield to none, to some, and to all others.
    private static final int SYSTEMDS_FOLDERS = 3;

    /// The exit status of a run that is not to be remembered: it looked at more than unit files, or
    /// had something to say.
    static final int DONE_ONCE = 3;

    private final Arguments arguments;
    private final Map<String, String> environment;
    private final Calling calling;
    private final GeneratorLog log;
    private final LocalHost host = new LocalHost();
    private final PrintStream stdout;
    private @Nullable OutputFolder output;
    private @Nullable OutputFolder copy;
    private boolean repeatable = true;

    /// How the generator was called.
    ///
    /// @param name argv\[0\]
    /// @param tool absolute path of the command that units call
    /// @param memo where to put a second copy of all that is written, and of nothing else, which is
    ///   used instead of a run with the same inputs; empty: nowhere
    record Calling(String name, String tool, String version, String memo) {}

    Generator(
            Arguments arguments,
            Map<String, String> environment,
            Calling calling,
            PrintStream stdout,
            PrintStream stderr) {
        this.arguments = arguments;
        this.environment = environment;
        this.calling = calling;
        this.stdout = stdout;
        boolean verbose = arguments.verbose() || arguments.dryRun();
        log = new GeneratorLog(!arguments.noKmsg() && !arguments.dryRun(), verbose, stderr);
    }

    /// Runs one command line and returns the exit status.
    static int main(List<String> words, Map<String, String> environment, Calling calling) {
        var stdout =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        var stderr =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try {
            var arguments = Arguments.parse(words);
            return new Generator(arguments, environment, calling, stdout, stderr).run();
        } catch (IllegalArgumentException e) {
            stderr.println(e.getMessage());
            stderr.print(Arguments.USAGE);
            return 2;
        } finally {
            stdout.flush();
        }
    }

    int run() {
        if (arguments.help()) {
            stdout.print(Arguments.USAGE);
            return 0;
        }
        if (arguments.version()) {
            stdout.println(calling.version());
            return 0;
        }
        if (!arguments.dryRun() && arguments.folders().isEmpty()) {
            log.error("missing output directory argument");
            return 1;
        }
        generate();
        if (log.hasErrors()) {
            log.error("processing encountered some errors");
            return 1;
        }
        repeatable &= log.isSilent() && !host.wasAsked();
        var written = output;
        var copied = copy;
        if (written != null && copied != null) { // else another's file was in the way
            repeatable &= written.inTheWay() == copied.inTheWay();
        }
        return !calling.memo().isEmpty() && !repeatable ? DONE_ONCE : 0;
    }

    private void generate() {
        if (!arguments.dryRun()) {
            log.debug("Starting quadlet-generator, output to: " + arguments.folders().getFirst());
        }
        boolean user = arguments.user().orElse(isUsers());
        var folders = folders(user);
        var units = new UnitLoader(folders, log::debug, this::unreadable).load();
        if (units.isEmpty()) {
            log.debug("No files parsed from " + shown(folders));
            return;
        }
        var tool = environment.getOrDefault("PODMAN", "");
        var settings = new Settings(tool.isEmpty() ? calling.tool() : tool, user, host);
        var beside = new Beside<>(this::emitted);
        new Translation(new Units(units), settings).run(beside::add);
        beside.finish();
        if (user && !arguments.dryRun()) {
            addWaitUnit();
        }
    }

    private void unreadable(Path path, String reason) {
        log.error("error loading \"" + path + "\", " + reason);
    }

    private void emitted(Outcome outcome) {
        outcome.warnings().forEach(log::warn);
        emit(outcome);
    }

    private void emit(Outcome outcome) {
        var unit = outcome.unit();
        var file = unit.name().file();
        switch (outcome.result()) {
            case Result.Translated() -> emit(outcome, unit);
            case Result.Shadowed(Unit by) ->
                    log.warn(
                            "Warning: "
                                    + unit.path()
                                    + " is left out: "
                                    + by.name().file()
                                    + " makes "
                                    + unit.serviceFile()
                                    + " already");
            case Result.Refused(String reason, _) -> {
                if (unit.file().faults().isEmpty()) { // else the loader has told
                    log.error("converting \"" + file + "\": " + reason);
                }
                stand(outcome, reason);
            }
        }
    }

    private void emit(Outcome outcome, Unit unit) {
        if (arguments.dryRun()) {
            stdout.print("---" + unit.serviceFile() + "---\n");
            stdout.print(unit.file().text(List.of()) + "\n");
            return;
        }
        var header = List.of("# Automatically generated by " + calling.name(), "# ");
        write(unit.serviceFile(), unit.file().text(header), outcome.links());
    }

    /// Leaves a unit that fails with the reason, where systemd will look for the one that is
    /// missing.
    private void stand(Outcome outcome, String reason) {
        if (!arguments.dryRun() && arguments.folders().size() >= SYSTEMDS_FOLDERS) {
            var text = Placeholder.text(outcome.unit(), reason);
            write(outcome.unit().serviceFile(), text, outcome.links());
        }
    }

    private void write(String file, String text, List<Link> links) {
        try {
            write(output(), file, text, links);
        } catch (IOException e) {
            log.error("generating service file " + file + ": " + e.getMessage());
        }
        if (calling.memo().isEmpty()) {
            return;
        }
        try {
            write(copy(), file, text, links);
        } catch (IOException e) {
            notCopied(String.valueOf(e.getMessage()));
        }
    }

    /// Nobody needs to know: the folder that matters has it.
    private void notCopied(String reason) {
        log.debug("not remembered: " + reason);
        repeatable = false;
    }

    private static void write(OutputFolder folder, String file, String text, List<Link> links)
            throws IOException {
        folder.write(file, text);
        links.forEach(folder::link);
    }

    /// Before Podman's own of that name, not before one that the user wrote.
    private void addWaitUnit() {
        if (arguments.folders().size() >= SYSTEMDS_FOLDERS) {
            write(WaitUnit.NAME, WaitUnit.TEXT, List.of());
        }
    }

    private OutputFolder output() {
        var known = output;
        if (known == null) {
            known = new OutputFolder(Path.of(arguments.folders().get(0)), log::debug, log::warn);
            output = known;
        }
        return known;
    }

    private OutputFolder copy() {
        var known = copy;
        if (known == null) {
            known = new OutputFolder(Path.of(calling.memo()), _ -> {}, this::notCopied);
            copy = known;
        }
        return known;
    }

    private boolean isUsers() {
        return calling.name().substring(calling.name().lastIndexOf('/') + 1).contains("user");
    }

    private List<Path> folders(boolean user) {
        var root = Path.of("/");
        if (!user) {
            return UnitFolders.ofSystem(root, environment, log::warn);
        }
        return UnitFolders.ofUser(root, environment, LocalHost.ownUserId(), log::warn);
    }

    private static String shown(List<Path> folders) {
        return "[" + String.join(" ", folders.stream().map(Path::toString).toList()) + "]";
    }
}
