package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One build under way: what all its stages share. Safe for several threads.
public final class Building implements AutoCloseable {

    /// What a build works with.
    public record Means(ImageStore store, BaseImages bases, StepRunner runner) {}

    final Means means;
    final BuildRequest request;
    final BuildArguments arguments;
    final Instant now;
    final Lease lease;
    private final Consumer<BuildEvent> events;
    private final ConcurrentHashMap<Integer, CompletableFuture<Stage>> results =
            new ConcurrentHashMap<>();
    private StepRunner.@Nullable Session session;
    private @Nullable Context context;

    Building(Means means, BuildRequest request, Consumer<BuildEvent> events) {
        this.means = means;
        this.request = request;
        this.events = events;
        this.arguments = new BuildArguments(request.arguments(), request.platform());
        this.now =
                request.result()
                        .timestamp()
                        .orElseGet(Instant::now)
                        .truncatedTo(ChronoUnit.SECONDS);
        this.lease = means.store().lease();
    }

    ImageStore store() {
        return means.store();
    }

    Optional<Instant> timestamp() {
        return request.result().timestamp();
    }

    synchronized void say(BuildEvent event) {
        events.accept(event);
    }

    synchronized StepRunner.Session session() throws InterruptedException {
        if (session == null) {
            session = means.runner().open(request.steps().settings());
        }
        return session;
    }

    synchronized Context context() {
        if (context == null) {
            var sources = request.sources();
            context =
                    Context.open(sources.context(), sources.containerfile(), sources.ignoreFile());
        }
        return context;
    }

    private CompletableFuture<Stage> result(int number) {
        return results.computeIfAbsent(number, any -> new CompletableFuture<>());
    }

    void finished(int number, Stage stage) {
        result(number).complete(stage);
    }

    void failed(int number, Throwable cause) {
        result(number).completeExceptionally(cause);
    }

    /// A stage of this build, once it is done.
    Stage stage(int number) throws InterruptedException {
        try {
            return result(number).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new BuildException("stage " + number + " could not be built", e);
        }
    }

    /// A view of a stage so far, as the next layer sees it.
    LowerView view(List<dev.kelpie.image.spec.Digest> diffIds) {
        return new LowerView(store().layerDirectories(diffIds), store().trees()::isOpaque);
    }

    @Override
    public void close() {
        StepRunner.Session open;
        synchronized (this) {
            open = session;
            session = null;
        }
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            lease.close();
        }
    }
}
