package dev.kelpie.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Unit files of a test on a host whose process 1 is systemd: they live until the next boot at
/// most, and are translated by the generator under test for the engine under test.
final class Units {
    private static final Path FOLDER = Path.of("/run/containers/systemd");
    private static final Path GENERATOR =
            Path.of("/run/systemd/system-generators/podman-system-generator");

    private final Kelpie kelpie;
    private final List<Path> written = new ArrayList<>();

    private Units(Kelpie kelpie) {
        this.kelpie = kelpie;
    }

    /// Installs the generator, in place of Podman's; skips the tests where there is no systemd.
    static Units install(Kelpie kelpie) {
        assumeTrue(Files.isDirectory(Path.of("/run/systemd/system")), "process 1 is not systemd");
        assumeTrue(Host.isRoot(), "units of the system need root");
        var program = Path.of(Kelpie.program().getFirst()).toAbsolutePath();
        Host.write(
                GENERATOR,
                "#!/bin/sh\nPODMAN=%s exec %s quadlet-generator --no-kmsg-log \"$@\" 2>/dev/kmsg\n"
                        .formatted(program, program));
        Host.run("chmod", "755", GENERATOR.toString()).expect(0);
        return new Units(kelpie);
    }

    /// Writes a unit file; `[GROUP]` gets what names the engine.
    Units write(String name, String text) {
        var group = text.lines().filter(line -> line.matches("\\[[A-Z][a-z]+\\]")).findFirst();
        var words = kelpie.command().subList(Kelpie.program().size(), kelpie.command().size());
        var named = group.orElseThrow() + "\nGlobalArgs=" + String.join(" ", words);
        written.add(Host.write(FOLDER.resolve(name), text.replace(group.get(), named)));
        return this;
    }

    /// Lets systemd read them.
    Units reload() {
        systemctl("daemon-reload");
        return this;
    }

    /// What `systemctl` says; it must succeed.
    String systemctl(String... words) {
        var result = run(words);
        if (result.exitCode() != 0) {
            throw new AssertionError(result + "\n" + journal(words[words.length - 1]));
        }
        return result.text();
    }

    Result run(String... words) {
        var command = new ArrayList<>(List.of("systemctl", "--no-pager"));
        command.addAll(List.of(words));
        return Host.run(command.toArray(String[]::new));
    }

    String show(String unit, String property) {
        return systemctl("show", "-P", property, unit);
    }

    boolean is(String unit, String state) {
        return run("is-active", unit).text().equals(state);
    }

    void awaitState(String unit, String state) {
        Await.until(
                () -> unit + " to be " + state + ": " + run("status", unit) + journal(unit),
                () -> is(unit, state));
    }

    String journal(String unit) {
        return Host.run("journalctl", "--no-pager", "-n", "60", "-u", unit).stdout();
    }

    /// Stops and removes what was written.
    void clear() {
        for (var file : written) {
            var name = file.getFileName().toString();
            var base = name.substring(0, name.lastIndexOf('.'));
            var type = name.substring(name.lastIndexOf('.') + 1);
            var suffix = List.of("container", "kube").contains(type) ? "" : "-" + type;
            if (!base.endsWith("@")) {
                run("stop", base + suffix + ".service");
                run("reset-failed", base + suffix + ".service");
            }
            delete(file);
        }
        written.clear();
        reload();
    }

    void uninstall() {
        delete(GENERATOR);
        reload();
        // systemd keeps a slice for the instances of a template
        run("stop", "system-kt\\x2dt.slice");
        Host.run("rmdir", FOLDER.toString(), String.valueOf(FOLDER.getParent()));
    }

    /// The folder of the Kelpie under test.
    static Path home() {
        var program = Path.of(Kelpie.program().getFirst()).toAbsolutePath();
        return List.of(
                        program.resolveSibling(".kelpie"),
                        program.resolve("../../lib/kelpie").normalize())
                .stream()
                .filter(each -> Files.exists(each.resolve("units")))
                .findFirst()
                .orElseThrow();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
