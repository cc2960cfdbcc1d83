package dev.kelpie.app.command.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.command.FakeSurroundings;
import dev.kelpie.app.command.unit.PodText;
import dev.kelpie.app.command.unit.Started;
import dev.kelpie.engine.NewNetwork;
import dev.kelpie.engine.report.NetworkSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The unit that is generated of a network makes that network again.
final class NetworkRoundTripTest {
    private static final List<List<String>> FLAGS =
            List.of(
                    List.of("--ip-range", "10.9.0.64/26"),
                    List.of("--subnet", "fd00:9::/64", "--gateway", "fd00:9::9"),
                    List.of("--dns", "1.1.1.1,fd00::1"),
                    List.of("--internal"),
                    List.of("--disable-dns"),
                    List.of("-o", "mtu=1400"),
                    List.of("--label", "a=1"),
                    List.of("--label", "b=two words 5% $x \"q\" \\", "--label", "bare"));

    private final Call call = new Call(new FakeSession(), FakeSurroundings.withoutEngine());

    @Test
    void makesWhatItWasGeneratedFrom() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var words =
                    new ArrayList<>(
                            List.of(
                                    "--ignore",
                                    "--subnet",
                                    "10.9.0.0/24",
                                    "--gateway",
                                    "10.9.0.9"));
            for (var flag : FLAGS) {
                if (random.nextBoolean()) {
                    words.addAll(flag);
                }
            }
            words.add("n");
            var before = wanted(words);
            var text = PodText.network(stored(before));
            var again = Started.words("x.network", text, "ExecStart");
            assertThat(wanted(again.subList(2, again.size())))
                    .as("%s\n%s\n%s", words, text, again)
                    .isEqualTo(before);
        }
    }

    private static NetworkSummary stored(NewNetwork network) {
        return new NetworkSummary(
                network.name(),
                "id",
                "bridge",
                new NetworkSummary.Addresses(
                        network.subnet().orElseThrow().toString(),
                        network.gateway().orElseThrow().getHostAddress()),
                network.dns(),
                Instant.EPOCH,
                network.options(),
                List.of());
    }

    private NewNetwork wanted(List<String> words) {
        return Started.filled(new Create(call), words).wanted("n");
    }
}
