package dev.kelpie.runtime.conmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Says how long creating and starting takes, for the notes; asserts only that all of them ran.
class LaunchTimesIT {

    private static final int ROUNDS = 20;

    @Test
    void measuresTheChosenRuntime() throws Exception {
        assertThat(measure(Optional.empty())).hasSize(ROUNDS);
    }

    @Test
    void measuresRunc() throws Exception {
        assertThat(measure(Optional.of("runc"))).hasSize(ROUNDS);
    }

    private static List<Long> measure(Optional<String> name) throws Exception {
        var box = new Sandbox(name);
        var creates = new ArrayList<Long>();
        var starts = new ArrayList<Long>();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var id = Sandbox.newId();
                var before = System.nanoTime();
                box.create(id, "/bin/busybox", "sleep", "1000");
                var created = System.nanoTime();
                box.runtime.start(id);
                starts.add(System.nanoTime() - created);
                creates.add(created - before);
                box.runtime.delete(id, true);
            }
        } finally {
            box.close();
        }
        System.out.printf(
                "%s %s: create %d us, start %d us (median of %d)%n",
                box.runtime.name(), box.runtime.version(), median(creates), median(starts), ROUNDS);
        return starts;
    }

    private static long median(List<Long> nanos) {
        Collections.sort(nanos);
        return nanos.get(nanos.size() / 2) / 1000;
    }
}
