package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "64m, 67108864",
        "64M, 67108864",
        "64mb, 67108864",
        "64MiB, 67108864",
        "1.5g, 1610612736",
        "1048576, 1048576",
        "512k, 524288",
        "7b, 7",
        "0, 0"
    })
    void readsSizes(String text, long bytes) {
        assertThat(ByteSize.parse("--memory", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "x", "-1", "1e9", "64q", "99999999999999999999g", "1..5m"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> ByteSize.parse("--memory", text))
                .hasMessage(
                        "invalid argument \""
                                + text
                                + "\" for \"--memory\" flag: not a size like 64m");
    }

    @Test
    void readsProcessors() {
        assertThat(CpuAmount.parseMilli("--cpus", "1.5")).isEqualTo(1500);
        assertThat(CpuAmount.parseMilli("--cpus", ".0001")).isEqualTo(1);
        assertThatThrownBy(() -> CpuAmount.parseMilli("--cpus", "two"))
                .hasMessageContaining("\"two\"");
    }

    @ParameterizedTest
    @CsvSource({"10, PT10S", "1m30s, PT1M30S", "1.5h, PT1H30M", "250ms, PT0.25S", "2h3m, PT2H3M"})
    void readsSpans(String text, String expected) {
        assertThat(Times.span("--since", text)).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "10m, 2026-11-23T11:50:00Z",
        "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z",
        "2026-11-20T10:00:00+02:00, 2026-11-20T08:00:00Z",
        "1795430400, 2026-11-23T10:40:00Z"
    })
    void readsMoments(String text, String expected) {
        assertThat(Times.moment("--since", text, NOW)).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-40", "10x", "5m extra", "2026-01-01Tnoon"})
    void refusesOtherMoments(String text) {
        assertThatThrownBy(() -> Times.moment("--since", text, NOW))
                .isInstanceOf(FlagException.class);
    }

    @Test
    void takesVariablesFromFlagsFilesAndTheCaller() {
        var variables =
                new EnvFlags(Map.of("HOME", "/root", "APP_A", "1", "APP_B", "2"))
                        .file("f.env", List.of("# comment", "", "A=file", "HOME", "B=x=y"))
                        .flags(List.of("A=flag", "MISSING", "EMPTY=", "APP_A*"))
                        .all();
        assertThat(variables)
                .containsExactly(
                        new EnvVar("A", "flag"),
                        new EnvVar("HOME", "/root"),
                        new EnvVar("B", "x=y"),
                        new EnvVar("EMPTY", ""),
                        new EnvVar("APP_A", "1"));
    }

    @Test
    void saysWhereAFileOfVariablesIsWrong() {
        var variables = new EnvFlags(Map.of());
        assertThatThrownBy(() -> variables.file("f.env", List.of("A=1", "=oops")))
                .hasMessage("f.env:2: invalid environment variable: \"=oops\"");
    }

    @Test
    void readsPublishedPorts() {
        assertThat(PublishFlag.parse(List.of("127.0.0.1:8080:80/udp", "9000-9002:9000-9002")))
                .containsExactly(
                        new PortMapping(
                                java.util.Optional.of("127.0.0.1"),
                                8080,
                                80,
                                1,
                                PortMapping.Protocol.UDP),
                        new PortMapping(
                                java.util.Optional.empty(),
                                9000,
                                9000,
                                3,
                                PortMapping.Protocol.TCP));
        assertThatThrownBy(() -> PublishFlag.parse(List.of("99999:80")))
                .hasMessageContaining("99999:80");
    }

    @Test
    void readsVolumes() {
        var here = Path.of("/home/tester");
        assertThat(VolumeFlag.parse("./data:/srv:ro,z", here))
                .isEqualTo(new VolumeFlag("/home/tester/data", "/srv", List.of("ro", "z")));
        assertThat(VolumeFlag.parse("data:/srv", here).isPath()).isFalse();
        assertThat(VolumeFlag.parse("/srv", here).source()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:b:c:d",
                "data:srv",
                ":/srv",
                "/a:/",
                "data:/srv:frob",
                "da/ta:/srv",
                "",
                "a:"
            })
    void refusesOtherVolumes(String word) {
        assertThatThrownBy(() -> VolumeFlag.parse(word, Path.of("/")))
                .isInstanceOf(FlagException.class)
                .hasMessageStartingWith("volume \"" + word + "\": ");
    }

    @Test
    void readsRestartPolicies() {
        assertThat(RestartFlag.parse("on-failure:3"))
                .isEqualTo(new RestartFlag(RestartPolicy.ON_FAILURE, 3));
        assertThat(RestartFlag.parse("").policy()).isEqualTo(RestartPolicy.NEVER);
        assertThatThrownBy(() -> RestartFlag.parse("always:3"))
                .hasMessageStartingWith("\"always:3\" is not a valid restart policy");
    }

    @Test
    void readsNetworks() {
        assertThat(NetworkFlag.parse(List.of())).isEmpty();
        assertThat(NetworkFlag.parse(List.of("host"))).contains(new PodNetwork.Host());
        assertThat(NetworkFlag.parse(List.of("bridge"))).contains(new PodNetwork.Bridge(List.of()));
        assertThat(NetworkFlag.parse(List.of("one:alias=db,ip=10.0.0.5", "two")))
                .contains(
                        new PodNetwork.Bridge(
                                List.of(
                                        new PodNetwork.NetworkRequest(
                                                "one",
                                                Map.of(
                                                        "alias", List.of("db"),
                                                        "ip", List.of("10.0.0.5"))),
                                        new PodNetwork.NetworkRequest("two", Map.of()))));
        assertThatThrownBy(() -> NetworkFlag.parse(List.of("host", "one")))
                .hasMessageStartingWith("cannot set multiple networks without bridge network mode");
        assertThatThrownBy(() -> NetworkFlag.parse(List.of("one:frob=1")))
                .hasMessageContaining("frob=1");
    }

    @Test
    void filtersByAlternativesAndByAllLabels() {
        var known = Set.of("name", "label");
        var labels = Map.of("a", "1", "b", "2");
        Filter.Condition web =
                (key, value) ->
                        key.equals("name")
                                ? Filter.matches("web", value)
                                : Filter.hasLabel(labels, value);
        assertThat(Filter.parse(List.of("name=db", "name=we"), known).passes(web)).isTrue();
        assertThat(Filter.parse(List.of("label=a=1", "label=c"), known).passes(web)).isFalse();
        assertThat(Filter.parse(List.of("label=a", "name=db"), known).passes(web)).isFalse();
        assertThatThrownBy(() -> Filter.parse(List.of("frob=1"), known))
                .hasMessage("\"frob\" is an invalid filter");
        assertThatThrownBy(() -> Filter.parse(List.of("name"), known))
                .hasMessageContaining("must be in the form of filter=value");
    }

    @Test
    void refusesAMalformedExpressionInAFilter() {
        assertThatThrownBy(() -> Filter.matches("web", "("))
                .hasMessageStartingWith("malformed regular expression \"(\"");
    }
}
