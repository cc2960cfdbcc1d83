package dev.kelpie.image.store;

import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// All leases of a store. Looking for content and deleting it exclude each other: who found
/// something under a lease has it for as long as the lease lasts.
final class Leases {

    /// Deletes one thing.
    interface Deletion {
        void run() throws IOException;
    }

    private final List<Lease> open = new ArrayList<>();

    /// Leases that ended while garbage is collected: what they held may have become an image's
    /// since the collector looked at the images.
    private final List<Lease> lingering = new ArrayList<>();

    private boolean collecting;

    synchronized Lease take() {
        var lease = new Lease(this);
        open.add(lease);
        return lease;
    }

    synchronized void hold(Set<Digest> held, Digest digest) {
        held.add(digest);
    }

    synchronized void end(Lease lease) {
        if (open.remove(lease) && collecting) {
            lingering.add(lease);
        }
    }

    /// Deletes unless a lease holds the digest.
    synchronized boolean delete(Digest digest, Deletion deletion) throws IOException {
        for (var lease : open) {
            if (lease.holds(digest)) {
                return false;
            }
        }
        for (var lease : lingering) {
            if (lease.holds(digest)) {
                return false;
            }
        }
        deletion.run();
        return true;
    }

    synchronized void beginCollection() {
        collecting = true;
    }

    synchronized void endCollection() {
        collecting = false;
        lingering.clear();
    }
}
