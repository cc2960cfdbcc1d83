package dev.kelpie.app.service;

import dev.kelpie.runtime.HostException;
import io.vertx.core.Vertx;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Makes a service small while nobody asks it for anything: what it holds in memory of files only
/// is given back, once after each time of work.
public final class Rest {
    private final Activity activity;
    private final Duration after;
    private final Runnable giveBack;
    private boolean resting;

    /// @param after how long nothing has to be under way
    /// @param giveBack what is done at the beginning of a rest
    public Rest(Activity activity, Duration after, Runnable giveBack) {
        this.activity = activity;
        this.after = after;
        this.giveBack = giveBack;
    }

    /// Begins to look now and then.
    public void start(Vertx vertx) {
        vertx.setPeriodic(after.toMillis(), _ -> look());
    }

    /// On the event loop.
    void look() {
        if (activity.isBusy() || activity.idleNanos() < after.toNanos()) {
            resting = false;
        } else if (!resting) {
            resting = true;
            giveBack();
        }
    }

    private void giveBack() {
        try {
            giveBack.run();
        } catch (HostException e) {
            System.getLogger(Rest.class.getName()).log(Level.DEBUG, "memory is not given back", e);
        }
    }
}
