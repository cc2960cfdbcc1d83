package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlirpForwardTest {

    private final PublishedPort twice =
            new PublishedPort(Optional.empty(), 8080, 80, 2, Protocol.UDP);

    @Test
    void hasEachPortOnceAndComesBackFromItsFile() {
        var all = SlirpForward.all(List.of(twice, twice));
        assertThat(all)
                .map(SlirpForward::toString)
                .containsExactly("udp 0.0.0.0 8080", "udp 0.0.0.0 8081");
        assertThat(all.stream().flatMap(one -> SlirpForward.parse(one.toString()).stream()))
                .containsExactlyElementsOf(all);
    }

    @Test
    void takesNoLineThatIsHalfWritten() {
        assertThat(SlirpForward.parse("udp 0.0.0.0 ")).isEmpty();
        assertThat(SlirpForward.parse("17")).isEmpty();
    }

    @Test
    void meetsOthersAtItsAddressAndEverywhere() {
        var here = Optional.of(InetAddress.ofLiteral("127.0.0.1"));
        var local = SlirpForward.all(List.of(new PublishedPort(here, 8080, 80, 1, Protocol.UDP)));
        var anywhere = SlirpForward.all(List.of(twice));
        assertThat(local.getFirst().meets(anywhere.getFirst())).isTrue();
        assertThat(local.getFirst().meets(anywhere.getLast())).isFalse();
        assertThat(local.getFirst().meets(new SlirpForward("udp", "192.0.2.1", 8080))).isFalse();
        assertThat(local.getFirst().meets(new SlirpForward("tcp", "127.0.0.1", 8080))).isFalse();
    }
}
