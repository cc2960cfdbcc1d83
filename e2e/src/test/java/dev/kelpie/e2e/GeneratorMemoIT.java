package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        return generateInto(nextOut(), environment);
    }

    private Path nextOut() throws IOException {
        return Files.createDirectory(folder.resolve("out" + runs++));
    }

    /// @param environment what stands before the generator's name: variables, or a command
    private Path generateInto(Path out, String... environment) {
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
        Files.writeString(note("last/web.service"), "# copied\n");
    }

    /// Does something while the generator runs: as soon as it has made a file.
    private static Thread onceThereIs(Path file, Runnable task) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        return Thread.ofVirtual()
                .start(() -> {
                    while (Files.notExists(file) && System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    task.run();
                });
    }

    private boolean remembers(String... environment) throws IOException {
        mark();
        return web(generate(environment)).equals("# copied\n");
    }

    private Path note(String name) {
        return runtime.resolve("kelpie-generator").resolve(name);
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
    void whatIsChangedAndChangedBackMeanwhileIsNotRemembered() throws Exception {
        var editor =
                onceThereIs(
                        note("new"),
                        () -> {
                            web("Exec=serve 2");
                            web("Exec=serve 1");
                        });
        generate();
        editor.join();
        assertThat(note("key")).doesNotExist();
        generate();
        assertThat(remembers()).isTrue();
    }

    @Test
    void whatDependsOnMoreThanItsFilesIsNotRemembered() throws IOException {
        web("AddDevice=-/dev/null");
        generate();
        assertThat(note("key")).doesNotExist();
        web("Image=short"); // is warned of at every run
        generate();
        assertThat(note("key")).doesNotExist();
        web("Exec=serve 1");
        var elsewhere = folder.resolve("elsewhere");
        Host.write(elsewhere, "[Container]\nImage=localhost/a:1\n");
        Files.createSymbolicLink(units.resolve("a.container"), elsewhere);
        generate();
        assertThat(note("key")).doesNotExist();
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
        Files.writeString(note("key"), "gone\n");
        assertThat(web(generate())).contains("serve 1");
        mark();
        boolean root = Host.isRoot(); // whom no mode keeps out
        var lock = root ? List.of("chown", "1") : List.of("chmod", "0500");
        var unlock = root ? List.of("chown", "0") : List.of("chmod", "0700");
        Host.run(lock.get(0), lock.get(1), runtime.toString()).expect(0);
        assertThat(web(generate())).contains("serve 1");
        Host.run(unlock.get(0), unlock.get(1), runtime.toString()).expect(0);
        assertThat(remembers()).isTrue();
    }

    @Test
    void otherGeneratorsFilesAreNotOurs() throws Exception {
        var out = nextOut();
        Host.write(out.resolve("before.mount"), "[Mount]\n");
        var other =
                onceThereIs(
                        out.resolve("web.service"),
                        () -> {
                            Host.write(out.resolve("during.mount"), "[Mount]\n");
                            Host.write(out.resolve("default.target.wants/b"), "");
                        });
        generateInto(out);
        other.join();
        assertThat(out.resolve("before.mount")).hasContent("[Mount]\n");
        assertThat(out.resolve("during.mount")).hasContent("[Mount]\n");
        mark();

        var next = nextOut();
        Host.write(next.resolve("new.mount"), "[Mount]\n");
        Host.write(next.resolve("default.target.wants/c"), "");
        generateInto(next);
        assertThat(web(next)).isEqualTo("# copied\n");
        assertThat(next.resolve("new.mount")).hasContent("[Mount]\n");
        assertThat(next.resolve("default.target.wants"))
                .isDirectoryNotContaining("glob:**/b")
                .isDirectoryContaining("glob:**/c")
                .isDirectoryContaining("glob:**/web.service");
        assertThat(next).isDirectoryNotContaining("glob:**/{before,during}.mount");
    }

    @Test
    void whatIsInTheWayIsWorthAWholeRun() throws IOException {
        generate();
        mark();
        var out = nextOut();
        Host.write(out.resolve("web.service"), "another's");
        assertThat(web(generateInto(out))).contains("serve 1");
        web("Exec=serve 2");
        out = nextOut();
        Host.write(out.resolve("web.service"), "another's");
        assertThat(web(generateInto(out))).contains("serve 2");
        assertThat(remembers()).isFalse();
    }

    @Test
    void linksToFoldersAreSeenWhateverTheirNames() throws IOException {
        generate();
        var shop = Files.createDirectory(folder.resolve("shop"));
        Host.write(shop.resolve("a.container"), "[Container]\nImage=localhost/a:1\n");
        var link = Files.createSymbolicLink(units.resolve("shop"), shop);
        mark();
        var out = generate();
        assertThat(web(out)).contains("serve 1");
        assertThat(out.resolve("a.service")).exists();
        Host.write(shop.resolve("b.container"), "[Container]\nImage=localhost/b:1\n");
        assertThat(generate().resolve("b.service")).exists();
        Files.delete(link);
        generate();
        assertThat(remembers()).isTrue();

        var dropIns = units.resolve("web.container.d");
        Host.write(shop.resolve("a.conf"), "[Container]\nExec=serve 2\n");
        for (var target : List.of(shop, Path.of("beside"))) {
            Host.write(units.resolve("beside/a.conf"), "[Container]\nExec=serve 3\n");
            Files.createSymbolicLink(dropIns, target);
            assertThat(web(generate())).contains(target.equals(shop) ? "serve 2" : "serve 3");
            Host.write(dropIns.resolve("a.conf"), "[Container]\nExec=serve 4\n");
            assertThat(web(generate())).contains("serve 4");
            Files.delete(dropIns);
        }
    }

    @Test
    void onlyOneOfTwoRunsUsesTheNotes() throws IOException {
        generate();
        mark();
        var key = Files.readAllBytes(note("key"));
        Host.write(note("lock"), "");
        var lock = note("lock").toString(); // as if another run had it
        assertThat(web(generate("flock", lock))).contains("serve 1");
        web("Exec=serve 2");
        assertThat(web(generate("flock", lock))).contains("serve 2");
        assertThat(note("key")).hasBinaryContent(key);
        assertThat(web(generate())).contains("serve 2");
        assertThat(remembers()).isTrue();
    }

    @Test
    void manyRunsAtOnceAllWriteAll() throws Exception {
        generate();
        var outs = new ArrayList<Path>();
        var others = new ArrayList<Thread>();
        for (int i = 0; i < 12; i++) {
            var out = nextOut();
            outs.add(out);
            int number = i / 4;
            others.add(
                    Thread.ofPlatform().start(() -> generateInto(out, "PODMAN=/tool/" + number)));
        }
        for (var other : others) {
            other.join();
        }
        for (int i = 0; i < outs.size(); i++) {
            assertThat(web(outs.get(i))).contains("/tool/" + i / 4 + " run");
            assertThat(outs.get(i).resolve("default.target.wants/web.service")).exists();
        }
    }

    @Test
    void whatAKilledRunLeftIsSweptAway() throws IOException {
        generate();
        Host.write(note("in"), "half");
        Host.write(note("new/half.service"), "half");
        assertThat(remembers()).isTrue();
        Host.write(note("new/half.service"), "half");
        web("Exec=serve 2");
        generate();
        assertThat(generate().resolve("half.service")).doesNotExist();
        try (var left = Files.list(runtime.resolve("kelpie-generator"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("doubt", "in", "key", "last", "lock");
        }
        assertThat(note("in")).isEmptyFile();
    }

    /// The folder that we are in is none of those that are searched.
    @Test
    void emptyNamesOfFoldersAreNoFolders() throws IOException {
        var here = Files.createDirectory(folder.resolve("here"));
        Files.createSymbolicLink(here.resolve("a"), folder);
        String[] inIt = {"env", "--chdir=" + here, "QUADLET_UNIT_DIRS=:" + units + "::"};
        generate(inIt);
        assertThat(remembers(inIt)).isTrue();
        Files.delete(note("key"));
        generate("QUADLET_UNIT_DIRS=here:" + units); // is warned of
        assertThat(note("key")).doesNotExist();
    }

    @Test
    void onlyWhatUnitFilesMayBeIsRead() throws IOException {
        Host.write(units.resolve("big.conf"), "#".repeat(2 << 20));
        generate();
        assertThat(Files.size(note("key"))).isLessThan(10_000);
        assertThat(remembers()).isTrue();
        Files.delete(note("key"));
        Host.write(units.resolve("other.container.d/a.conf"), "#".repeat((1 << 20) + 1));
        generate();
        assertThat(note("key")).doesNotExist();
    }
}
