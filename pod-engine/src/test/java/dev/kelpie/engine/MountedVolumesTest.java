package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.VolumeOptions;
import dev.kelpie.runtime.CommandFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MountedVolumesTest {

    @TempDir Path directory;

    private FakeEngine engine;
    private Path content;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory);
        var options =
                new VolumeOptions(
                        Map.of("type", "cifs", "device", "//nas/a", "o", "password=secret"),
                        OptionalInt.empty(),
                        OptionalInt.empty());
        var volumes = new Volumes(engine.core, engine.supervisor, engine.containers);
        volumes.create(new NewVolume("share", Map.of(), options, false));
        content = engine.core.files.volumeContent("share");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void stayMountedUntilTheLastUserIsGone() throws InterruptedException {
        var mounts = engine.core.mounts.volumeMounts();
        mounts.use("share", "one");
        mounts.use("share", "two");
        mounts.release("one");
        assertThat(engine.kernel.mounted).contains(content);
        mounts.release("two");
        assertThat(engine.kernel.mounted).doesNotContain(content);
    }

    @Test
    void tellNoPasswordWhenTheyCannotBeMounted() {
        engine.kernel.mountFailure =
                Optional.of(
                        CommandFailedException.exited(
                                List.of("mount", "-o", "password=secret"),
                                32,
                                "no such host\nhelp"));
        assertThatThrownBy(() -> engine.core.mounts.volumeMounts().use("share", "one"))
                .hasMessage("cannot mount volume 'share': exited with 32: no such host");
        assertThat(engine.core.files.volumeUsers()).isEmptyDirectory();
    }

    @Test
    void loseUsersThatACrashLeft() throws InterruptedException {
        engine.core.mounts.volumeMounts().use("share", "files-1");
        engine = engine.reopened(directory);
        assertThat(engine.kernel.mounted).doesNotContain(content);
        engine.core.mounts.volumeMounts().use("share", "by-hand");
        engine = engine.reopened(directory);
        assertThat(engine.kernel.mounted).contains(content);
    }

    @Test
    void loseAllUsersWithABoot() throws InterruptedException {
        engine.core.mounts.volumeMounts().use("share", "by-hand");
        engine.kernel.boot = "boot-2";
        engine = engine.reopened(directory);
        assertThat(engine.core.files.volumeUsers()).doesNotExist();
    }
}
