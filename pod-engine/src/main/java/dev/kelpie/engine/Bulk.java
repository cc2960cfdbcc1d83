package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.runtime.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/// The same for several things at once, each with its own outcome.
final class Bulk {

    private Bulk() {}

    /// What is done to one of them.
    @FunctionalInterface
    interface Work<T> {
        void on(T item) throws InterruptedException;
    }

    /// Looks each up and works on all that were found, side by side; outcomes in the order asked.
    /// With `ignoreMissing` one that is not there is done.
    static <T> List<Outcome> each(
            List<String> asked,
            boolean ignoreMissing,
            Function<String, T> find,
            Function<T, String> id,
            Work<T> work)
            throws InterruptedException {
        var tasks = new ArrayList<Callable<Outcome>>();
        for (var name : asked) {
            tasks.add(() -> one(name, ignoreMissing, find, id, work));
        }
        return InParallel.all(tasks);
    }

    private static <T> Outcome one(
            String name,
            boolean ignoreMissing,
            Function<String, T> find,
            Function<T, String> id,
            Work<T> work)
            throws InterruptedException {
        var known = "";
        try {
            var item = find.apply(name);
            known = id.apply(item);
            work.on(item);
            return Outcome.done(name, known);
        } catch (PodNotFoundException | ContainerNotFoundException e) {
            return ignoreMissing ? Outcome.done(name, "") : Outcome.failed(name, known, e);
        } catch (PodException | HostException e) {
            return Outcome.failed(name, known, e);
        }
    }
}
