package dev.kelpie.runtime.kernel;

import dev.kelpie.runtime.HostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// A thread that leaves our namespaces or gives up its privileges for good, and ends with its work:
/// back in a pool it would poison what runs on it next.
final class LeavingThread {

    private LeavingThread() {}

    /// Gives what the work gives, or throws the `HostException` that it throws.
    static <T> T run(String name, Supplier<T> work) throws InterruptedException {
        var result = new CompletableFuture<T>();
        var thread =
                Thread.ofPlatform()
                        .name(name)
                        .start(() -> {
                            try {
                                result.complete(work.get());
                            } catch (RuntimeException | Error e) {
                                result.completeExceptionally(e);
                            }
                        });
        try {
            var given = result.get();
            thread.join();
            return given;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HostException known) {
                throw known;
            }
            throw new IllegalStateException(name, e.getCause());
        }
    }
}
