package dev.kelpie.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/// A second door to the engine's service: callers at a socket of systemd (`sd_listen_fds(3)`) or of
/// our own are let through to it, one after the other started when it is not there. Leaves when
/// nobody came for a while; the next caller waits in systemd's socket until it is started again.
///
/// Who may come is up to the socket's mode: behind it, everybody is who runs this.
final class ApiDoor implements AutoCloseable {
    /// Further callers wait in the socket.
    private static final int MOST = 256;

    private final ServerSocketChannel listening;
    private final @Nullable SocketFile file;
    private final ServiceSource service;
    private final Selector selector;
    private int open;
    private long emptySince = System.nanoTime();

    private ApiDoor(ServerSocketChannel listening, @Nullable SocketFile file, ServiceSource service)
            throws IOException {
        this.listening = listening;
        this.file = file;
        this.service = service;
        selector = Selector.open();
        listening.configureBlocking(false);
    }

    /// At the socket that the launcher has put in the place of our standard input. From here on
    /// there is no standard error: the JDK takes it away with that.
    static ApiDoor handedOver(ServiceSource service) throws IOException {
        if (System.inheritedChannel() instanceof ServerSocketChannel channel) {
            return handedOver(channel, service);
        }
        throw new ClientException("what systemd handed over is no listening socket");
    }

    /// Only one with an owner and a mode: of a TCP port nobody would ask callers who they are.
    static ApiDoor handedOver(ServerSocketChannel channel, ServiceSource service)
            throws IOException {
        var address = channel.getLocalAddress();
        if (address instanceof UnixDomainSocketAddress) {
            return new ApiDoor(channel, null, service);
        }
        channel.close();
        throw new ClientException(
                "cannot serve on '" + address + "', which systemd handed over: only unix sockets");
    }

    /// At a socket of our own, for this user only from its first moment on.
    static ApiDoor at(Path address, ServiceSource service) throws IOException {
        var folder =
                Files.createTempDirectory(
                        address.getParent(),
                        ".kelpie",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        var hidden = folder.resolve("s");
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(hidden));
            Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
            var file = SocketFile.at(hidden).moveTo(address);
            return new ApiDoor(channel, file, service);
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(hidden);
            throw e;
        } finally {
            Files.delete(folder);
        }
    }

    /// Lets callers in until nobody is there for this long; 0: until it is told to end.
    void serve(int seconds) throws IOException {
        Signal.handle(new Signal("TERM"), _ -> leave());
        Signal.handle(new Signal("INT"), _ -> leave());
        var key = listening.register(selector, SelectionKey.OP_ACCEPT);
        long idle = seconds * 1_000_000_000L;
        while (true) {
            long left;
            synchronized (this) {
                key.interestOps(open < MOST ? SelectionKey.OP_ACCEPT : 0);
                left = open > 0 || seconds == 0 ? 0 : emptySince + idle - System.nanoTime();
                if (open == 0 && seconds > 0 && left <= 0) {
                    return;
                }
            }
            selector.select((left + 999_999) / 1_000_000);
            selector.selectedKeys().clear();
            let();
        }
    }

    private void let() throws IOException {
        var caller = listening.accept();
        if (caller != null) {
            synchronized (this) {
                open++;
            }
            Thread.ofVirtual().start(new Passage(caller, service, this::gone));
        }
    }

    private void gone() {
        synchronized (this) {
            open--;
            emptySince = System.nanoTime();
        }
        selector.wakeup();
    }

    /// Takes our own socket away; systemd's stays for the next.
    @Override
    public void close() throws IOException {
        listening.close();
        if (file != null) {
            file.delete();
        }
    }

    private void leave() {
        try {
            close();
        } catch (IOException _) {
            // ends all the same
        }
        Runtime.getRuntime().halt(0);
    }
}
