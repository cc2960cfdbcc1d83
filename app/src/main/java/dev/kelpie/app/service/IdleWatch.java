package dev.kelpie.app.service;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Lets the service go when it had nothing to do for a while and nothing needs the clock. Looks at
/// most once in the idle time.
public final class IdleWatch implements ServiceControl {
    private static final Logger LOG = System.getLogger(IdleWatch.class.getName());

    /// For what was connected just before the socket was taken away to become a session or request.
    private static final long LAST_CALL_MILLIS = 100;

    private static final long SHORTEST_MILLIS = 20;

    private final Vertx vertx;
    private final Activity activity;
    private final BooleanSupplier needsClock;
    private final Path socket;
    private final String ownBuild;
    private final Runnable exit;
    private Duration idle;
    private long timer = -1;
    private volatile boolean leaving;

    /// @param needsClock whether something is due later; asked rarely, on the event loop
    /// @param exit ends the process in good order
    public IdleWatch(
            Vertx vertx,
            Activity activity,
            BooleanSupplier needsClock,
            ServiceOptions options,
            Runnable exit) {
        this.vertx = vertx;
        this.activity = activity;
        this.needsClock = needsClock;
        this.socket = options.socket();
        this.ownBuild = options.build();
        this.idle = options.idle();
        this.exit = exit;
    }

    /// Begins to watch.
    public synchronized void start() {
        vertx.cancelTimer(timer);
        if (!idle.isZero()) {
            schedule(idle.toMillis());
        }
    }

    @Override
    public synchronized void idleTime(Duration time) {
        idle = time;
        start();
    }

    @Override
    public synchronized Duration idleTime() {
        return idle;
    }

    @Override
    public void stop() {
        leaving = true;
        move(socket, hidden());
        // who asked for it is to hear that it was done
        vertx.setTimer(LAST_CALL_MILLIS, _ -> exit.run());
    }

    /// Whether the service leaves, so that a client of this build needs a new one: it was told to
    /// stop; or the build is not ours and nothing is under way, then the process ends now.
    public boolean leavesFor(String build) {
        if (leaving || build.equals(ownBuild) || activity.isBusy()) {
            return leaving;
        }
        LOG.log(Level.INFO, "leaving for build {0}", build);
        exit.run();
        return true;
    }

    private void schedule(long millis) {
        timer = vertx.setTimer(Math.max(SHORTEST_MILLIS, millis), _ -> look());
    }

    private synchronized void look() {
        long left = idle.toMillis() - activity.idleNanos() / 1_000_000;
        if (left > 0) {
            schedule(left);
        } else if (needsClock.getAsBoolean()) {
            schedule(Math.max(idle.toMillis(), 60_000));
        } else {
            lastCall();
        }
    }

    /// Takes the socket out of sight, and puts it back if somebody had come through it meanwhile.
    private void lastCall() {
        var hidden = hidden();
        if (!move(socket, hidden)) {
            exit.run();
            return;
        }
        vertx.setTimer(
                LAST_CALL_MILLIS,
                _ -> {
                    if (activity.idleNanos() / 1_000_000 >= LAST_CALL_MILLIS) {
                        LOG.log(Level.INFO, "nothing to do, leaving");
                        exit.run();
                    } else if (move(hidden, socket)) {
                        start();
                    }
                });
    }

    private Path hidden() {
        return socket.resolveSibling(socket.getFileName() + ".closing");
    }

    private static boolean move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return Files.exists(to);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot rename the socket", e);
            return false;
        }
    }
}
