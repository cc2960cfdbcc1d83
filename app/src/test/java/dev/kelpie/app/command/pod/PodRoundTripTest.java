package dev.kelpie.app.command.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.command.FakeSurroundings;
import dev.kelpie.app.command.unit.PodText;
import dev.kelpie.app.command.unit.Started;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The unit that is generated of a pod makes that pod again.
final class PodRoundTripTest {
    /// More with `-Dkelpie.cases=1000000`, others with `-Dkelpie.seed=1`.
    private static final long CASES = Long.getLong("kelpie.cases", 1000);

    private static final long SEED = Long.getLong("kelpie.seed", 0);

    /// Flags that go together in any choice of them.
    private static final List<List<String>> FLAGS =
            List.of(
                    List.of("-p", "127.0.0.1:8080:80"),
                    List.of("-p", "[::1]:5000-5002:6000-6002/udp"),
                    List.of("-p", "9"),
                    List.of("--network", "back:alias=a"),
                    List.of("--network", "front"),
                    List.of("--network-alias", "far"),
                    List.of("--ip", "10.1.0.7"),
                    List.of("--ip6", "fd00::7"),
                    List.of("--mac-address", "02:00:00:00:00:07"),
                    List.of("--add-host", "a;b:10.0.0.1"),
                    List.of("--add-host", "six:[fd00::1]"),
                    List.of("--dns", "1.1.1.1,9.9.9.9"),
                    List.of("--dns-search", "a.example"),
                    List.of("--dns-option", "ndots:2"),
                    List.of("--no-hostname"),
                    List.of("-l", "a=1"),
                    List.of("-l", "b=two \"words\" 100% $HOME"),
                    List.of("-l", "c=back\\slash\nand line"),
                    List.of("-v", "data:/data"),
                    List.of("-v", "data2:/data2:ro,nocopy"),
                    List.of("-v", "/etc/x y:/x:ro,rshared"),
                    List.of("-v", "/srv:/srv:U,noexec"),
                    List.of("--shm-size", "32m"),
                    List.of("--memory", "64m"),
                    List.of("--cpus", "1.5"),
                    List.of("--pid", "host"),
                    List.of("--share", "ipc,net,uts,pid"),
                    List.of("--sysctl", "net.core.somaxconn=99"),
                    List.of("--sysctl", "kernel.shm_rmid_forced=1"),
                    List.of("--exit-policy", "stop"),
                    List.of("--hostname", "h.example"));

    /// At most one of each row.
    private static final List<List<List<String>>> EITHER =
            List.of(
                    List.of(
                            List.of("--userns", "auto:size=4096"),
                            List.of("--userns", "keep-id:uid=7,gid=8"),
                            List.of("--uidmap", "0:100000:1000", "--gidmap", "0:200000:1000")));

    private final Call call = new Call(new FakeSession(), FakeSurroundings.withoutEngine());

    @Test
    void makesWhatItWasGeneratedFrom() {
        int made = 0;
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            var words = words(new Random(seed));
            PodSpec before;
            try {
                before = spec(words);
            } catch (FlagException _) { // these do not go together
                continue;
            }
            made++;
            var losses = new ArrayList<String>();
            var text = PodText.pod(before, losses::add);
            assertThat(losses).as("seed %d", seed).isEmpty();
            var again = Started.words("p.pod", text, "ExecStartPre");
            var after = spec(again.subList(2, again.size()));
            assertThat(after)
                    .as("seed %d: %s\n%s\n%s", seed, words, text, again)
                    .usingRecursiveComparison()
                    // the unit's own, which its service needs
                    .ignoringFields("sharing.said")
                    .ignoringCollectionOrderInFieldsMatchingRegexes(".*alias")
                    .isEqualTo(before);
            assertThat(after.sharing().infraSpec().mounts())
                    .as(text)
                    .isEqualTo(before.sharing().infraSpec().mounts());
            assertThat(after.sharing().infraSpec().shmSize())
                    .isEqualTo(before.sharing().infraSpec().shmSize());
        }
        assertThat(made).isGreaterThan((int) (CASES / 3));
    }

    private static List<String> words(Random random) {
        var words = new ArrayList<String>();
        for (var flag : FLAGS) {
            if (random.nextInt(4) == 0) {
                words.addAll(flag);
            }
        }
        for (var row : EITHER) {
            int which = random.nextInt(row.size() + 2);
            if (which < row.size()) {
                words.addAll(row.get(which));
            }
        }
        return words;
    }

    private PodSpec spec(List<String> words) {
        return Started.filled(new Create(call), words).spec("p");
    }
}
