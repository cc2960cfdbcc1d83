package dev.kelpie.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.call.Surroundings;
import dev.kelpie.app.service.ServiceControl;
import dev.kelpie.app.service.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {
    private static final class Asked implements ServiceControl {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void idleTime(Duration time) {
            calls.add("idle " + time.toSeconds());
        }

        @Override
        public Duration idleTime() {
            return Duration.ofSeconds(60);
        }

        @Override
        public void stop() {
            calls.add("stop");
        }
    }

    private final Asked service = new Asked();
    private final Commands commands =
            new Commands(
                    new Surroundings(
                            () -> {
                                throw new IllegalArgumentException("the engine is not needed");
                            },
                            service,
                            new Version("1.2.3", Instant.EPOCH, "abc"),
                            InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z")),
                            Path.of("/run/kelpie/kelpie.sock"),
                            Path.of("/run/kelpie/service.log"),
                            () ->
                                    List.of(
                                            new Surroundings.HostFact(
                                                    "conmon", true, true, "/usr/bin/conmon", ""),
                                            new Surroundings.HostFact(
                                                    "nft",
                                                    false,
                                                    true,
                                                    "not found",
                                                    "apt-get install nftables"))));

    private int run(FakeSession session) throws InterruptedException {
        return commands.run(session);
    }

    @Test
    void printsHelpAndAnErrorWithoutACommand() throws InterruptedException {
        var session = new FakeSession();
        assertThat(run(session)).isEqualTo(125);
        assertThat(session.out()).contains("Available Commands:", "kube ", "ps ");
        assertThat(session.err()).isEqualTo("Error: missing command 'kelpie COMMAND'\n");
    }

    @Test
    void printsHelpAndAnErrorForAGroupWithoutItsVerb() throws InterruptedException {
        var session = new FakeSession("pod");
        assertThat(run(session)).isEqualTo(125);
        assertThat(session.err()).isEqualTo("Error: missing command 'kelpie pod COMMAND'\n");
    }

    @Test
    void saysWhatMayHaveBeenMeant() throws InterruptedException {
        var session = new FakeSession("imgaes");
        assertThat(run(session)).isEqualTo(125);
        assertThat(session.err())
                .isEqualTo(
                        """
                        Error: unrecognized command `kelpie imgaes`
                        Did you mean 'images'?
                        Try 'kelpie --help' for more information
                        """);
    }

    @Test
    void saysWhatMayHaveBeenMeantInAGroup() throws InterruptedException {
        var session = new FakeSession("kube", "paly");
        assertThat(run(session)).isEqualTo(125);
        assertThat(session.err())
                .contains("`kelpie kube paly`", "Did you mean 'play'?", "'kelpie kube --help'");
    }

    @ParameterizedTest
    @CsvSource({
        "ps --frob,Error: unknown flag: --frob|See 'kelpie ps --help'",
        "ps -Z,Error: unknown shorthand flag: 'Z' in -Z|See 'kelpie ps --help'",
        "ps web,'Error: accepts 0 arg(s), received 1'",
        "run,'Error: requires at least 1 arg(s), only received 0'",
        "rm,Error: you must provide at least one container name or id",
        "exec web,Error: must provide a non-empty command to start an exec session",
        "rmi,Error: image name or ID must be specified",
        "pod inspect,Error: you must provide at least one pod name or id",
        "kube play,'Error: requires at least 1 arg(s), only received 0'",
        "kube play missing.yaml,Error: open missing.yaml: no such file or directory",
        "kube play --context-dir . x.yaml,Error: --build must be specified when using --context-dir option",
        "kube play --annotation oops x.yaml,Error: annotation \"oops\" must include an '=' sign",
        "kube play --ip 10.0.0.1 x.yaml,Error: '--ip' is not supported yet",
        "run --memory lots image,Error: invalid argument \"lots\" for \"--memory\" flag: not a size like 64m|See 'kelpie run --help'",
        "run --restart sometimes image,'Error: \"sometimes\" is not a valid restart policy: use no, always, unless-stopped or on-failure[:N]'",
        "--frob ps,Error: unknown flag: --frob|See 'kelpie --help'",
        "load --input,Error: flag needs an argument: --input|See 'kelpie load --help'",
        "secret create one,'Error: accepts 2 arg(s), received 1'",
        "secret create -d pass a b,'Error: secret driver \"pass\" is not supported: the only one is \"file\"'",
        "secret create --driver-opts path=/x a b,'Error: ''--driver-opts'' is not supported: driver \"file\" has no options here'",
        "secret create --replace --ignore a b,Error: --ignore and --replace cannot be used together",
        "secret create --env a NOT_SET,Error: cannot create store secret data: environment variable NOT_SET is not set",
        "secret create a missing,Error: open missing: no such file or directory",
        "secret ls extra,'Error: accepts 0 arg(s), received 1'",
        "secret ls -f age=1,Error: \"age\" is an invalid filter",
        "secret inspect --pretty --format x a,Error: --format and --pretty cannot be used together",
        "secret rm,Error: `kelpie secret rm` requires at least one argument",
        "secret rm -a x,Error: `kelpie secret rm --all` accepts no arguments",
        "tag one,'Error: requires at least 2 arg(s), only received 1'"
    })
    void refusesBadCommandLines(String words, String error) throws InterruptedException {
        var session = new FakeSession(words.split(" ", -1));
        assertThat(run(session)).isEqualTo(125);
        assertThat(session.err().strip().replace('\n', '|')).isEqualTo(error);
        assertThat(session.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ps --help", "help ps", "container ls --help", "--log-level debug ps -h"})
    void explainsACommand(String words) throws InterruptedException {
        var session = new FakeSession(words.split(" ", -1));
        assertThat(run(session)).isZero();
        assertThat(session.out())
                .startsWith("List containers\n\nUsage:\n  kelpie ")
                .contains("-a, --all ", "    --format string ", "Aliases:");
    }

    @Test
    void explainsEveryCommand() throws InterruptedException {
        for (var entry : new Catalog().all()) {
            var words = new ArrayList<>(List.of(entry.path().split(" ", -1)));
            words.add("--help");
            var session = new FakeSession(words.toArray(String[]::new));
            assertThat(run(session)).as(entry.path()).isZero();
            assertThat(session.out())
                    .startsWith(entry.summary())
                    .contains("kelpie " + entry.path());
        }
    }

    @Test
    void givesEverySwitchItsOptionalValue() throws InterruptedException {
        var call = new Call(new FakeSession(), FakeSurroundings.withoutEngine());
        for (var entry : new Catalog().all()) {
            for (var option : Commands.model(call, entry).options()) {
                if (Completer.isSwitch(option)) {
                    assertThat(option.arity().max()).as(entry.path() + option).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void printsItsVersion() throws InterruptedException {
        var session = new FakeSession("--version");
        assertThat(run(session)).isZero();
        assertThat(session.out()).isEqualTo("kelpie version 1.2.3\n");
    }

    @Test
    void printsVersionsByTemplate() throws InterruptedException {
        var session =
                new FakeSession("version", "--format", "{{.Server.Version}} {{.Client.OsArch}}");
        assertThat(run(session)).isZero();
        assertThat(session.out()).startsWith("1.2.3 linux/");
    }

    @Test
    void refusesATemplateThatNamesNoField() throws InterruptedException {
        var session = new FakeSession("version", "-f", "{{.Frob}}");
        assertThat(run(session)).isEqualTo(125);
        assertThat(session.err()).startsWith("Error: cannot find field 'Frob'");
    }

    @Test
    void tellsTheServiceWhatToDo() throws InterruptedException {
        assertThat(run(new FakeSession("system", "service", "--time", "0"))).isZero();
        assertThat(run(new FakeSession("system", "service", "--stop"))).isZero();
        assertThat(service.calls).containsExactly("idle 0", "stop");
    }

    @Test
    void showsWhatTheHostLacksAndWhatMendsIt() throws InterruptedException {
        var session = new FakeSession("doctor");
        assertThat(run(session)).isEqualTo(1);
        assertThat(session.out())
                .isEqualTo(
                        """
                        WHAT    STATE  FOUND            MEND
                        conmon  ok     /usr/bin/conmon
                        nft     lacks  not found        apt-get install nftables
                        """);
    }

    @Test
    void completesCommandsAndFlags() throws InterruptedException {
        var session = new FakeSession("__completeNoDesc", "im");
        assertThat(run(session)).isZero();
        assertThat(session.out()).isEqualTo("image\nimages\nimport\n:4\n");
        var flags = new FakeSession("__complete", "kube", "play", "--rep");
        assertThat(run(flags)).isZero();
        assertThat(flags.out()).isEqualTo("--replace\tReplace pods that differ\n:4\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void printsCompletionScripts(String shell) throws InterruptedException {
        var session = new FakeSession("completion", shell);
        assertThat(run(session)).isZero();
        assertThat(session.out()).contains("kelpie __complete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kube play, kube down, play kube, run, create, ps, inspect, logs, exec, start",
                "stop, restart, rm, kill, wait, port, attach, container ls, container inspect",
                "pod create, pod ps, pod inspect, pod start, pod stop, pod restart, pod rm",
                "pod kill, pod logs, pod exists, images, image ls, image inspect, image rm",
                "pull, load, build, rmi, tag, untag, history, image prune, image exists",
                "system info, system service, system check, doctor, version, completion"
            })
    void hasACommandForEachThatWasPromised(String promised) {
        var catalog = new Catalog();
        assertThat(promised.split(", ", -1))
                .allSatisfy(words -> assertThat(catalog.find(words)).as(words).isPresent());
    }

    @Test
    void reportsWhatNobodyExpectedInOneLine() throws InterruptedException {
        var broken =
                new Commands(
                        new Surroundings(
                                () -> {
                                    throw new IllegalStateException("boom");
                                },
                                service,
                                new Version("1", Instant.EPOCH, ""),
                                InstantSource.system(),
                                Path.of("/run/kelpie/kelpie.sock"),
                                Path.of("/run/kelpie/service.log"),
                                List::of));
        var session = new FakeSession("ps");
        assertThat(broken.run(session)).isEqualTo(125);
        assertThat(session.err())
                .isEqualTo(
                        "Error: internal error: IllegalStateException: boom (more in"
                                + " /run/kelpie/service.log)\n");
    }
}
