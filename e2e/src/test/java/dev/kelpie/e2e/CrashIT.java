package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The service dies (as by `kill -9`) at steps from the first to the last of playing, replacing,
/// stopping and removing. Pods that have nothing to do with it go on, the next command finishes the
/// work or takes it back, and in the end nothing is left.
@OnlyKelpie
class CrashIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String POD =
            Box.pod("victim", Box.container("a", Box.staying()), Box.container("b", Box.staying()));
    private static final String BYSTANDER = Box.pod("bystander", Box.container("c", Box.staying()));
    private static final String CHANGED =
            POD.replace("metadata:\n", "metadata:\n  labels: {changed: indeed}\n");

    private final Kelpie kelpie = ENGINE.kelpie();
    private final Path log = kelpie.directory().resolve("steps");

    /// What is done, what is there before, and how it is called.
    private record Deed(String name, boolean podBefore, List<String> words) {}

    @TestFactory
    Stream<DynamicTest> playing() {
        return crashes(new Deed("play", false, List.of("kube", "play", file(POD))));
    }

    @TestFactory
    Stream<DynamicTest> replacing() {
        return crashes(
                new Deed("replace", true, List.of("kube", "play", "--replace", file(CHANGED))));
    }

    @TestFactory
    Stream<DynamicTest> stopping() {
        return crashes(new Deed("stop", true, List.of("pod", "stop", "victim")));
    }

    @TestFactory
    Stream<DynamicTest> takingDown() {
        return crashes(new Deed("down", true, List.of("kube", "down", file(POD))));
    }

    @TestFactory
    Stream<DynamicTest> removingByForce() {
        return crashes(new Deed("remove", true, List.of("pod", "rm", "-f", "victim")));
    }

    private String file(String yaml) {
        var name = yaml.equals(POD) ? "victim.yaml" : "changed.yaml";
        return Host.write(kelpie.directory().resolve(name), yaml).toString();
    }

    private Stream<DynamicTest> crashes(Deed deed) {
        var steps = stepsOf(deed);
        assertThat(steps).as("steps of " + deed.name()).isNotEmpty();
        return steps.stream()
                .map(step ->
                        DynamicTest.dynamicTest(
                                deed.name() + " dies at " + step, () -> crash(deed, step)));
    }

    /// Each kind of step that the deed passes, by its name; the engine's own test goes through
    /// every repetition of each.
    private List<String> stepsOf(Deed deed) {
        prepare(deed);
        kelpie.with("KELPIE_STEP_LOG", log.toString());
        kelpie.run(words(deed)).expect(0);
        kelpie.killService();
        kelpie.without("KELPIE_STEP_LOG");
        var all = Host.read(log).lines().distinct().toList();
        var chosen = Math.min(6, all.size());
        return IntStream.range(0, chosen)
                .mapToObj(i -> all.get(i * (all.size() - 1) / Math.max(1, chosen - 1)))
                .toList();
    }

    private void crash(Deed deed, String step) {
        var bystander = prepare(deed);
        kelpie.with("KELPIE_CRASH_AT", step);
        var crashed = kelpie.run(words(deed));
        kelpie.without("KELPIE_CRASH_AT");
        endService();
        assertThat(Path.of("/proc/" + bystander)).as("the bystander, after %s", crashed).exists();
        checkAllOrNothing(deed);
        kelpie.run(words(deed)).expect(0);
        checkDone(deed);
        assertThat(kelpie.pid("bystander-c")).isEqualTo(bystander);
        kelpie.ok("exec", "bystander-c", "true");
    }

    /// Begins without the victim or with it, always with a bystander, and without a service.
    /// Returns the bystander's process.
    private long prepare(Deed deed) {
        kelpie.ok("pod", "rm", "--force", "--ignore", "--time", "0", "victim");
        assertThat(kelpie.ok("ps", "-a", "--format", "{{.Names}}")).doesNotContain("victim");
        kelpie.play(BYSTANDER);
        if (deed.podBefore()) {
            kelpie.ok("kube", "play", file(POD));
        }
        var bystander = kelpie.pid("bystander-c");
        kelpie.killService();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bystander;
    }

    /// A step that another thread passes may be yet to come; then it ends here instead.
    private void endService() {
        if (Files.exists(Path.of("/proc/" + kelpie.servicePid()))) {
            kelpie.killService();
        }
    }

    /// A pod is listed whole and in one state, or it is not listed at all.
    private void checkAllOrNothing(Deed deed) {
        var names =
                kelpie.ok(
                        "ps",
                        "-a",
                        "--filter",
                        "name=victim-",
                        "--format",
                        "{{.Names}} {{.State}}");
        if (deed.name().equals("play") && !names.isEmpty()) {
            assertThat(names).contains("victim-a running", "victim-b running");
        }
        assertThat(names).doesNotContain("removing", "unknown");
    }

    private void checkDone(Deed deed) {
        var pods = kelpie.ok("pod", "ps", "--format", "{{.Name}} {{.Status}}");
        switch (deed.name()) {
            case "play", "replace" -> {
                assertThat(pods).contains("victim Running");
                assertThat(kelpie.ok("exec", "victim-b", "echo", "well")).isEqualTo("well");
            }
            case "stop" -> assertThat(pods).contains("victim Exited");
            default -> assertThat(pods).doesNotContain("victim");
        }
    }

    private static String[] words(Deed deed) {
        return deed.words().toArray(String[]::new);
    }
}
