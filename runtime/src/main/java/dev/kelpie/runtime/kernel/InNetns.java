package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/// Short work in other network namespaces, see setns(2): a socket stays in the namespace it was
/// made in, whoever uses it afterwards, and below `/proc/thread-self/net` and `/proc/sys/net` each
/// thread sees its own.
///
/// One thread does it for all, so that no other ever leaves our namespace; it goes back each time,
/// so that it keeps none alive.
public final class InNetns {

    private static final int CLONE_NEWNET = 0x40000000;

    /// What is done there.
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    private record Order<T>(Path namespace, Work<T> work, CompletableFuture<T> done) {
        void carryOut(Fd home) {
            try (var there = Fd.open(namespace, Fd.O_RDONLY, 0)) {
                enter(there, namespace);
                try {
                    done.complete(work.run());
                } finally {
                    enter(home, Path.of("/proc/self/ns/net"));
                }
            } catch (IOException e) {
                done.completeExceptionally(
                        new FileAccessException(
                                "cannot work in '" + namespace + "': " + e.getMessage(), e));
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }
    }

    private final LinkedBlockingQueue<Order<?>> orders = new LinkedBlockingQueue<>();

    private InNetns() {
        Thread.ofPlatform().daemon().name("other netns").start(this::work);
    }

    private static final class Only {
        static final InNetns INSTANCE = new InNetns();
    }

    /// What the work gives, in the namespace of a file such as `/proc/7/ns/net`.
    public static <T> T run(Path namespace, Work<T> work) throws InterruptedException {
        var order = new Order<>(namespace, work, new CompletableFuture<>());
        Only.INSTANCE.orders.add(order);
        try {
            return order.done().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HostException known) {
                throw known;
            }
            throw new IllegalStateException("cannot work in '" + namespace + "'", e);
        }
    }

    /// An unconnected TCP socket.
    public static SocketChannel socket(Path namespace, boolean ipv6) throws InterruptedException {
        var family = ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        return run(namespace, () -> SocketChannel.open(family));
    }

    private void work() {
        try (var home = Fd.open(Path.of("/proc/thread-self/ns/net"), Fd.O_RDONLY, 0)) {
            // the JDK looks at the network once, when the first socket is made: at ours
            SocketChannel.open().close();
            while (true) {
                orders.take().carryOut(home);
            }
        } catch (InterruptedException | IOException e) {
            System.getLogger(InNetns.class.getName())
                    .log(System.Logger.Level.WARNING, "no work in other namespaces", e);
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
