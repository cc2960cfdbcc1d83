package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The API at a socket of one's own, and at one that systemd holds until somebody comes.
@OnlyKelpie
class SystemdSocketIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final Path UNITS = Path.of("/run/systemd/system");

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void servesAtAnAddressUntilItIsTold() {
        var socket = kelpie.directory().resolve("api.sock");
        try (var door = kelpie.start("system", "service", "--time=0", "unix://" + socket)) {
            Await.until("the socket", () -> Files.exists(socket));
            assertThat(ping(socket)).isEqualTo("OK");
            kelpie.stopService();
            assertThat(ping(socket)).isEqualTo("OK");
            door.signal("TERM");
            door.await().expect(0);
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void isStartedBySystemdForACallerAndLeavesAfterwards() {
        var units = Units.install(kelpie);
        var socket = kelpie.directory().resolve("systemd.sock");
        install("kelpie.socket", "kt-api.socket", "%t/kelpie.sock", socket.toString());
        var call = String.join(" ", kelpie.command("system", "service", "--time", "1"));
        install("kelpie.service", "kt-api.service", "ExecStart=.*", "ExecStart=" + call);
        units.reload().systemctl("start", "kt-api.socket");
        assertThat(units.is("kt-api.service", "inactive")).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(ping(socket)).isEqualTo("OK");
            units.awaitState("kt-api.service", "inactive");
        }
        kelpie.ok("--url", "unix://" + socket, "ps");
        units.systemctl("stop", "kt-api.socket", "kt-api.service");
        assertThat(units.show("kt-api.service", "Result")).isEqualTo("success");
        Host.run("rm", UNITS + "/kt-api.socket", UNITS + "/kt-api.service").expect(0);
        units.uninstall();
    }

    /// One of the units that `system install` writes, under another name and for this engine.
    private void install(String unit, String name, String pattern, String replacement) {
        var to = kelpie.directory().resolve("units");
        Host.run(Units.home().resolve("units").toString(), to.toString()).expect(0);
        var text = Host.read(to.resolve("lib/systemd/system").resolve(unit));
        Host.write(
                UNITS.resolve(name),
                text.replace("kelpie.socket", "kt-api.socket").replaceAll(pattern, replacement));
    }

    private static String ping(Path socket) {
        return Host.run("curl", "-sS", "--unix-socket", socket.toString(), "http://d/_ping").text();
    }
}
