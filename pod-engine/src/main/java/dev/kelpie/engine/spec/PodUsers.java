package dev.kelpie.engine.spec;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Whose ids the users of a pod are on the host, when they are not simply the engine's: the pod has
/// a user namespace of its own.
public sealed interface PodUsers {

    /// Ids that no other pod has, chosen when the pod is made.
    ///
    /// @param size how many; absent: as many as fit
    /// @param hostPaths whether files of the host that are mounted belong to the pod's users too,
    ///   as the kubelet has it; else to those whose they are
    record Auto(OptionalLong size, boolean hostPaths) implements PodUsers {
        public Auto {
            if (size.isPresent() && size.getAsLong() < 1) {
                throw new IllegalArgumentException("a pod needs ids, not " + size.getAsLong());
            }
        }
    }

    /// The engine's own, and the user who runs it is called the same inside, or what is said here.
    record KeepId(OptionalInt uid, OptionalInt gid, OptionalLong size) implements PodUsers {}

    /// The engine's own, without the user who runs it.
    record NoMap() implements PodUsers {}

    /// As told.
    record Mapped(List<IdRange> uids, List<IdRange> gids) implements PodUsers {
        public Mapped {
            uids = List.copyOf(uids);
            gids = List.copyOf(gids);
        }
    }

    /// What was asked for, with the ids that it came to when the pod was made.
    record Settled(PodUsers asked, List<IdRange> uids, List<IdRange> gids) implements PodUsers {
        public Settled {
            uids = List.copyOf(uids);
            gids = List.copyOf(gids);
        }
    }

    /// `count` ids from `inside` on are those from `outside` on.
    record IdRange(long inside, long outside, long count) {
        public IdRange {
            if (inside < 0 || outside < 0 || count < 1) {
                throw new IllegalArgumentException(
                        "no range of ids: " + inside + ":" + outside + ":" + count);
            }
        }
    }
}
