package dev.kelpie.engine.state;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// The intent, in memory for reading and in SQLite for good. A change is on the disk when `change`
/// returns; changes that come at the same time share one transaction, so one sync to disk.
public final class StateStore implements AutoCloseable {

    /// One change and the state after it; a batch without writes is the last.
    private record Batch(
            List<Change.Write> writes, State after, CompletableFuture<Boolean> written) {}

    private final Database database;
    private final Path directory;
    private final Spare spare;
    private final ReentrantLock editing = new ReentrantLock();
    private final LinkedBlockingQueue<Batch> queue = new LinkedBlockingQueue<>();
    private volatile BiConsumer<State, State> watcher = (_, _) -> {};
    private volatile State state;
    private State onDisk;
    private boolean closed;

    private StateStore(Database database, Path directory, Spare spare) {
        this.database = database;
        this.directory = directory;
        this.spare = spare;
        this.state = database.load();
        this.onDisk = state;
        // Writing blocks in native code: not for a virtual thread's carrier.
        Thread.ofPlatform().daemon().name("state-writer").start(this::writeBatches);
    }

    /// Opens the file, makes it when missing, brings its schema up to date.
    public static StateStore open(Path file) {
        var directory = file.toAbsolutePath().resolveSibling(".").normalize();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new EngineIoException("cannot make '" + directory + "'", e);
        }
        var spare = new Spare(file.resolveSibling(file.getFileName() + "-spare"));
        return new StateStore(open(file, spare), directory, spare);
    }

    private static Database open(Path file, Spare spare) {
        try {
            return Database.open(file, new Json());
        } catch (StateException e) {
            if (Database.isFull(e.getCause()) && spare.give()) {
                return Database.open(file, new Json());
            }
            throw e;
        }
    }

    /// Throws when the disk is too full to begin something new; what is there can still be removed.
    public void requireRoom() {
        try {
            if (!spare.hasRoom()) {
                throw new StateException("no space left on device for '" + directory + "'");
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot write into '" + directory + "'", e);
        }
    }

    /// Has each change told, before and after, in their order, once it is on the disk; on the
    /// thread that writes: `watcher` must be quick and must not call this store.
    public void watch(BiConsumer<State, State> changes) {
        watcher = changes;
    }

    public State now() {
        return state;
    }

    /// Edits the state in one transaction. `work` must be quick and must not call this store.
    public <T> T compute(Function<Change, T> work) {
        Batch batch;
        T result;
        editing.lock();
        try {
            if (closed) {
                throw new StateException("the engine is closed");
            }
            var change = new Change(state);
            result = work.apply(change);
            batch =
                    new Batch(
                            List.copyOf(change.writes()), change.now(), new CompletableFuture<>());
            if (!batch.writes().isEmpty()) {
                state = change.now();
                queue.add(batch);
            }
        } finally {
            editing.unlock();
        }
        if (!batch.writes().isEmpty()) {
            await(batch);
        }
        return result;
    }

    /// As `compute`, without a result.
    public void change(Consumer<Change> work) {
        compute(change -> {
            work.accept(change);
            return true;
        });
    }

    private static void await(Batch batch) {
        try {
            batch.written().join();
        } catch (CompletionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            var reason =
                    Database.isFull(cause) ? "no space left on device" : "" + cause.getMessage();
            throw new StateException("cannot write the state: " + reason, cause);
        }
    }

    private void writeBatches() {
        var batches = new ArrayList<Batch>();
        while (true) {
            try {
                batches.add(queue.take());
            } catch (InterruptedException _) {
                return;
            }
            queue.drainTo(batches);
            write(batches);
            var last = batches.stream().anyMatch(batch -> batch.writes().isEmpty());
            batches.clear();
            if (last) {
                return;
            }
        }
    }

    private void write(List<Batch> batches) {
        try {
            var all = batches.stream().flatMap(batch -> batch.writes().stream()).toList();
            if (!all.isEmpty()) {
                writeToDisk(all);
                batches.forEach(this::tell);
            }
            batches.forEach(batch -> batch.written().complete(true));
        } catch (SQLException | RuntimeException e) {
            fail(batches, e);
        }
    }

    private void tell(Batch batch) {
        var before = onDisk;
        onDisk = batch.after();
        try {
            watcher.accept(before, batch.after());
        } catch (RuntimeException e) {
            System.getLogger(StateStore.class.getName())
                    .log(System.Logger.Level.WARNING, "a change could not be told", e);
        }
    }

    private void writeToDisk(List<Change.Write> writes) throws SQLException {
        try {
            database.write(writes);
        } catch (SQLException e) {
            if (!Database.isFull(e) || !spare.give()) {
                throw e;
            }
            database.write(writes);
        }
    }

    /// What is in memory was never written: whatever was built on it fails too. Reads nothing from
    /// a disk that may be full, since nobody would answer the waiting if that failed as well.
    private void fail(List<Batch> batches, Exception e) {
        editing.lock();
        try {
            queue.drainTo(batches);
            state = onDisk;
        } finally {
            editing.unlock();
        }
        for (var batch : batches) {
            if (batch.writes().isEmpty()) {
                batch.written().complete(true);
            } else {
                batch.written().completeExceptionally(e);
            }
        }
    }

    @Override
    public void close() {
        Batch last;
        editing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            last = new Batch(List.of(), state, new CompletableFuture<>());
            queue.add(last);
        } finally {
            editing.unlock();
        }
        last.written().join();
        database.close();
    }
}
