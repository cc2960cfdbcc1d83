package dev.kelpie.runtime.network;

import java.util.Optional;

/// One thing `system check` tells about the host's network.
///
/// @param subject short name, `nft`
/// @param good whether it is as needed
/// @param detail what was found, a version or the problem
/// @param mend what to do about it, paste-ready where a command mends it
public record NetworkFact(String subject, boolean good, String detail, Optional<String> mend) {

    static NetworkFact good(String subject, String detail) {
        return new NetworkFact(subject, true, detail, Optional.empty());
    }

    static NetworkFact bad(String subject, String detail, String mend) {
        return new NetworkFact(subject, false, detail, Optional.of(mend));
    }
}
