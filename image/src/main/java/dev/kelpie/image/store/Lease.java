package dev.kelpie.image.store;

import dev.kelpie.image.spec.Digest;
import java.util.HashSet;
import java.util.Set;

/// Keeps content from being collected as garbage while an image is still being put together. What
/// was looked at under a lease stays until the lease is closed.
public final class Lease implements AutoCloseable {

    private final Leases leases;
    private final Set<Digest> held = new HashSet<>();

    Lease(Leases leases) {
        this.leases = leases;
    }

    void hold(Digest digest) {
        leases.hold(held, digest);
    }

    boolean holds(Digest digest) {
        return held.contains(digest);
    }

    @Override
    public void close() {
        leases.end(this);
    }
}
