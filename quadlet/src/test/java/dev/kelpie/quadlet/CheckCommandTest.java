package dev.kelpie.quadlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckCommandTest {
    @TempDir private Path temp;
    private Path folder;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @BeforeEach
    void findFolder() throws IOException {
        folder = temp.toRealPath();
    }

    private Path file(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text);
    }

    private int check(Object... words) {
        stdout.reset();
        stderr.reset();
        return new CheckCommand(
                        new PrintStream(stdout, true, StandardCharsets.UTF_8),
                        new PrintStream(stderr, true, StandardCharsets.UTF_8))
                .run(List.of(words).stream().map(Object::toString).toList());
    }

    private List<String> found() {
        return stdout.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void looksAtTheFileOnlyButReadsItsNeighbours() throws IOException {
        file("data.volume", "[Volume]\nBogus=1\n");
        var web = file("web.container", "[Container]\nImage=localhost/i\nVolume=data.volume:/d\n");
        assertThat(check(web)).isZero();
        assertThat(check(folder)).isEqualTo(1);
        assertThat(found()).singleElement().asString().startsWith("data.volume:2: error: ");
    }

    @Test
    void looksAtDropInsToo() throws IOException {
        var web = file("web.container", "[Container]\nImage=localhost/i\n");
        file("web.container.d/1.conf", "[Container]\nBogus=1\n");
        file("web.container.d/2.conf", "nonsense\n");
        assertThat(check(web)).isEqualTo(1);
        assertThat(found())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("web.container.d/1.conf:2: error: "))
                .anyMatch(line -> line.startsWith("web.container.d/2.conf: error: "));
    }

    @Test
    void warningsCountUnlessOnlyErrorsAreAskedFor() throws IOException {
        var web = file("web.container", "[Container]\nImage=nginx\n");
        assertThat(check(web)).isEqualTo(1);
        assertThat(check("--severity", "error", web)).isZero();
        assertThat(check("--severity=error", web)).isZero();
        assertThat(check("--severity=none", web)).isEqualTo(125);
    }

    @Test
    void looksIntoBundles() throws IOException {
        var bundle =
                file(
                        "shop.quadlets",
                        """
                        # FileName=web
                        [Container]
                        Image=localhost/i
                        Volume=data.volume:/d
                        ---
                        # FileName=data
                        [Volume]
                        Bogus=1
                        """);
        assertThat(check(bundle)).isEqualTo(1);
        assertThat(found()).singleElement().asString().startsWith("shop.quadlets:8: error: ");
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        assertThat(check("/nowhere.container")).isEqualTo(125);
        assertThat(stderr.toString(StandardCharsets.UTF_8))
                .isEqualTo("Error: cannot read '/nowhere.container': there is no such file\n");
        assertThat(check(file("a.txt", ""))).isEqualTo(125);
        assertThat(check()).isEqualTo(125);
        assertThat(check("--wat")).isEqualTo(125);
        assertThat(check(file("b.quadlets", ""))).isEqualTo(125);
    }
}
