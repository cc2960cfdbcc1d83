package dev.kelpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceCallTest {
    private static final ServiceCall FROM_SYSTEMD = new ServiceCall(null, 5);

    @Test
    void listensAtAnAddressInEachOfItsSpellings() {
        var expected = new ServiceCall(Path.of("/run/x.sock"), 5);
        assertThat(parse(false, "unix:///run/x.sock")).isEqualTo(expected);
        assertThat(parse(false, "unix:/run/x.sock")).isEqualTo(expected);
        assertThat(parse(false, "/run/y/../x.sock")).isEqualTo(expected);
    }

    @Test
    void staysAsLongAsItIsTold() {
        for (var words : List.of("--time 9", "--time=9", "-t 9", "-t9")) {
            assertThat(ServiceCall.parse(List.of(words.split(" ")), true))
                    .isEqualTo(new ServiceCall(null, 9));
        }
        assertThatThrownBy(() -> parse(true, "--time", "4294967295"))
                .hasMessage("--time must be seconds, was '4294967295'");
        assertThatThrownBy(() -> parse(true, "--time", "soon"))
                .hasMessage("--time must be seconds, was 'soon'");
    }

    @Test
    void leavesToTheServiceWhatNeedsNoSocket() {
        assertThat(parse(false)).isNull();
        assertThat(parse(false, "--time", "0")).isNull();
        assertThat(parse(true, "--help")).isNull();
        assertThat(parse(false, "--bogus", "unix:///x")).isNull();
    }

    @Test
    void takesSystemdsSocketBeforeAnAddress() {
        assertThat(parse(true)).isEqualTo(FROM_SYSTEMD);
        assertThat(parse(true, "unix:///x")).isEqualTo(FROM_SYSTEMD);
    }

    @Test
    void refusesAddressesThatAnybodyMayCall() {
        assertThatThrownBy(() -> parse(false, "tcp://localhost:80"))
                .hasMessageStartingWith("cannot serve on 'tcp://localhost:80': only unix:///PATH");
        assertThatThrownBy(() -> parse(false, "unix:x")).hasMessageContaining("'unix:x'");
        assertThatThrownBy(() -> parse(false, "/a", "/b"))
                .hasMessage("accepts at most 1 arg(s), received more: /b");
    }

    private static @Nullable ServiceCall parse(boolean handedOver, String... words) {
        return ServiceCall.parse(List.of(words), handedOver);
    }
}
