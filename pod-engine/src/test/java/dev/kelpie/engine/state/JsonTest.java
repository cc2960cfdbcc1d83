package dev.kelpie.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.engine.Specs;
import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Lifecycle;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Probe;
import dev.kelpie.engine.spec.Probes;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.RestartRule;
import dev.kelpie.engine.spec.Upkeep;
import dev.kelpie.engine.spec.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonTest {

    private final Json json = new Json();

    private static PodSpec rich() {
        var base = Specs.pod("web", "a", "b");
        return new PodSpec(
                base.metadata(),
                base.initContainers(),
                base.containers(),
                List.of(
                        new Volume(
                                "h", new Volume.HostPath(Path.of("/etc"), Volume.HostPathType.ANY)),
                        new Volume("e", new Volume.EmptyDir(true, OptionalLong.of(5))),
                        new Volume("n", new Volume.Named("data"))),
                new PodNetwork(
                        new PodNetwork.Host(),
                        java.util.Optional.of("host"),
                        List.of(),
                        PodNetwork.Dns.DEFAULT,
                        List.of(new PodNetwork.HostAlias("10.0.0.1", List.of("db")))),
                base.sharing(),
                base.policy(),
                new PodSecurity(
                        Map.of("net.ipv4.ip_forward", "1", "kernel.sem", "1 2 3 4"),
                        Optional.of(new PodSecurity.FsGroup(7, true))));
    }

    @Test
    void bringsASpecBackAsItWas() {
        assertThat(json.read(json.write(rich()), PodSpec.class)).isEqualTo(rich());
    }

    private static ContainerPolicy watched() {
        var http =
                new Handler.HttpGet(
                        true,
                        Optional.of("web"),
                        443,
                        "/ok",
                        List.of(new Handler.HttpHeader("A", "b")));
        var probe =
                new Probe(
                        http,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        1,
                        3,
                        Optional.of(Duration.ofSeconds(4)));
        return new ContainerPolicy(
                RestartPolicy.NEVER,
                0,
                Optional.empty(),
                Duration.ofSeconds(30),
                List.of(new RestartRule(true, List.of(42))),
                new Probes(
                        Optional.of(probe), Optional.empty(), Optional.of(probe), HealthCheck.OFF),
                new Lifecycle(
                        Optional.of(new Handler.Exec(List.of("true"))),
                        Optional.of(new Handler.Sleep(Duration.ofSeconds(2))),
                        Optional.of(Lifecycle.TerminationMessage.USUAL)),
                Upkeep.USUAL);
    }

    @Test
    void bringsProbesAndHooksBackAsTheyWere() {
        assertThat(json.read(json.write(watched()), ContainerPolicy.class)).isEqualTo(watched());
    }

    @Test
    void takesNoProbesAndNoRunsWhereAnEarlierVersionHadNone() {
        var policy =
                json.read(
                        "{\"restartPolicy\":\"NEVER\",\"maxRetries\":0,\"stopTimeout\":\"PT1S\",\"autoRemove\":false}",
                        ContainerPolicy.class);
        assertThat(policy.probes().none()).isTrue();
        assertThat(policy.lifecycle()).isEqualTo(Lifecycle.NONE);
        var life =
                json.read(
                        "{\"created\":\"2026-01-01T00:00:00Z\",\"wanted\":true,\"stoppedByUser\":false,\"restarts\":2,"
                                + "\"lastEnd\":{\"exitCode\":3,\"finished\":\"2026-01-01T00:00:00Z\",\"oomKilled\":false,\"error\":\"\"}}",
                        Life.class);
        assertThat(life.runs()).isEmpty();
        assertThat(life.retry()).isEqualTo(Retry.NONE);
        assertThat(life.lastEnd().orElseThrow().reason()).isEqualTo("Error");
    }

    @Test
    void hashesEqualSpecsAlike() {
        assertThat(json.hash(rich())).isEqualTo(new Json().hash(rich()));
        assertThat(json.hash(rich())).isNotEqualTo(json.hash(Specs.pod("web", "a", "b")));
    }

    @Test
    void ignoresWhatALaterVersionAdds() {
        var text = json.write(rich()).replaceFirst("\\{", "{\"future\":1,");
        assertThat(json.read(text, PodSpec.class)).isEqualTo(rich());
    }

    @Test
    void takesWhatAnEarlierVersionLackedForEmpty() {
        var text = json.write(Specs.pod("web", "a")).replace("\"volumes\":[],", "");
        assertThat(json.read(text, PodSpec.class).volumes()).isEmpty();
    }

    @Test
    void takesAsUsualWhatOnlyALaterVersionKnows() throws IOException {
        var pod = Specs.pod("web", "a");
        var tree = new ObjectMapper().readTree(json.write(pod));
        for (var later :
                List.of("groups", "manner", "files", "scopes", "accounts", "content", "bare")) {
            assertThat(tree.findParents(later)).isNotEmpty();
            tree.findParents(later).forEach(each -> ((ObjectNode) each).remove(later));
        }
        assertThat(json.read(tree.toString(), PodSpec.class)).isEqualTo(pod);
    }

    @Test
    void takesTheUsualSecurityWhereAnEarlierVersionHadNone() {
        var pod = Specs.pod("web", "a");
        var text =
                json.write(pod)
                        .replaceAll(",\"runAs\":\\{.*?\"accounts\":\\{[^}]*}}", "")
                        .replaceAll(",\"confinement\":\\{.*?\"proc\":\\{[^}]*}}", "")
                        .replace(",\"security\":{\"sysctls\":{}}", "");
        assertThat(text).doesNotContain("runAs", "confinement", "sysctls");
        assertThat(json.read(text, PodSpec.class)).isEqualTo(pod);
    }
}
