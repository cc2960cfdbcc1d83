package dev.kelpie.quadlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.quadlet.installed.InstallException;
import dev.kelpie.quadlet.installed.InstallFolder;
import dev.kelpie.quadlet.systemd.Systemd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstalledCommandsTest {
    private static final String CONTAINER = "[Container]\nImage=localhost/i\n";

    @TempDir private Path temp;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final FakeSystemd systemd = new FakeSystemd();

    private static final class FakeSystemd implements Systemd {
        final List<String> calls = new ArrayList<>();
        final Map<String, String> states = new HashMap<>();

        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public void reload() {
            calls.add("reload");
        }

        @Override
        public void stop(String service) {
            calls.add("stop " + service);
        }

        @Override
        public Map<String, String> states(List<String> services) {
            return states;
        }
    }

    private Path units() {
        return temp.resolve("units");
    }

    private Path source(String name, String text) throws IOException {
        var file = temp.resolve("source").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private InstalledCommands commands() {
        stdout.reset();
        var out = new PrintStream(stdout, true, StandardCharsets.UTF_8);
        return new InstalledCommands(
                new InstallFolder(units()), List.of(units()), systemd, out, out);
    }

    private String install(Object... words) {
        commands().install(flags(words));
        return printed();
    }

    private String remove(Object... words) {
        commands().remove(flags(words));
        return printed();
    }

    private String list(Object... words) {
        commands().list(flags(words));
        return printed();
    }

    private static Flags flags(Object... words) {
        return Flags.parse(
                List.of(words).stream().map(Object::toString).toList(),
                "-r=--replace",
                "--reload-systemd?",
                "-f=--force",
                "--filter:",
                "--format:",
                "-n=--noheading",
                "-a=--all",
                "-i=--ignore");
    }

    private String printed() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    @Test
    void installsOneWithItsCompanions() throws IOException {
        var unit = source("web.container", CONTAINER);
        var companion = source("web.env", "A=1\n");
        assertThat(install(unit, companion))
                .isEqualTo(units() + "/web.container\n" + units() + "/web.env\n");
        assertThat(units().resolve("web.container")).hasContent(CONTAINER);
        assertThat(units().resolve(".web.container.app")).hasContent("web.container\nweb.env\n");
        assertThat(systemd.calls).containsExactly("reload");
    }

    @Test
    void installsAFolderAsOneApplication() throws IOException {
        source("app/a.container", CONTAINER);
        source("app/a.container.d/1.conf", "[Unit]\n");
        source("app/.hidden", "");
        install(temp.resolve("source/app"), "--reload-systemd=false");
        assertThat(units().resolve(".app.app")).hasContent("a.container\na.container.d/1.conf\n");
        assertThat(systemd.calls).isEmpty();
        assertThat(remove("a.container")).isEqualTo("a.container\na.container.d/1.conf\n");
        assertThat(units()).isEmptyDirectory();
    }

    @Test
    void installsABundle() throws IOException {
        var bundle =
                source(
                        "shop.quadlets",
                        "# FileName=web\n"
                                + CONTAINER
                                + "---\n\n---\n# FileName=data\n[Volume]\n  ---  \n");
        install(bundle);
        assertThat(units().resolve(".shop.app")).hasContent("web.container\ndata.volume\n");
        assertThat(units().resolve("data.volume")).hasContent("# FileName=data\n[Volume]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "[Volume] @ missing required '# FileName=<name>' comment in a section of x.quadlets",
                "# FileName=a.b|[Volume] @ '# FileName=a.b' in x.quadlets: a name has no extension, '/' or '\\'",
                "# FileName=../a|[Volume] @ '# FileName=../a' in x.quadlets: a name has no extension, '/' or '\\'",
                "# FileName=a|[Unit] @ no recognized quadlet section found in 'a' of x.quadlets",
                "--- @ no valid quadlet sections found in file x.quadlets",
            })
    void refusesABundleThatIsNone(String text, String message) throws IOException {
        var bundle = source("x.quadlets", text.replace('|', '\n'));
        assertThatThrownBy(() -> install(bundle)).hasMessage(message);
        assertThat(units()).doesNotExist();
    }

    @Test
    void replacesOnlyWhenToldTo() throws IOException {
        install(source("a.volume", "[Volume]\n"));
        var newer = source("a.volume", "[Volume]\nLabel=a=1\n");
        var other = source("b.conf", "b");
        assertThatThrownBy(() -> install(newer, other))
                .isInstanceOf(InstallException.class)
                .hasMessage("a Quadlet with name a.volume already exists, refusing to overwrite");
        assertThat(units().resolve("b.conf")).doesNotExist();
        install("--replace", newer, other);
        assertThat(units().resolve("a.volume")).content().contains("Label");
    }

    @Test
    void refusesWhatIsNoUnit() throws IOException {
        var text = source("notes.txt", "x");
        assertThatThrownBy(() -> install(text))
                .hasMessage("\".txt\" is not a supported Quadlet file type");
        assertThatThrownBy(() -> install("/nowhere/a.volume"))
                .hasMessage("cannot read '/nowhere/a.volume': there is no such file");
    }

    @Test
    void lists() throws IOException {
        install(source("p.pod", "[Pod]\n"));
        install(source("web.container", CONTAINER + "Pod=p.pod\n"));
        Files.writeString(units().resolve("bad.volume"), "rubbish");
        systemd.states.put("web.service", "active/running");
        assertThat(list().lines().toList())
                .hasSize(4)
                .satisfies(lines -> {
                    assertThat(lines.getFirst())
                            .matches("NAME +UNIT NAME +PATH ON DISK +STATUS +APPLICATION +POD");
                    assertThat(lines.getLast())
                            .matches(
                                    "web.container +web.service +.*/web.container"
                                            + " +active/running +.web.container.app +p.pod");
                });
        assertThat(list("-n", "--filter", "name=^bad", "--format", "{{.Name}}: {{ .Status }}"))
                .isEqualTo(
                        "bad.volume: file contains line 1: “rubbish” which is not a key-value pair,"
                                + " group, or comment\n");
        assertThat(list("--filter=pod=p.*", "--format=json"))
                .contains("\"Name\": \"web.container\"", "\"Pod\": \"p.pod\"")
                .doesNotContain("p-pod");
        assertThat(
                        list(
                                "--filter=name=web",
                                "--filter=name=^p",
                                "--filter=status=Not",
                                "--format={{.UnitName}}"))
                .isEqualTo("p-pod.service\n");
        assertThatThrownBy(() -> list("--filter=x")).hasMessage("invalid filter \"x\"");
        assertThatThrownBy(() -> list("--filter=x=y")).hasMessage("x is not a valid filter");
        assertThatThrownBy(() -> list("--filter=name=("))
                .hasMessageStartingWith("invalid filter \"name=(\"");
        assertThatThrownBy(() -> list("--format={{.Nope}}"))
                .hasMessageContaining("no field 'Nope'");
    }

    @Test
    void prints() throws IOException {
        install(source("a.volume", "[Volume]\n# ä\n"));
        commands().print(flags("a.volume"));
        assertThat(printed()).isEqualTo("[Volume]\n# ä\n");
        assertThatThrownBy(() -> commands().print(flags("b.volume")))
                .hasMessageStartingWith("could not locate quadlet \"b.volume\" in any supported");
        assertThatThrownBy(() -> commands().print(flags("../x")))
                .hasMessage("\"./x\" is not a supported quadlet file type");
    }

    @Test
    void doesNotRemoveWhatRuns() throws IOException {
        install(source("a.volume", "[Volume]\n"));
        systemd.states.put("a-volume.service", "active/exited");
        assertThatThrownBy(() -> remove("a.volume"))
                .hasMessage("quadlet a.volume is running and force is not set, refusing to remove");
        assertThat(units().resolve("a.volume")).exists();
        remove("--force", "a.volume");
        assertThat(systemd.calls).containsExactly("reload", "stop a-volume.service", "reload");
        assertThat(units()).isEmptyDirectory();
    }

    @Test
    void removesApplicationsAndAll() throws IOException {
        install(source("a.volume", "[Volume]\n"), source("a.txt", "x"));
        install(source("b.volume", "[Volume]\n"));
        Files.writeString(units().resolve("own.volume"), "[Volume]\n");
        assertThat(remove(".a.volume.app")).isEqualTo("a.volume\na.txt\n");
        assertThatThrownBy(() -> remove("a.volume"))
                .hasMessageStartingWith("could not locate quadlet");
        assertThat(remove("--ignore", "a.volume")).isEmpty();
        assertThatThrownBy(() -> remove()).hasMessage("at least one quadlet file must be selected");
        assertThat(remove("--all")).isEqualTo("b.volume\nown.volume\n");
        assertThat(units()).isEmptyDirectory();
    }

    @Test
    void anApplicationFileLeadsNotOutOfTheFolder() throws IOException {
        var outside = source("keep.txt", "x");
        Files.createDirectories(units());
        Files.writeString(units().resolve(".evil.app"), "../source/keep.txt\n" + outside + "\n");
        assertThat(remove(".evil.app")).isEmpty();
        assertThat(outside).exists();
        assertThatThrownBy(() -> remove("../source/keep.txt"))
                .hasMessageStartingWith("could not locate");
    }

    @Test
    void refusesFlagsThatThereAreNot() {
        assertThatThrownBy(() -> flags("--nope")).hasMessage("unknown flag: --nope");
        assertThatThrownBy(() -> flags("--filter")).hasMessage("flag needs an argument: --filter");
    }
}
