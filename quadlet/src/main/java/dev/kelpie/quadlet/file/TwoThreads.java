package dev.kelpie.quadlet.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Does the second half of a list beside the first. The generator's life is too short for more
/// threads to be worth their start.
final class TwoThreads {
    /// A list so short is done before another thread has begun.
    private static final int FEW = 32;

    private TwoThreads() {}

    /// The results in the order of the list.
    static <A, B> List<B> map(List<A> list, Function<A, B> work) {
        if (list.size() < FEW) {
            return each(list, work);
        }
        int half = list.size() / 2;
        var beside =
                CompletableFuture.supplyAsync(
                        () -> each(list.subList(half, list.size()), work),
                        task -> new Thread(task).start());
        var results = each(list.subList(0, half), work);
        results.addAll(beside.join());
        return results;
    }

    private static <A, B> List<B> each(List<A> list, Function<A, B> work) {
        var results = new ArrayList<B>(list.size());
        for (var item : list) {
            results.add(work.apply(item));
        }
        return results;
    }
}
