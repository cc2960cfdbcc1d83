package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.runtime.network.NetworkRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The process with the engine dies at every step of a play, a stop, a replacement and a removal;
/// the next one puts it right.
@Timeout(900)
class CrashIT {

    @TempDir Path base;

    @BeforeEach
    void buildImage() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "needs root: mounts and namespaces");
        try (var engine = CrashingProcess.open(base)) {
            CrashingProcess.buildImage(engine, base);
        }
    }

    @AfterEach
    void leavesNothing() throws Exception {
        down();
        var group = "/kelpie-" + NetworkRoot.of(base.resolve("root"), base.resolve("run")).id();
        assertThat(Leftovers.of(base, group)).isEmpty();
    }

    private void down() throws Exception {
        try (var engine = CrashingProcess.open(base)) {
            engine.down(
                    List.of("one", "two"),
                    new DownOptions(
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            Optional.of(Duration.ZERO)));
            assertThat(engine.containers().list()).isEmpty();
        }
        assertThat(base.resolve("run/pods").toFile().list()).isNullOrEmpty();
        assertThat(base.resolve("run/containers").toFile().list()).isNullOrEmpty();
        assertThat(base.resolve("root/containers").toFile().list()).isNullOrEmpty();
    }

    /// Runs a verb in a process of its own; its exit code.
    private int run(String verb, String... properties) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(CrashingProcess.class.getName(), base.toString(), verb));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(base.resolve("output").toFile())
                        .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Set<String> stepsOf(String verb) throws Exception {
        var log = base.resolve("steps-" + verb);
        assertThat(run(verb, "-Dkelpie.step.log=" + log)).isZero();
        return new LinkedHashSet<>(Files.readAllLines(log));
    }

    @Test
    void undoesAPlayWhereverItDied() throws Exception {
        var steps = stepsOf("play");
        down();
        for (var step : steps) {
            assertThat(run("play", "-Dkelpie.crash.at=" + step)).as(step).isEqualTo(137);
            try (var engine = CrashingProcess.open(base)) {
                var committed = step.equals("play.committed");
                assertThat(engine.pods().list()).as(step).hasSize(committed ? 2 : 0);
            }
            down();
        }
    }

    @Test
    void finishesARemovalWhereverItDied() throws Exception {
        run("play");
        var steps = stepsOf("down");
        for (var step : steps) {
            assertThat(run("play")).as(step).isZero();
            assertThat(run("down", "-Dkelpie.crash.at=" + step)).as(step).isEqualTo(137);
            try (var engine = CrashingProcess.open(base)) {
                var begun = !step.equals("remove.intent");
                assertThat(engine.pods().list()).as(step).hasSize(begun ? 0 : 2);
            }
            down();
        }
    }

    @Test
    void finishesAStopWhereverItDied() throws Exception {
        run("play");
        var steps = stepsOf("stop");
        for (var step : steps) {
            run("play");
            assertThat(run("stop", "-Dkelpie.crash.at=" + step)).as(step).isEqualTo(137);
            try (var engine = CrashingProcess.open(base)) {
                var begun = !step.equals("stop.intent");
                assertThat(engine.pods().find("one").status())
                        .as(step)
                        .isEqualTo(begun ? PodStatus.EXITED : PodStatus.RUNNING);
                assertThat(engine.pods().find("two").status()).isEqualTo(PodStatus.RUNNING);
            }
        }
    }

    @Test
    void keepsOneOfTheTwoWhereverAReplacementDied() throws Exception {
        run("play");
        var steps = stepsOf("replace");
        down();
        for (var step : steps) {
            assertThat(run("play")).as(step).isZero();
            assertThat(run("replace", "-Dkelpie.crash.at=" + step)).as(step).isEqualTo(137);
            try (var engine = CrashingProcess.open(base)) {
                assertThat(engine.pods().list()).as(step).hasSize(2);
                assertThat(engine.pods().find("one").status())
                        .as(step)
                        .isEqualTo(PodStatus.RUNNING);
            }
            down();
        }
    }
}
