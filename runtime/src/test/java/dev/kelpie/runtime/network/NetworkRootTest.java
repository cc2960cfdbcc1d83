package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NetworkRootTest {

    @Test
    void eachPairOfDirectoriesIsARootOfItsOwn() {
        var one = NetworkRoot.of(Path.of("/var/lib/a"), Path.of("/run/a"));
        assertThat(one).isEqualTo(NetworkRoot.of(Path.of("/var/lib/./a"), Path.of("/run/a")));
        assertThat(one.id()).isNotEqualTo(NetworkRoot.of(Path.of("/x"), Path.of("/run/a")).id());
        assertThat(one.directory()).isEqualTo(Path.of("/run/a/network"));
    }

    @Test
    void hostInterfacesFitAndDiffer() {
        var network = Samples.network("net", "10.89.0.0/24");
        var one = Samples.ROOT.hostInterface(Samples.pod("one", network, "10.89.0.2"));
        var two = Samples.ROOT.hostInterface(Samples.pod("two", network, "10.89.0.3"));
        assertThat(one).hasSize(15).startsWith("kv0123a").isNotEqualTo(two);
    }
}
