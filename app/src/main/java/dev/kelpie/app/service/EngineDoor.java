package dev.kelpie.app.service;

import dev.kelpie.engine.Engine;
import dev.kelpie.engine.EngineRoot;
import dev.kelpie.engine.EngineSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Opens the engine while the rest of the service starts; who needs it first waits for it. When it
/// could not be opened, whoever waits hears why, and the next one to ask tries again.
public final class EngineDoor implements AutoCloseable {
    private static final Logger LOG = System.getLogger(EngineDoor.class.getName());

    private final EngineSettings settings;
    private @Nullable CompletableFuture<Engine> opening;

    /// Begins to open the engine.
    public EngineDoor(ServiceOptions options, List<String> exitCommand) {
        settings =
                EngineSettings.of(new EngineRoot(options.root(), options.runRoot()), exitCommand);
        var _ = attempt();
    }

    /// The engine, as soon as it is open.
    ///
    /// @throws RuntimeException the engine's own, when it could not be opened
    public Engine engine() throws InterruptedException {
        var attempt = attempt();
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            forgetFailed();
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new ServiceException("cannot open the engine", e);
            }
        }
    }

    /// Whether the engine has something due later; false before it is open and when it could not
    /// be.
    public boolean needsClock() {
        return ifOpen().map(Engine::needsClock).orElse(false);
    }

    @Override
    public void close() {
        ifOpen().ifPresent(Engine::close);
    }

    private synchronized Optional<Engine> ifOpen() {
        return opening == null || !opening.isDone() || opening.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(opening.join());
    }

    private synchronized CompletableFuture<Engine> attempt() {
        if (opening == null) {
            var attempt = new CompletableFuture<Engine>();
            Thread.ofPlatform().daemon().name("open-engine").start(() -> open(attempt));
            opening = attempt;
        }
        return opening;
    }

    private synchronized void forgetFailed() {
        if (opening != null && opening.isCompletedExceptionally()) {
            opening = null;
        }
    }

    private void open(CompletableFuture<Engine> attempt) {
        try {
            attempt.complete(Engine.open(settings));
        } catch (InterruptedException | RuntimeException | Error e) {
            LOG.log(Level.ERROR, "cannot open the engine", e);
            attempt.completeExceptionally(e);
        }
    }
}
