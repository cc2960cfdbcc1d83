package dev.kelpie.runtime.cgroup;

import dev.kelpie.runtime.CgroupException;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.kernel.Signal;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Does something to all of a group, again until it is true of whatever is in there.
final class CgroupSweep {

    private static final int ROUNDS = 200;

    private CgroupSweep() {}

    /// Waits for a state of a group; throws when it does not come within two seconds.
    static void await(String what, BooleanSupplier reached) throws InterruptedException {
        for (int round = 0; !reached.getAsBoolean(); round++) {
            if (round == ROUNDS) {
                throw new CgroupException("cannot change the state of " + what);
            }
            Thread.sleep(round < 10 ? 1 : 10);
        }
    }

    /// Whether the group is empty in the end, at most two seconds later.
    static boolean killAll(Supplier<List<Integer>> processes, Runnable thaw)
            throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            var living =
                    processes.get().stream()
                            .flatMap(pid -> ProcessIdentity.of(pid).stream())
                            .toList();
            if (living.isEmpty()) {
                return true;
            }
            living.forEach(process -> process.signal(Signal.KILL));
            thaw.run();
            Thread.sleep(round < 10 ? 1 : 10);
        }
        return processes.get().stream().allMatch(pid -> ProcessIdentity.of(pid).isEmpty());
    }
}
