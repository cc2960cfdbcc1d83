package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The generator copies what it wrote before when nothing has changed, and only then
/// (docs/adr/0023). As a user's generator, whose notes are in `XDG_RUNTIME_DIR`.
@OnlyKelpie
class GeneratorMemoIT {
    private static final Path KELPIE = Path.of(Kelpie.program().getFirst());

    @TempDir private Path folder;
    private Path units;
    private Path runtime;
    private int runs;

    private static Path generator() {
        var beside = KELPIE.resolveSibling("quadlet-generator");
        return Files.exists(beside) ? beside : KELPIE.resolveSibling(".kelpie/quadlet-generator");
    }

    @BeforeEach
    void oneUnit() throws IOException {
        units = Files.createDirectory(folder.resolve("units")).toRealPath();
        runtime = Files.createDirectory(folder.resolve("runtime")).toRealPath();
        web("Exec=serve 1");
    }

    private void web(String lines) {
        Host.write(
                units.resolve("web.container"),
                "[Container]\nImage=localhost/web:1\n"
                        + lines
                        + "\n[Install]\nWantedBy=default.target\n");
    }

    /// Into a new folder, as systemd does it.
    private Path generate(String... environment) throws IOException {
        var out = Files.createDirectory(folder.resolve("out" + runs++));
        var command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "-i",
                                "QUADLET_UNIT_DIRS=" + units,
                                "XDG_RUNTIME_DIR=" + runtime));
        command.addAll(List.of(environment));
        command.addAll(List.of(generator().toString(), "-user", "-no-kmsg-log"));
        for (int i = 0; i < 3; i++) {
            command.add(out.toString());
        }
        Host.run(command.toArray(String[]::new)).expect(0);
        return out;
    }

    private static String web(Path out) {
        return Host.read(out.resolve("web.service"));
    }

    /// Puts a mark into what is remembered: where it comes out, it was copied.
    private void mark() throws IOException {
        try (var notes = Files.walk(runtime.resolve("kelpie-generator"))) {
            var unit = notes.filter(path -> path.endsWith("web.service")).findFirst().orElseThrow();
            Files.writeString(unit, "# copied\n");
        }
    }

    private boolean remembers() throws IOException {
        mark();
        return web(generate()).equals("# copied\n");
    }

    @Test
    void theSameInputsGiveTheSameUnitsAndLinks() throws IOException {
        var first = generate();
        var again = generate();
        assertThat(web(again)).isEqualTo(web(first)).contains("serve 1");
        assertThat(Files.readSymbolicLink(again.resolve("default.target.wants/web.service")))
                .hasToString("../web.service");
        assertThat(remembers()).isTrue();
    }

    @Test
    void whateverChangesIsGeneratedAnew() throws IOException {
        generate();
        var file = units.resolve("web.container");
        var time = Files.getLastModifiedTime(file);
        mark();
        web("Exec=serve 2"); // as long, and as old
        Files.setLastModifiedTime(file, time);
        assertThat(web(generate())).contains("serve 2");
        mark();
        Host.write(units.resolve("web.container.d/a.conf"), "[Container]\nExec=serve 3\n");
        assertThat(web(generate())).contains("serve 3");
        mark();
        assertThat(web(generate("PODMAN=/other/tool"))).contains("/other/tool run");
        mark();
        var moved = folder.resolve("moved");
        Files.move(units, moved);
        units = moved.toRealPath();
        assertThat(web(generate())).contains("SourcePath=" + units);
    }

    @Test
    void whatDependsOnMoreThanItsFilesIsNotRemembered() throws IOException {
        web("AddDevice=-/dev/null");
        generate();
        assertThat(runtime.resolve("kelpie-generator/key")).doesNotExist();
        web("Image=short"); // is warned of at every run
        generate();
        assertThat(runtime.resolve("kelpie-generator/key")).doesNotExist();
        web("Exec=serve 1");
        var elsewhere = folder.resolve("elsewhere");
        Host.write(elsewhere, "[Container]\nImage=localhost/a:1\n");
        Files.createSymbolicLink(units.resolve("a.container"), elsewhere);
        generate();
        assertThat(runtime.resolve("kelpie-generator/key")).doesNotExist();
        Files.delete(units.resolve("a.container"));
        generate();
        assertThat(remembers()).isTrue();
    }

    @Test
    void aNeighboursLinkIsNoDoubt() throws IOException {
        Host.write(units.resolve("t@.container"), "[Container]\nImage=localhost/t:1\n");
        Files.createSymbolicLink(units.resolve("t@one.container"), Path.of("t@.container"));
        generate();
        assertThat(remembers()).isTrue();
    }

    @Test
    void whatIsLostOrHalfIsGeneratedAnew() throws IOException {
        generate();
        mark();
        Files.writeString(runtime.resolve("kelpie-generator/key"), "gone\n");
        assertThat(web(generate())).contains("serve 1");
        Host.run("chmod", "0500", runtime.toString()).expect(0);
        web("Exec=serve 4");
        assertThat(web(generate())).contains("serve 4");
        Host.run("chmod", "0700", runtime.toString()).expect(0);
    }
}
