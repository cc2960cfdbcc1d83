package dev.kelpie.app.session;

import java.util.concurrent.atomic.AtomicInteger;

/// What the sessions may hold together of arguments and environments larger than usual: a START may
/// have 4 MiB, but not each of hundreds.
final class StartRoom {
    /// Every session's own; a shell's usual environment is a quarter of it.
    static final int FREE = 16 * 1024;

    private final AtomicInteger left;

    /// @param bytes for all sessions together, beyond what is each one's own
    StartRoom(int bytes) {
        left = new AtomicInteger(bytes);
    }

    Share share() {
        return new Share();
    }

    /// One session's part, given back when the session ends.
    final class Share {
        private final AtomicInteger taken = new AtomicInteger();

        /// @throws ProtocolException when the others hold too much
        void take(int bytes) {
            int more = bytes - FREE - taken.get();
            if (more <= 0) {
                return;
            }
            if (left.addAndGet(-more) < 0) {
                left.addAndGet(more);
                throw new ProtocolException(
                        "no room for a start of " + bytes + " bytes, other sessions hold too much");
            }
            taken.addAndGet(more);
        }

        void giveBack() {
            left.addAndGet(taken.getAndSet(0));
        }
    }
}
