package dev.kelpie.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiDoorTest {
    @TempDir Path directory;

    @Test
    void letsCallersThroughAndLeavesWhenNobodyComes() throws Exception {
        var socket = directory.resolve("api.sock");
        try (var service = echo();
                var door = ApiDoor.at(socket, source())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            var served = CompletableFuture.runAsync(() -> serve(door));
            assertThat(ask(socket, "one")).isEqualTo("heard one");
            assertThat(ask(socket, "two")).isEqualTo("heard two");
            served.join();
            assertThat(service.isOpen()).isTrue();
        }
        assertThat(directory.toFile().list()).containsExactly("service.sock");
    }

    @Test
    void leavesAloneWhatIsNoSocketOrAnswers() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "mine");
        assertThatThrownBy(() -> ApiDoor.at(file, source())).hasMessageContaining("no socket");
        assertThat(file).hasContent("mine");
        try (var service = echo()) {
            var taken = directory.resolve("service.sock");
            assertThatThrownBy(() -> ApiDoor.at(taken, source())).hasMessageContaining("another");
            assertThat(service.isOpen()).isTrue();
        }
        doorInItsPlace().close();
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    /// Who is closed while it waits for callers is there for a moment more.
    private ApiDoor doorInItsPlace() throws Exception {
        while (true) {
            try {
                return ApiDoor.at(directory.resolve("service.sock"), source());
            } catch (ClientException _) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void leavesTheSocketOfAnotherWhenItEnds() throws Exception {
        var socket = directory.resolve("api.sock");
        var door = ApiDoor.at(socket, source());
        Files.move(socket, directory.resolve("old"));
        Files.createFile(socket);
        door.close();
        assertThat(socket).exists();
    }

    @Test
    void refusesPortsFromSystemd() throws Exception {
        try (var port = ServerSocketChannel.open()) {
            port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThatThrownBy(() -> ApiDoor.handedOver(port, source()))
                    .hasMessageEndingWith("which systemd handed over: only unix sockets");
        }
    }

    private static void serve(ApiDoor door) {
        try {
            door.serve(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ServiceSource source() throws IOException {
        var engine = new EngineAddress(directory, directory, directory.resolve("service.sock"));
        var caller = new Caller(Map.of(), directory, directory, "build", "", "", 0, 0);
        return new ServiceSource(engine, caller);
    }

    /// Says what it heard, once the other side has said its last.
    private ServerSocketChannel echo() throws IOException {
        var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(directory.resolve("service.sock")));
        Thread.ofVirtual().start(() -> answer(listening));
        return listening;
    }

    private static void answer(ServerSocketChannel listening) {
        try {
            while (true) {
                try (var caller = listening.accept()) {
                    var heard = Channels.newInputStream(caller).readAllBytes();
                    caller.write(ByteBuffer.wrap("heard ".getBytes(US_ASCII)));
                    caller.write(ByteBuffer.wrap(heard));
                }
            }
        } catch (IOException _) {
            // the test is over
        }
    }

    private static String ask(Path socket, String question) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap(question.getBytes(US_ASCII)));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
        }
    }
}
