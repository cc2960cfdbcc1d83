package dev.kelpie.app.command.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.command.FakeSurroundings;
import dev.kelpie.app.command.unit.PodText;
import dev.kelpie.app.command.unit.Started;
import dev.kelpie.engine.NewVolume;
import dev.kelpie.engine.report.VolumeSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The unit that is generated of a volume makes that volume again.
final class VolumeRoundTripTest {
    private static final List<List<String>> LABELS =
            List.of(
                    List.of(),
                    List.of("-l", "a=1", "--label", "b=two words 5% $x \"q\" \\"),
                    List.of("-l", "bare", "-l", "c=line\nbreak"));

    private static final List<List<String>> OPTIONS =
            List.of(
                    List.of(),
                    List.of("--uid", "7"),
                    List.of("--uid", "0", "--gid", "8"),
                    List.of("-o", "nocopy"),
                    List.of("-o", "copy", "--gid", "1"),
                    List.of("-o", "o=uid=5,gid=6"),
                    List.of("-o", "type=bind", "-o", "device=/srv/a b"),
                    List.of("-o", "o=bind,ro", "-o", "device=/srv/100%"),
                    List.of("-o", "type=tmpfs", "-o", "o=size=1m,mode=700", "--uid", "3"),
                    List.of("-o", "type=nfs", "-o", "device=:/x", "-o", "o=addr=10.0.0.1,rw"));

    private final Call call = new Call(new FakeSession(), FakeSurroundings.withoutEngine());

    @Test
    void makesWhatItWasGeneratedFrom() {
        for (var labels : LABELS) {
            for (var options : OPTIONS) {
                var words = new ArrayList<>(labels);
                words.addAll(options);
                words.addAll(List.of("--ignore", "v"));
                var before = wanted(words);
                var text = PodText.volume(stored(before));
                var again = Started.words("x.volume", text, "ExecStart");
                assertThat(wanted(again.subList(2, again.size())))
                        .as("%s\n%s\n%s", words, text, again)
                        .isEqualTo(before);
            }
        }
    }

    private static VolumeSummary stored(NewVolume volume) {
        return new VolumeSummary(
                volume.name(),
                Path.of("/volumes/v"),
                Instant.EPOCH,
                volume.labels(),
                false,
                List.of(),
                volume.options());
    }

    private NewVolume wanted(List<String> words) {
        return Started.filled(new Create(call), words).wanted();
    }
}
