package dev.kelpie.quadlet;

import dev.kelpie.quadlet.file.LocalHost;
import dev.kelpie.quadlet.installed.InstallException;
import dev.kelpie.quadlet.systemd.SystemdException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// `kelpie quadlet VERB`: what can be done with unit files without an engine.
final class QuadletCommands {
    private static final int FAILED = 125;

    private static final String USAGE =
            """
            Check, install and translate unit files (quadlets)

            Usage:
              kelpie quadlet [command]

            Available Commands:
              check       Check unit files without systemd and without an engine
              install     Install unit files, folders of them or .quadlets files
              list        List unit files, also as ls
              print       Show a unit file, also as cat
              rm          Remove installed unit files

            'kelpie quadlet-generator' translates them; systemd calls it by itself.
            """;

    private static final String INSTALL =
            """
            Install a unit file, a folder of unit files or a .quadlets file; files also from the web

            Usage:
              kelpie quadlet install [options] FILE|FOLDER|BUNDLE.quadlets|URL [COMPANION|URL...]

            Options:
                  --reload-systemd   Let systemd read the units (default true)
              -r, --replace          Replace files that are there already
            """;

    private static final String LIST =
            """
            List unit files and the state of their units

            Usage:
              kelpie quadlet list [options]

            Options:
              -f, --filter strings   name=REGEX, status=REGEX or pod=REGEX
                  --format string    json, or a template of {{.Name}} {{.UnitName}} {{.Path}} {{.Status}} {{.App}} {{.Pod}}
              -n, --noheading        No line of headings
            """;

    private static final String PRINT =
            """
            Show a unit file

            Usage:
              kelpie quadlet print NAME.container
            """;

    private static final String REMOVE =
            """
            Remove installed unit files; of an application all

            Usage:
              kelpie quadlet rm [options] NAME.container|.NAME.app...

            Options:
              -a, --all              Remove all
              -f, --force            Stop what runs, then remove it
              -i, --ignore           Say nothing of names that are not there
                  --reload-systemd   Let systemd read the units (default true)
            """;

    private final PrintStream stdout;
    private final PrintStream stderr;

    QuadletCommands(PrintStream stdout, PrintStream stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /// Runs one command line and returns the exit status.
    int run(List<String> words) {
        var rest = new ArrayList<>(words);
        var verb = rest.isEmpty() ? "--help" : rest.removeFirst();
        boolean help = rest.contains("--help") || rest.contains("-h");
        try {
            return switch (verb) {
                case "check" -> new CheckCommand(stdout, stderr).run(rest);
                case "install" -> help ? show(INSTALL) : install(rest);
                case "list", "ls" -> help ? show(LIST) : list(rest);
                case "print", "cat" -> help ? show(PRINT) : print(rest);
                case "rm" -> help ? show(REMOVE) : remove(rest);
                case "-h", "--help" -> show(USAGE);
                default -> unknown(verb);
            };
        } catch (InstallException | SystemdException e) {
            stderr.println("Error: " + e.getMessage());
            return FAILED;
        }
    }

    private static int install(List<String> words) {
        here().install(Flags.parse(words, "-r=--replace", "--reload-systemd?"));
        return 0;
    }

    private static int list(List<String> words) {
        here().list(Flags.parse(words, "-f=--filter:", "--format:", "-n=--noheading"));
        return 0;
    }

    private static int print(List<String> words) {
        here().print(Flags.parse(words));
        return 0;
    }

    private static int remove(List<String> words) {
        here().remove(
                        Flags.parse(
                                words,
                                "-a=--all",
                                "-f=--force",
                                "-i=--ignore",
                                "--reload-systemd?"));
        return 0;
    }

    private static InstalledCommands here() {
        long userId = LocalHost.ownUserId();
        return InstalledCommands.here(userId != 0, userId, System.getenv());
    }

    private int show(String usage) {
        stdout.print(usage);
        return 0;
    }

    private int unknown(String verb) {
        stderr.println("Error: unrecognized command `kelpie quadlet " + verb + "`");
        stderr.println("Try 'kelpie quadlet --help' for more information");
        return FAILED;
    }
}
