package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class GoFlagsTest {
    @Command(name = "sample")
    static final class Sample {
        @Option(
                names = {"-i", "--interactive"},
                arity = "0..1")
        boolean interactive;

        @Option(
                names = {"-t", "--tty"},
                arity = "0..1")
        boolean tty;

        @Option(names = {"-n", "--last"})
        int last = -1;

        @Option(names = {"-e", "--env"})
        List<String> env = new ArrayList<>();

        @Option(names = "--start", arity = "0..1")
        boolean start = true;

        @Option(names = "--network")
        List<String> networks = new ArrayList<>();

        @Parameters List<String> operands = new ArrayList<>();
    }

    private static Sample parsed(boolean interspersed, String... words) {
        var sample = new Sample();
        var parser = new CommandLine(sample);
        parser.setExpandAtFiles(false);
        parser.setAllowOptionsAsOptionParameters(true);
        var flags = GoFlags.parse(parser.getCommandSpec(), List.of(words), interspersed);
        parser.parseArgs(flags.forPicocli().toArray(String[]::new));
        return sample;
    }

    @Test
    void readsClusteredSwitches() {
        var sample = parsed(true, "-it", "web");
        assertThat(sample.interactive && sample.tty).isTrue();
        assertThat(sample.operands).containsExactly("web");
    }

    @Test
    void readsAttachedAndSeparateValues() {
        assertThat(parsed(true, "-n5").last).isEqualTo(5);
        assertThat(parsed(true, "-n=5").last).isEqualTo(5);
        assertThat(parsed(true, "-itn", "5").last).isEqualTo(5);
        assertThat(parsed(true, "--last", "-1").last).isEqualTo(-1);
    }

    @Test
    void readsSwitchesWithAValue() {
        assertThat(parsed(true, "--start=false").start).isFalse();
        assertThat(parsed(true, "--start").start).isTrue();
        assertThat(parsed(true, "--tty=1").tty).isTrue();
        assertThat(parsed(true, "-t=F").tty).isFalse();
    }

    @Test
    void takesAValueThatLooksLikeAFlag() {
        assertThat(parsed(true, "-e", "--tty", "-e=A=B", "-eC=@x").env)
                .containsExactly("--tty", "A=B", "C=@x");
    }

    @Test
    void findsFlagsAfterOperands() {
        var sample = parsed(true, "web", "-t", "db");
        assertThat(sample.tty).isTrue();
        assertThat(sample.operands).containsExactly("web", "db");
    }

    @Test
    void leavesTheWordsOfACommandAlone() {
        var sample = parsed(false, "-t", "image", "sh", "-i", "--", "--help");
        assertThat(sample.tty).isTrue();
        assertThat(sample.interactive).isFalse();
        assertThat(sample.operands).containsExactly("image", "sh", "-i", "--", "--help");
    }

    @Test
    void endsFlagsAtTwoDashes() {
        assertThat(parsed(true, "--", "-t").operands).containsExactly("-t");
    }

    @Test
    void readsOverPodmansOwnGlobalFlags() {
        var sample =
                parsed(true, "--log-level", "debug", "--syslog", "--storage-driver=vfs", "web");
        assertThat(sample.operands).containsExactly("web");
    }

    @Test
    void knowsOldSpellings() {
        assertThat(parsed(true, "--net", "host").networks).containsExactly("host");
    }

    @ParameterizedTest
    @CsvSource({
        "--frob, unknown flag: --frob",
        "-x, unknown shorthand flag: 'x' in -x",
        "-tx, unknown shorthand flag: 'x' in -tx",
        "--env, flag needs an argument: --env",
        "-e, flag needs an argument: 'e' in -e",
        "--start=maybe, invalid argument \"maybe\" for \"--start\" flag: not true or false",
        "--last=many, invalid argument \"many\" for \"--last\" flag: not a number",
        "--last=99999999999, invalid argument \"99999999999\" for \"--last\" flag: not a number"
    })
    void refusesWhatItDoesNotUnderstand(String word, String message) {
        assertThatThrownBy(() -> parsed(true, word))
                .isInstanceOf(FlagException.class)
                .hasMessage(message);
    }
}
