package dev.kelpie.image.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the layers look like together, when one of them lays a link where another has a directory.
class LowerViewTest {
    @TempDir Path temp;

    private Path host;
    private Path bottom;
    private Path top;

    @BeforeEach
    void make() throws IOException {
        host = Files.createDirectory(temp.resolve("host"));
        bottom = Files.createDirectory(temp.resolve("bottom"));
        top = Files.createDirectory(temp.resolve("top"));
        Files.writeString(host.resolve("passwd"), "spy:x:77:77::/:/bin/sh\n");
    }

    @Test
    void aLinkBelowADirectoryIsNotFollowedOnTheHost() throws IOException {
        Files.createSymbolicLink(bottom.resolve("etc"), host);
        Files.createDirectory(top.resolve("etc"));
        var view = new LowerView(List.of(top, bottom));

        assertThat(view.resolve("etc/passwd")).isEqualTo("etc/passwd");
        assertThat(view.find("etc/passwd")).isEmpty();
    }

    @Test
    void anAbsoluteLinkStaysInTheImage() throws IOException {
        Files.createSymbolicLink(bottom.resolve("etc"), host);
        var view = new LowerView(List.of(top, bottom));

        assertThat(view.resolve("etc/passwd")).isEqualTo(host.toString().substring(1) + "/passwd");
        assertThat(view.find(view.resolve("etc/passwd"))).isEmpty();
    }

    @Test
    void climbingEndsAtTheImagesRoot() throws IOException {
        Files.createSymbolicLink(bottom.resolve("up"), Path.of("../../../../.."));
        Files.writeString(bottom.resolve("mine"), "m");
        var view = new LowerView(List.of(top, bottom));

        assertThat(view.resolve("up/mine")).isEqualTo("mine");
        assertThat(view.find("mine")).isPresent();
    }
}
