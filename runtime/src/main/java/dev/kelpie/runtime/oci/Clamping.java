package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.kernel.Kernel.Limit;
import dev.kelpie.runtime.kernel.LimitKind;
import dev.kelpie.runtime.spec.OciProcess.Rlimit;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings wishes down to what the host grants; each cut of something asked for is told to `notes`.
record Clamping(HostGrants grants, Consumer<String> notes) {

    private static final long USUAL = 1_048_576;

    /// The usual limits, the container's own in their place.
    List<Rlimit> rlimits(List<Rlimit> asked) {
        var byType = new LinkedHashMap<String, Rlimit>();
        for (var kind : List.of(LimitKind.NOFILE, LimitKind.NPROC)) {
            var usual = Rlimit.of(kind.specName(), USUAL, USUAL);
            byType.put(usual.type(), clamped(usual));
        }
        for (var wish : asked) {
            var granted = clamped(wish);
            if (!granted.equals(wish)) {
                notes.accept(
                        "limit %s %s cut to %s: this host grants no more"
                                .formatted(wish.type(), wish.hard(), granted.hard()));
            }
            byType.put(wish.type(), granted);
        }
        return List.copyOf(byType.values());
    }

    private Rlimit clamped(Rlimit wish) {
        if (grants.mayRaiseLimits()) {
            return wish;
        }
        var most = hard(wish.type());
        return new Rlimit(wish.type(), wish.soft().min(most), wish.hard().min(most));
    }

    private BigInteger hard(String type) {
        return grants.limits().entrySet().stream()
                .filter(entry -> entry.getKey().specName().equals(type))
                .map(entry ->
                        Rlimit.of(type, entry.getValue().soft(), entry.getValue().hard()).hard())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown limit '" + type + "'"));
    }

    /// Without a wish nothing is written, and the container has ours.
    Optional<Integer> oomScoreAdj(Optional<Integer> asked) {
        if (asked.isEmpty() || grants.mayRaiseLimits() || asked.get() >= grants.oomScoreAdj()) {
            return asked;
        }
        notes.accept(
                "oom score %d raised to %d: this host grants no less"
                        .formatted(asked.get(), grants.oomScoreAdj()));
        return Optional.of(grants.oomScoreAdj());
    }

    /// The limit of a kind, for `system info`.
    Optional<Limit> of(LimitKind kind) {
        return Optional.ofNullable(grants.limits().get(kind));
    }
}
