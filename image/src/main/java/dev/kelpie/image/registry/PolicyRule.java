package dev.kelpie.image.registry;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/// One requirement of containers-policy.json(5).
sealed interface PolicyRule {

    /// `insecureAcceptAnything`.
    record AcceptAnything() implements PolicyRule {}

    /// `reject`.
    record Reject() implements PolicyRule {}

    /// `sigstoreSigned` with keys: a signature by one of them, about this identity.
    record SigstoreSigned(List<PublicKey> keys, Identity identity) implements PolicyRule {
        public SigstoreSigned {
            keys = List.copyOf(keys);
        }
    }

    /// `signedBy`: a signature of OpenPGP by one of these keys, about this identity.
    record SignedBy(OpenPgpKeys keys, Identity identity) implements PolicyRule {}

    /// What we cannot verify, and so refuse.
    record Unverifiable(String reason) implements PolicyRule {}

    /// `signedIdentity`: which name a signature must be about.
    ///
    /// @param reference the name or repository of `exactReference` and `exactRepository`, the
    ///   prefix of `remapIdentity`
    /// @param signedPrefix of `remapIdentity`
    record Identity(Match match, Optional<String> reference, Optional<String> signedPrefix) {
        static final Identity USUAL =
                new Identity(Match.matchRepoDigestOrExact, Optional.empty(), Optional.empty());
    }

    /// The words of the file.
    enum Match {
        matchExact,
        matchRepoDigestOrExact,
        matchRepository,
        exactReference,
        exactRepository,
        remapIdentity
    }
}
