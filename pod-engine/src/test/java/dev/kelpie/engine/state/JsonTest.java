package dev.kelpie.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.Specs;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import java.nio.file.Path;
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
    void takesTheUsualSecurityWhereAnEarlierVersionHadNone() {
        var pod = Specs.pod("web", "a");
        var text =
                json.write(pod)
                        .replaceAll(",\"runAs\":\\{[^}]*}", "")
                        .replaceAll(",\"confinement\":\\{.*?\"proc\":\\{[^}]*}}", "")
                        .replace(",\"security\":{\"sysctls\":{}}", "");
        assertThat(text).doesNotContain("runAs", "confinement", "sysctls");
        assertThat(json.read(text, PodSpec.class)).isEqualTo(pod);
    }
}
