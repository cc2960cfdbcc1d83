package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.NetworkException;
import org.junit.jupiter.api.Test;

class IpBatchTest {

    private final IpBatch batch = new IpBatch();

    IpBatchTest() {
        batch.ensure("link add br0 type bridge");
        batch.add("link set br0 up");
        batch.drop("link delete kv0");
    }

    @Test
    void toleratesWhatIsAlreadySo() {
        var found =
                batch.judge(
                        """
                        RTNETLINK answers: File exists
                        Command failed -:1
                        Cannot find device "kv0"
                        Command failed -:3
                        """);
        assertThat(found).containsExactlyInAnyOrder("link add br0 type bridge", "link delete kv0");
    }

    @Test
    void namesTheLineThatFailedAndWhy() {
        assertThatThrownBy(() ->
                        batch.judge(
                                """
                                RTNETLINK answers: File exists
                                Command failed -:1
                                RTNETLINK answers: Operation not permitted
                                Command failed -:2
                                """))
                .isInstanceOf(NetworkException.class)
                .hasMessage(
                        "'ip link set br0 up' failed: RTNETLINK answers: Operation not permitted");
    }

    @Test
    void doesNotTolerateAnotherFailureOfTheSameLine() {
        assertThatThrownBy(() -> batch.judge("Error: Unknown device type.\nCommand failed -:1\n"))
                .hasMessageContaining("Unknown device type");
    }
}
