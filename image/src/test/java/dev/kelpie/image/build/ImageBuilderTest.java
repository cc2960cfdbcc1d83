package dev.kelpie.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.BadImageNameException;
import dev.kelpie.image.BuildException;
import dev.kelpie.image.Image;
import dev.kelpie.image.Images;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageBuilderTest {

    private static final BuildEvent.StageNumber ONLY = new BuildEvent.StageNumber(1, 1);

    @TempDir Path temp;
    private Path context;
    private Images images;
    private final List<BuildEvent> events = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        context = Files.createDirectory(temp.resolve("context"));
        images = Images.open(temp.resolve("root"), new PlainLayerTrees(), RegistrySettings.NONE);
        Files.writeString(context.resolve("a.txt"), "A");
        Files.writeString(context.resolve("b.txt"), "B");
        Files.createDirectories(context.resolve("dir/sub"));
        Files.writeString(context.resolve("dir/sub/c"), "C");
        Files.createSymbolicLink(context.resolve("dir/link"), Path.of("sub/c"));
    }

    @Test
    void buildsFromScratch() throws Exception {
        var image =
                build(
                        """
                        # comment
                        FROM scratch
                        COPY a.txt \\
                          /bin/a
                        ENV PATH=/bin GREETING="hello world"
                        LABEL owner=me
                        WORKDIR /srv
                        WORKDIR data
                        USER 1000:1000
                        EXPOSE 80 53/udp
                        VOLUME ["/cache"]
                        STOPSIGNAL SIGINT
                        ENTRYPOINT ["/bin/a"]
                        CMD serve --port 80
                        """);
        var config = image.config().config();
        assertThat(image.lowerDirectories().getLast().resolve("bin/a")).hasContent("A");
        assertThat(config.env()).containsExactly("PATH=/bin", "GREETING=hello world");
        assertThat(config.workingDir()).isEqualTo("/srv/data");
        assertThat(config.exposedPorts()).containsExactly("80/tcp", "53/udp");
        assertThat(config.volumes()).containsExactly("/cache");
        assertThat(config.stopSignal()).contains("SIGINT");
        assertThat(config.command().entrypoint()).containsExactly("/bin/a");
        assertThat(config.command().cmd()).containsExactly("/bin/sh", "-c", "serve --port 80");
        assertThat(config.labels()).containsEntry("owner", "me");
        assertThat(image.names()).hasToString("[localhost/app:latest]");
        assertThat(events).contains(new BuildEvent.Step(ONLY, 2, 12, "COPY a.txt   /bin/a"));
    }

    @Test
    void givesTheSameImageForTheSameInputs() throws Exception {
        var text = "FROM scratch\nCOPY . /\nCMD [\"/a\"]\n";
        var first = build(text);
        events.clear();
        var second = build(text);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(events).contains(new BuildEvent.Committed(first.id(), true));
        Files.writeString(context.resolve("a.txt"), "changed");
        assertThat(build(text).id()).isNotEqualTo(first.id());
    }

    @Test
    void fixesEveryTimeWhenATimestampIsGiven() throws Exception {
        Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY a.txt /\n");
        var fixed =
                BuildRequest.of(context, "app")
                        .withResult(
                                ResultOptions.USUAL.withTimestamp(
                                        Optional.of(Instant.ofEpochSecond(100))))
                        .withPlatform(Platform.parse("linux/amd64"))
                        .withPull(BasePull.NEVER);
        var image = images.build(fixed, events::add);
        assertThat(image.created()).isEqualTo(Instant.ofEpochSecond(100));
        assertThat(Files.getLastModifiedTime(top(image).resolve("a.txt")).toInstant())
                .isEqualTo(Instant.ofEpochSecond(100));
        assertThat(image.id().hex())
                .as("the same everywhere, always")
                .isEqualTo(images.build(fixed, events::add).id().hex());
    }

    @ParameterizedTest
    @CsvSource({
        "COPY dir /to, to/sub/c",
        "COPY dir /to/, to/sub/c",
        "COPY dir/ ., sub/c",
        "COPY dir/sub/c /to, to",
        "COPY dir/sub/c /to/, to/c",
        "COPY *.txt /to/, to/b.txt",
        "COPY d*/s*/c /to/, to/c",
        "COPY a.txt b.txt ./to/, to/a.txt",
        "'COPY [\"a.txt\", \"/with space/\"]', with space/a.txt",
        "COPY dir/link /l, l",
        "COPY --chown=7:8 --chmod=0600 a.txt /x, x",
        "COPY . /, dir/sub/c",
    })
    void putsCopiesWhereDockerDoes(String copy, String expected) throws Exception {
        assertThat(top(build("FROM scratch\n" + copy + "\n")).resolve(expected)).isRegularFile();
    }

    @Test
    void keepsLinksInsideDirectories() throws Exception {
        var link = top(build("FROM scratch\nCOPY dir /d\n")).resolve("d/link");
        assertThat(Files.readSymbolicLink(link)).hasToString("sub/c");
    }

    @Test
    void leavesOutWhatIsIgnored() throws Exception {
        Files.writeString(
                context.resolve(".containerignore"), "*.txt\n!b.txt\nContainerfile\ndir/sub\n");
        var top = top(build("FROM scratch\nCOPY . /\n"));
        assertThat(top.resolve("a.txt")).doesNotExist();
        assertThat(top.resolve("b.txt")).exists();
        assertThat(top.resolve("dir/sub")).doesNotExist();
        assertThat(top.resolve("dir/link"))
                .satisfies(p -> assertThat(Files.isSymbolicLink(p)).isTrue());
    }

    @Test
    void standsOnALocalImageAndFollowsItsLinks() throws Exception {
        Files.createDirectories(context.resolve("base/usr/lib"));
        Files.writeString(context.resolve("base/usr/lib/old"), "old");
        Files.createSymbolicLink(context.resolve("base/lib"), Path.of("usr/lib"));
        images.build(
                request("FROM scratch\nCOPY base /\nENV A=1\nCMD [\"/base\"]\n", "base"),
                events::add);
        var image =
                build(
                        "FROM base\nCOPY a.txt /lib/\nCOPY dir/sub /lib\nENV B=${A}2\nENTRYPOINT [\"/x\"]\n");
        assertThat(image.lowerDirectories()).hasSize(3);
        assertThat(image.lowerDirectories().get(1).resolve("usr/lib/a.txt")).exists();
        assertThat(top(image).resolve("usr/lib/c")).exists();
        assertThat(image.config().config().env()).containsExactly("A=1", "B=12");
        assertThat(image.config().config().command().cmd()).as("meant for the base").isEmpty();
    }

    @Test
    void unpacksArchivesThatAreAdded() throws Exception {
        Files.write(context.resolve("x.tar.gz"), LayerLab.gzip(LayerLab.layer("in/", "in/side=1")));
        var image = build("FROM scratch\nADD x.tar.gz a.txt /opt/\nCOPY x.tar.gz /raw/\n");
        assertThat(image.lowerDirectories().get(1).resolve("opt/in/side")).hasContent("1");
        assertThat(image.lowerDirectories().get(1).resolve("opt/a.txt")).exists();
        assertThat(top(image).resolve("raw/x.tar.gz")).exists();
    }

    @Test
    void buildsOnlyTheStagesThatAreNeeded() throws Exception {
        var image =
                build(
                        """
                        ARG NAME=b
                        FROM scratch AS base
                        COPY a.txt /
                        FROM no.such.registry.test/x AS unused
                        FROM base
                        ARG NAME
                        COPY $NAME.txt /
                        """);
        assertThat(image.lowerDirectories()).hasSize(2);
        assertThat(top(image).resolve("b.txt")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN make|RUN needs an engine",
                "HEALTHCHECK SOME|HEALTHCHECK is neither NONE nor CMD",
                "FETCH x|unknown instruction 'FETCH'",
                "COPY ../secret /|leaves the context",
                "COPY escape /|leads out of the build context",
                "COPY missing /|COPY: no such file 'missing' in the build context",
                "COPY *.jpg /|no such file '*.jpg' in",
                "COPY a.txt|COPY needs a source and a destination",
                "COPY a.txt b.txt /to|need a destination that ends in /",
                "COPY --from=other a /|COPY: 'other' is a short name",
                "COPY --chmod=u+q a.txt /|--chmod takes an octal number",
                "COPY --chown=bob a.txt /|user 'bob' is not in the image's /etc/passwd",
                "ADD https://localhost:1/x /|cannot fetch 'https://localhost:1/x'",
                "EXPOSE 70000|not a port between 1 and 65535: '70000'",
                "ENV A|ENV needs a value: 'A'",
                "ENV A=${B|a brace is not closed",
                "LABEL \"a=b|a quote is not closed",
                "USER|USER needs an argument",
            })
    void refusesWithFileAndLine(String instruction, String message) throws Exception {
        Files.writeString(temp.resolve("secret"), "s");
        Files.createSymbolicLink(context.resolve("escape"), temp.resolve("secret"));
        assertThatThrownBy(() -> build("FROM scratch\n\n" + instruction + "\n"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith(context.resolve("Containerfile") + ":3: ")
                .hasMessageContaining(message);
        assertThat(images.all()).isEmpty();
        assertThat(temp.resolve("root/layers")).isEmptyDirectory();
        assertThat(temp.resolve("root/content/blobs/sha256")).isEmptyDirectory();
        assertThat(temp.resolve("root/ingest")).isEmptyDirectory();
    }

    @Test
    void saysWhereToSearchForAMissingBase() {
        assertThatThrownBy(() -> build("FROM nowhere\n"))
                .isInstanceOf(BadImageNameException.class)
                .hasMessageContaining("unqualified-search-registries");
    }

    @Test
    void saysThatThereIsNoContainerfile() {
        assertThatThrownBy(() -> images.build(BuildRequest.of(context, "x"), events::add))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("no Containerfile: ");
    }

    @Test
    void warnsOfArgumentsThatNothingTakes() throws Exception {
        Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY a.txt /\n");
        images.build(
                BuildRequest.of(context, "app").withArguments(Map.of("TYPO", "1")), events::add);
        assertThat(events).filteredOn(BuildEvent.Warning.class::isInstance).hasSize(1);
    }

    private Image build(String containerfile) throws IOException, InterruptedException {
        return images.build(request(containerfile, "app"), events::add);
    }

    private BuildRequest request(String containerfile, String tag) throws IOException {
        Files.writeString(context.resolve("Containerfile"), containerfile);
        return BuildRequest.of(context, tag);
    }

    private static Path top(Image image) {
        return image.lowerDirectories().getFirst();
    }
}
