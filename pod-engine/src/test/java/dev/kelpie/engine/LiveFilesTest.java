package dev.kelpie.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.spec.ConfigMapSpec;
import dev.kelpie.engine.spec.Downward;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFilesTest {

    private static final Volume.Selection ALL = new Volume.Selection(List.of(), 0644, false);
    private static final Volume.Selection COLOR =
            new Volume.Selection(
                    List.of(new Volume.KeyToPath("color", "paint", OptionalInt.empty())),
                    0644,
                    false);

    @TempDir Path temporary;
    private FakeEngine engine;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(temporary);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static ConfigMapSpec map(String key, String value) {
        return new ConfigMapSpec("default", "look", Map.of(key, base64(value)), false);
    }

    private static Volume files(Volume.Selection selection, String color) {
        return new Volume(
                "v",
                new Volume.ConfigMap(
                        "look",
                        selection.files(Map.of("color", base64(color))),
                        Optional.of(selection)));
    }

    private static PodSpec pod(Volume... volumes) {
        return Specs.pod("web", "a").withVolumes(List.of(volumes));
    }

    private PodAction play(PlaySpec wanted) throws InterruptedException {
        return engine.plays.play(wanted, PlayOptions.DEFAULT, _ -> {}).pods().getFirst().action();
    }

    private PodAction play(ConfigMapSpec map) throws InterruptedException {
        return play(
                new PlaySpec(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(map)));
    }

    private Path shown(String name) {
        var id = engine.core.store.now().podNamed("web").orElseThrow().id();
        return engine.core.files.configMap(id, "v").resolve(name);
    }

    @Test
    void followsAConfigMapThatIsPlayedAlone() throws Exception {
        play(PlaySpec.ofPods(List.of(pod(files(COLOR, "blue")))));
        var before = Files.readSymbolicLink(shown("..data"));
        assertThat(play(map("color", "red"))).isEqualTo(PodAction.UPDATE);
        assertThat(shown("paint")).hasContent("red");
        assertThat(Files.readSymbolicLink(shown("..data"))).isNotEqualTo(before);
        assertThat(shown(before.toString())).doesNotExist();
    }

    @Test
    void leavesEqualFilesAlone() throws Exception {
        play(PlaySpec.ofPods(List.of(pod(files(ALL, "blue")))));
        var before = Files.readSymbolicLink(shown("..data"));
        engine.core.liveFiles.catchUp();
        assertThat(Files.readSymbolicLink(shown("..data"))).isEqualTo(before);
    }

    @Test
    void mendsAtOpeningWhatADeadServiceLeft() throws Exception {
        play(PlaySpec.ofPods(List.of(pod(files(ALL, "blue")))));
        Files.writeString(shown("color"), "half");
        engine.core.liveFiles.catchUp();
        assertThat(shown("color")).hasContent("blue");
        Files.delete(shown("color"));
        engine.core.liveFiles.catchUp();
        assertThat(shown("color")).hasContent("blue");
    }

    /// The kubelet does not stop a pod for that either.
    @Test
    void takesAConfigMapThatHasBecomeImmutable() throws InterruptedException {
        play(PlaySpec.ofPods(List.of(pod(files(ALL, "blue")))));
        var contents = ALL.files(Map.of("color", base64("blue")));
        var fixed = pod(new Volume("v", Volume.ConfigMap.fixed("look", contents)));
        assertThat(play(PlaySpec.ofPods(List.of(fixed)))).isEqualTo(PodAction.UPDATE);
    }

    @Test
    void followsInAPlayOfTheWholeManifest() throws InterruptedException {
        play(PlaySpec.ofPods(List.of(pod(files(ALL, "blue")))));
        assertThat(play(PlaySpec.ofPods(List.of(pod(files(ALL, "red"))))))
                .isEqualTo(PodAction.UPDATE);
        assertThat(shown("color")).hasContent("red");
    }

    @Test
    void doesNotFollowWhatIsFixed() throws InterruptedException {
        var contents = ALL.files(Map.of("color", base64("blue")));
        play(
                PlaySpec.ofPods(
                        List.of(pod(new Volume("v", Volume.ConfigMap.fixed("look", contents))))));
        engine.plays.play(
                new PlaySpec(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(map("color", "red"))),
                PlayOptions.DEFAULT,
                _ -> {});
        assertThat(shown("color")).hasContent("blue");
    }

    @Test
    void refusesAConfigMapWithoutAKeyThatIsNeeded() throws InterruptedException {
        play(PlaySpec.ofPods(List.of(pod(files(COLOR, "blue")))));
        assertThatThrownBy(() -> play(map("colour", "red")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("configmap 'look' has no key 'color' any more, which pod 'web' needs");
        assertThat(shown("paint")).hasContent("blue");
    }

    @Test
    void refusesAConfigMapThatNobodyHas() throws InterruptedException {
        play(PlaySpec.ofPods(List.of(Specs.pod("web", "a"))));
        assertThatThrownBy(() -> play(map("color", "red")))
                .hasMessageContaining("no pod has files of 'look'");
    }

    @Test
    void tellsOfLabelsThatChange() throws InterruptedException {
        var about =
                new Volume(
                        "v",
                        new Volume.Projected(
                                List.of(
                                        new Volume.Part.About(
                                                List.of(
                                                        new Volume.FactFile(
                                                                "mood",
                                                                new Downward.Field(
                                                                        "metadata.labels['mood']"),
                                                                0644))))));
        play(PlaySpec.ofPods(List.of(pod(about).withLabel("mood", "glad"))));
        assertThat(shown("mood")).hasContent("glad");
        var action = play(PlaySpec.ofPods(List.of(pod(about).withLabel("mood", "sad"))));
        assertThat(action).isEqualTo(PodAction.UPDATE);
        assertThat(shown("mood")).hasContent("sad");
    }
}
