package dev.kelpie.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The packaged service, started by the real client through the real scripts.
class ServiceIT {
    @TempDir Path directory;

    private ServiceRun run;

    @BeforeEach
    void makeHome() throws Exception {
        run = new ServiceRun(directory);
    }

    @AfterEach
    void stopService() throws Exception {
        run.close();
    }

    @Test
    void isStartedByTheFirstCommandAndServesTheNext() throws Exception {
        assertThat(run.kelpie("version").waitFor()).isZero();
        var service = run.service();

        assertThat(run.kelpie("version").waitFor()).isZero();
        assertThat(run.service()).isEqualTo(service).isPresent();
    }

    @Test
    void isStartedOnceByTwoClients() throws Exception {
        var one = run.kelpie("version");
        var two = run.kelpie("version");

        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();
        assertThat(run.services()).hasSize(1);
    }

    @Test
    void isStartedAgainAfterItWasKilled() throws Exception {
        run.kelpie("version").waitFor();
        var first = run.service().orElseThrow();
        first.destroyForcibly();
        first.onExit().get();

        assertThat(run.kelpie("version").waitFor()).isZero();
        assertThat(run.service()).isPresent().isNotEqualTo(Optional.of(first));
    }

    @Test
    void leavesWhenToldTo() throws Exception {
        run.kelpie("version").waitFor();
        var service = run.service().orElseThrow();

        assertThat(run.kelpie("system", "service", "--stop").waitFor()).isZero();
        service.onExit().get();
        assertThat(run.kelpie("system", "service", "--stop").waitFor()).isZero();
        assertThat(run.services()).isEmpty();
    }

    @Test
    void leavesWhenItHasNothingToDo() throws Exception {
        run.kelpie("system", "service", "--time", "1").waitFor();

        run.service().orElseThrow().onExit().get();
        assertThat(run.kelpie("version").waitFor()).isZero();
    }

    @Test
    void isWokenByAContainersEnd() throws Exception {
        run.kelpie("version").waitFor();
        run.kelpie("system", "service", "--stop").waitFor();
        while (!run.services().isEmpty()) {
            Thread.sleep(10);
        }

        run.execute("/bin/sh", run.runRoot() + "/exited.sh", "abc").waitFor();
        while (Files.exists(run.runRoot().resolve("exited/abc"))) {
            Thread.sleep(10);
        }
        assertThat(run.services()).hasSize(1);
    }

    @Test
    void saysWhyItCannotStart() throws Exception {
        Files.writeString(directory.resolve("root"), "a file where the root should be");
        var process = run.kelpie("version");
        var errors = process.errorReader().readAllAsString();

        assertThat(process.waitFor()).isEqualTo(125);
        assertThat(errors).startsWith("Error: the service cannot start").contains("/root'");
    }

    @Test
    void keepsItsSocketToItself() throws Exception {
        run.kelpie("version").waitFor();
        var socket = run.runRoot().resolve("kelpie.sock");
        while (!mode(socket).equals("rw-------")) {
            Thread.sleep(10);
        }
        assertThat(mode(run.runRoot())).isEqualTo("rwx------");
    }

    @Test
    void answersOverRestInTheCaseOfGo() throws Exception {
        run.kelpie("version").waitFor();

        assertThat(request("GET /_ping HTTP/1.1"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nApi-Version: 1.44\r\n", "\r\nOstype: linux\r\n")
                .endsWith("OK");
        assertThat(request("GET /nonsense HTTP/1.1")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void isOutOfReachOfForeignUsers() throws Exception {
        run.kelpie("version").waitFor();
        openUpTo(directory);

        var foreign = run.foreignRequest(run.runRoot().resolve("kelpie.sock"), "rest");
        assertThat(foreign.errorReader().readAllAsString()).contains("Permission denied");
    }

    @Test
    void refusesARunRootThatEverybodyMayWriteTo() throws Exception {
        Files.createDirectory(run.runRoot());
        Files.setPosixFilePermissions(run.runRoot(), PosixFilePermissions.fromString("rwxrwxrwx"));
        var process = run.kelpie("version");
        var errors = process.errorReader().readAllAsString();

        assertThat(process.waitFor()).isEqualTo(125);
        assertThat(errors).contains("everybody may write to directory '" + run.runRoot());
    }

    /// Also when somebody has loosened all modes.
    @ParameterizedTest
    @ValueSource(strings = {"rest", "session"})
    void cutsForeignUsersOff(String what) throws Exception {
        run.kelpie("version").waitFor();
        var socket = run.runRoot().resolve("kelpie.sock");
        openUpTo(socket);

        var foreign = run.foreignRequest(socket, what);
        assertThat(foreign.inputReader().readAllAsString()).isEqualTo("connected, no answer\n");
        assertThat(Files.readString(run.runRoot().resolve("service.log")))
                .contains("refused a connection of user id 65534");
    }

    private static void openUpTo(Path last) throws Exception {
        for (var each = last;
                each != null && !each.equals(Path.of("/tmp"));
                each = each.getParent()) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    private String request(String line) throws Exception {
        var address = UnixDomainSocketAddress.of(run.runRoot().resolve("kelpie.sock"));
        try (var channel = SocketChannel.open(address)) {
            var text = line + "\r\nHost: k\r\nConnection: close\r\n\r\n";
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            var answer = ByteBuffer.allocate(64 * 1024);
            while (channel.read(answer) >= 0) {
                assertThat(answer.hasRemaining()).isTrue();
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
