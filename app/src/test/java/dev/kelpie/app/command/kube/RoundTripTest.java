package dev.kelpie.app.command.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.kubegenerate.GenerateOptions;
import dev.kelpie.kubegenerate.Generated;
import dev.kelpie.kubegenerate.Inventory;
import dev.kelpie.kubeplay.KubeReader;
import dev.kelpie.kubeplay.ManifestException;
import dev.kelpie.kubeplay.PlayOptions;
import dev.kelpie.kubeplay.Playable;
import dev.kelpie.kubeplay.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is generated of a spec plays as that spec.
final class RoundTripTest {
    /// More with `-Dkelpie.cases=1000000`, others with `-Dkelpie.seed=1`.
    private static final long CASES = Long.getLong("kelpie.cases", 4000);

    private static final long SEED = Long.getLong("kelpie.seed", 0);
    private static final KubeReader READER = new KubeReader();

    @Test
    void playsWhatItGenerated() {
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            var pod = new RandomPods(seed).pod();
            var generated = generate(pod);
            assertThat(generated.losses()).as("losses of seed %d", seed).isEmpty();
            var played = fixed(play(generated.text(), seed).pods().getFirst());
            assertThat(played).as("seed %d", seed).usingRecursiveComparison().isEqualTo(pod);
            assertThat(played).as("seed %d", seed).isEqualTo(pod);
        }
    }

    @Test
    void writesTheSameBytesAgain() {
        for (long seed = SEED; seed < SEED + CASES / 10; seed++) {
            var text = generate(new RandomPods(seed).pod()).text();
            assertThat(generate(play(text, seed).pods().getFirst()).text()).isEqualTo(text);
        }
    }

    private static Generated generate(PodSpec pod) {
        return dev.kelpie.kubegenerate.KubeGenerator.generate(
                Inventory.ofPods(List.of(pod)), GenerateOptions.DEFAULT);
    }

    /// A generated ConfigMap is one that pods follow from now on.
    private static PodSpec fixed(PodSpec pod) {
        return pod.withVolumes(
                pod.volumes().stream()
                        .map(each -> new Volume(each.name(), fixed(each.source())))
                        .toList());
    }

    private static Volume.Source fixed(Volume.Source source) {
        return switch (source) {
            case Volume.ConfigMap map -> fixed(map);
            case Volume.Projected(var parts) ->
                    new Volume.Projected(
                            parts.stream()
                                    .map(part ->
                                            part instanceof Volume.Part.Files(var map)
                                                    ? new Volume.Part.Files(fixed(map))
                                                    : part)
                                    .toList());
            default -> source;
        };
    }

    private static Volume.ConfigMap fixed(Volume.ConfigMap map) {
        return Volume.ConfigMap.fixed(map.configMapName(), map.files());
    }

    private static Playable play(String text, long seed) {
        try {
            return READER.read(List.of(new Source("seed-" + seed, text)), PlayOptions.DEFAULT);
        } catch (ManifestException e) {
            throw new AssertionError(e.getMessage() + "\n" + text, e);
        }
    }
}
