package dev.kelpie.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.session.ClientFileException;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.NameInUseException;
import dev.kelpie.engine.fault.PortInUseException;
import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.image.ImageNotFoundException;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.HostLacksException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DoorTest {
    private final FakeSession session = new FakeSession();
    private final Door door = new Door(new Call(session, FakeSurroundings.withoutEngine()));

    static Stream<Arguments> failures() {
        var missing =
                new ContainerStartException(
                        ContainerStartException.Reason.NOT_FOUND, "no such file");
        return Stream.of(
                Arguments.of(new ContainerNotFoundException("x"), 125),
                Arguments.of(NameInUseException.ofPod("x"), 125),
                Arguments.of(new StartFailedException("x", 127, missing), 127),
                Arguments.of(new PortInUseException("0.0.0.0:80", "tcp", ""), 126),
                Arguments.of(missing, 127),
                Arguments.of(new ImageNotFoundException("x: image not known"), 125),
                Arguments.of(new HostLacksException("no conmon", "apt-get install conmon"), 125),
                Arguments.of(new CommandException("x", 3), 3),
                Arguments.of(FlagException.meaning("x"), 125),
                Arguments.of(new IllegalArgumentException("not a digest: 'x'"), 125),
                Arguments.of(new ClientFileException("open", "x", "permission denied"), 125));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void givesEachFailureItsCodeAndOneMessage(RuntimeException failure, int code) {
        assertThat(door.failed("kelpie run", failure)).isEqualTo(code);
        assertThat(session.err()).startsWith("Error: " + failure.getMessage());
        assertThat(session.err().lines()).hasSize(1);
    }

    @Test
    void hasOneCodeOnlyForKube() {
        var failure = new PortInUseException("0.0.0.0:80", "tcp", "web");
        assertThat(door.failed("kelpie kube play", failure)).isEqualTo(125);
        assertThat(door.failed("kelpie play kube", failure)).isEqualTo(125);
    }

    @Test
    void chainsCausesButDoesNotRepeatThem() {
        var inner = new IOException("no space left on device");
        var outer = new IllegalArgumentException("cannot write 'x'", inner);
        door.failed("kelpie run", outer);
        assertThat(session.err()).isEqualTo("Error: cannot write 'x': no space left on device\n");
    }

    @Test
    void hidesStackTraces() {
        door.failed("kelpie run", new IllegalStateException("line one\nline two"));
        assertThat(session.err())
                .isEqualTo(
                        "Error: internal error: IllegalStateException: line one line two"
                                + " (more in /run/kelpie/service.log)\n");
    }
}
