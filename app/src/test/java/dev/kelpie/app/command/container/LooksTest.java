package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.report.ContainerConnections;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.Standing;
import dev.kelpie.engine.spec.PortMapping;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class LooksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static PortMapping port(int host, int container, int range) {
        return new PortMapping(Optional.empty(), host, container, range, PortMapping.Protocol.TCP);
    }

    private static ContainerState state(ContainerStatus status, Optional<ContainerEnd> end) {
        return new ContainerState(
                status,
                NOW.minusSeconds(600),
                Optional.of(NOW.minusSeconds(3)),
                end,
                OptionalInt.empty(),
                OptionalInt.empty(),
                0,
                Standing.plain(false, end.isEmpty()));
    }

    @Test
    void showsPortsAndJoinsThoseThatFollowOneAnother() {
        var ports = List.of(port(9001, 9001, 2), port(8080, 80, 1), port(9000, 9000, 1));
        var connections =
                new ContainerConnections(
                        ports, List.of("80/tcp", "5432/tcp"), List.of(), List.of());
        assertThat(Ports.column(connections))
                .isEqualTo("0.0.0.0:8080->80/tcp, 0.0.0.0:9000-9002->9000-9002/tcp, 5432/tcp");
    }

    @Test
    void listsEachPublishedPort() {
        assertThat(Ports.lines(List.of(port(9000, 90, 2))))
                .containsExactly("90/tcp -> 0.0.0.0:9000", "91/tcp -> 0.0.0.0:9001");
    }

    @Test
    void showsStates() {
        var end = new ContainerEnd(137, NOW.minusSeconds(120), false, "");
        assertThat(StatusText.of(state(ContainerStatus.RUNNING, Optional.empty()), NOW))
                .isEqualTo("Up 3 seconds");
        assertThat(StatusText.of(state(ContainerStatus.EXITED, Optional.of(end)), NOW))
                .isEqualTo("Exited (137) 2 minutes ago");
        assertThat(StatusText.of(state(ContainerStatus.CREATED, Optional.empty()), NOW))
                .isEqualTo("Created");
    }

    @Test
    void weighsTheFailuresOfARemoval() {
        var missing = Outcome.failed("a", "", new ContainerNotFoundException("a"));
        var running = Outcome.failed("b", "id", new ContainerStateException("is running"));
        var worse = Outcome.failed("c", "id", new IllegalStateException("boom"));
        assertThat(Rm.code(List.of(Outcome.done("d", "id")))).isZero();
        assertThat(Rm.code(List.of(missing))).isEqualTo(1);
        assertThat(Rm.code(List.of(missing, running))).isEqualTo(2);
        assertThat(Rm.code(List.of(running, worse, missing))).isEqualTo(125);
    }

    @Test
    void readsEntrypoints() {
        assertThat(ProcessFlags.words("/bin/sh")).containsExactly("/bin/sh");
        assertThat(ProcessFlags.words("[\"/bin/sh\", \"-c\"]")).containsExactly("/bin/sh", "-c");
        assertThat(ProcessFlags.words("[")).containsExactly("[");
        assertThat(ProcessFlags.words("")).isEmpty();
    }
}
