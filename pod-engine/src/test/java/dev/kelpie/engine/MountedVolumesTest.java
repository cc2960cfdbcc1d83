package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
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

    private Volumes volumes;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory);
        volumes = new Volumes(engine.core, engine.supervisor, engine.containers);
        make("share", Map.of("type", "cifs", "device", "//nas/a", "o", "password=secret"));
        content = engine.core.files.volumeContent("share");
    }

    private void make(String name, Map<String, String> driver) {
        var options = new VolumeOptions(driver, OptionalInt.empty(), OptionalInt.empty());
        volumes.create(new NewVolume(name, Map.of(), options, false));
    }

    /// A pod with a group of its own that mounts the volume.
    private void play(String volume) throws InterruptedException {
        var base = Specs.container("web", "c");
        var mount =
                new VolumeMount(
                        "v",
                        "/v",
                        Optional.empty(),
                        false,
                        VolumeMount.Propagation.RPRIVATE,
                        false);
        var container =
                new ContainerSpec(
                        base.metadata(),
                        base.shortName(),
                        base.image(),
                        base.process(),
                        List.of(mount),
                        base.resources(),
                        base.security(),
                        base.policy());
        var pod = Specs.pod("web", List.of(container));
        var group = Optional.of(new PodSecurity.FsGroup(7, false));
        engine.plays.play(
                List.of(
                        new PodSpec(
                                pod.metadata(),
                                pod.initContainers(),
                                pod.containers(),
                                List.of(new Volume("v", new Volume.Named(volume))),
                                pod.network(),
                                pod.sharing(),
                                pod.policy(),
                                new PodSecurity(Map.of(), group))),
                PlayOptions.DEFAULT,
                _ -> {});
    }

    @Test
    void goToThePodsGroupUnlessAnotherHostOwnsThem() throws InterruptedException {
        make("memory", Map.of("type", "tmpfs"));
        play("memory");
        assertThat(engine.kernel.given).containsOnlyKeys(engine.core.files.volumeContent("memory"));
        engine.kernel.given.clear();
        engine.pods.remove(List.of("web"), RemoveOptions.FORCE);
        play("share");
        assertThat(engine.kernel.mounted).contains(content);
        assertThat(engine.kernel.given).isEmpty();
    }

    @Test
    void areMountedWhileFilesOfAStoppedContainerAreCopied() throws InterruptedException {
        play("share");
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        assertThat(engine.kernel.mounted).doesNotContain(content);
        var row =
                engine.core.store.now().containers().values().stream()
                        .filter(each -> each.name().equals("web-c"))
                        .toList();
        var trees = new ContainerTrees(engine.core).open(row);
        assertThat(engine.kernel.mounted).contains(content);
        trees.forEach(ContainerTree::close);
        assertThat(engine.kernel.mounted).doesNotContain(content);
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
                .hasMessage(
                        "cannot mount volume 'share' of type 'cifs': exited with 32: no such host");
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
