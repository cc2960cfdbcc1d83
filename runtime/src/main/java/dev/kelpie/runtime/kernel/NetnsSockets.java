package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/// Makes TCP sockets in the network namespaces of other processes, see setns(2): a socket stays in
/// the namespace it was made in, whoever uses it afterwards.
///
/// One thread does it for all, so that no other ever leaves our namespace; it goes back after each
/// socket, so that it keeps none alive.
public final class NetnsSockets {

    private static final int CLONE_NEWNET = 0x40000000;

    private record Order(
            Path namespace, ProtocolFamily family, CompletableFuture<SocketChannel> made) {}

    private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();

    private NetnsSockets() {
        Thread.ofPlatform().daemon().name("netns sockets").start(this::work);
    }

    private static final class Only {
        static final NetnsSockets INSTANCE = new NetnsSockets();
    }

    /// An unconnected socket in the namespace of a file such as `/proc/7/ns/net`.
    public static SocketChannel open(Path namespace, boolean ipv6) throws InterruptedException {
        var family = ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        var order = new Order(namespace, family, new CompletableFuture<>());
        Only.INSTANCE.orders.add(order);
        try {
            return order.made().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HostException known) {
                throw known;
            }
            throw new IllegalStateException("cannot make a socket in '" + namespace + "'", e);
        }
    }

    private void work() {
        try (var home = Fd.open(Path.of("/proc/thread-self/ns/net"), Fd.O_RDONLY, 0)) {
            // the JDK looks at the network once, when the first socket is made: at ours
            SocketChannel.open().close();
            while (true) {
                carryOut(orders.take(), home);
            }
        } catch (InterruptedException | IOException e) {
            System.getLogger(NetnsSockets.class.getName())
                    .log(System.Logger.Level.WARNING, "no sockets in other namespaces", e);
        }
    }

    private static void carryOut(Order order, Fd home) {
        try (var there = Fd.open(order.namespace(), Fd.O_RDONLY, 0)) {
            enter(there, order.namespace());
            try {
                order.made().complete(SocketChannel.open(order.family()));
            } finally {
                enter(home, Path.of("/proc/self/ns/net"));
            }
        } catch (IOException e) {
            order.made()
                    .completeExceptionally(
                            new FileAccessException(
                                    "cannot make a socket in '"
                                            + order.namespace()
                                            + "': "
                                            + e.getMessage(),
                                    e));
        } catch (HostException e) {
            order.made().completeExceptionally(e);
        }
    }

    private static void enter(Fd namespace, Path name) {
        try {
            LibC.setns(namespace.number(), CLONE_NEWNET);
        } catch (LastErrorException e) {
            throw Errno.failed("setns", name.toString(), e);
        }
    }
}
