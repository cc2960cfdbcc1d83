package dev.kelpie.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.sandbox.HostKernel.GroupGift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupGivingIT {

    private static final int GROUP = 2000;

    @TempDir Path base;

    private Path volume;

    @BeforeEach
    void makeVolume() throws IOException {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "needs root: changes owners");
        volume = Files.createDirectories(base.resolve("volume"));
        mode(volume, 0755);
    }

    private static Path mode(Path file, int mode) throws IOException {
        return Files.setAttribute(file, "unix:mode", mode);
    }

    /// `mode gid`, the mode in octal.
    private static String facts(Path file) throws IOException {
        var mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        var group = Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        return Integer.toOctalString(mode & 07777) + " " + group;
    }

    private Path file(String name, int mode) throws IOException {
        var file = volume.resolve(name);
        Files.createDirectories(file.getParent());
        return mode(Files.writeString(file, "x"), mode);
    }

    private void give(boolean readOnly, boolean unlessDone) throws IOException {
        new GroupGiving(volume, new GroupGift(GROUP, readOnly, unlessDone)).run();
    }

    @Test
    void givesEverythingToTheGroup() throws IOException {
        var secret = file("a/b/secret", 0600);
        var tool = file("a/tool", 04755);
        mode(volume.resolve("a/b"), 0700);
        give(false, false);
        assertThat(facts(volume)).isEqualTo("2775 2000");
        assertThat(facts(volume.resolve("a/b"))).isEqualTo("2770 2000");
        assertThat(facts(secret)).isEqualTo("660 2000");
        assertThat(facts(tool)).isEqualTo("4775 2000");
    }

    @Test
    void whatIsReadOnlyIsNotMadeWritable() throws IOException {
        var secret = file("secret", 0400);
        give(true, false);
        assertThat(facts(secret)).isEqualTo("440 2000");
        assertThat(facts(volume)).isEqualTo("2755 2000");
    }

    @Test
    void followsNoLinkOutOfTheVolume() throws IOException {
        var outside = Files.createDirectories(base.resolve("outside"));
        var victim = mode(Files.writeString(outside.resolve("victim"), "x"), 0600);
        Files.createSymbolicLink(volume.resolve("to-file"), victim);
        Files.createSymbolicLink(volume.resolve("to-folder"), outside);
        give(false, false);
        assertThat(facts(victim)).isEqualTo("600 0");
        assertThat(facts(outside)).endsWith(" 0");
        assertThat(facts(volume.resolve("to-file"))).endsWith(" 2000");
    }

    @Test
    void aVolumeThatIsDoneIsLeftAloneWhereThatIsEnough() throws IOException {
        give(false, false);
        var late = file("late", 0600);
        give(false, true);
        assertThat(facts(late)).isEqualTo("600 2000"); // of the folder's group, mode untouched
        give(false, false);
        assertThat(facts(late)).isEqualTo("660 2000");
    }

    @Test
    void aTopThatDoesNotMatchMeansThatNotAllWasDone() throws IOException {
        give(false, false);
        var late = file("late", 0600);
        mode(volume, 0775);
        give(false, true);
        assertThat(facts(late)).isEqualTo("660 2000");
    }
}
