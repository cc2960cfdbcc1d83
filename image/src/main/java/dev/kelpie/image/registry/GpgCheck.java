package dev.kelpie.image.registry;

import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Looks for a signature of OpenPGP that a rule of the policy is content with.
final class GpgCheck {

    private static final String TYPE = "atomic container signature";
    private static final Pattern GOOD = Pattern.compile("(?m)^\\[GNUPG:\\] GOODSIG ");
    private static final Pattern VALID = Pattern.compile("(?m)^\\[GNUPG:\\] VALIDSIG ");
    private static final Pattern BAD =
            Pattern.compile(
                    "(?m)^\\[GNUPG:\\] (BADSIG|ERRSIG|EXPSIG|EXPKEYSIG|REVKEYSIG|NO_PUBKEY)\\b");

    private final SignatureSettings settings;
    private final ImageReference name;

    GpgCheck(SignatureSettings settings, ImageReference name) {
        this.settings = settings;
        this.name = name;
    }

    /// Why no signature of one of these digests is good enough; nothing when one is.
    Optional<String> doubt(List<Digest> digests, PolicyRule.SignedBy rule)
            throws RegistryFailure, InterruptedException {
        var doubts = new ArrayList<String>();
        var place = Lookaside.of(settings, name);
        for (var digest : digests) {
            var signatures = place.signatures(digest);
            if (signatures.isEmpty()) {
                doubts.add("there is no signature for " + digest + " in '" + place.base() + "'");
            }
            for (var signature : signatures) {
                var doubt = doubt(signature, digest, rule);
                if (doubt.isEmpty()) {
                    return Optional.empty();
                }
                doubts.add(doubt.get());
            }
        }
        return Optional.of(String.join("; ", doubts));
    }

    private Optional<String> doubt(byte[] signature, Digest digest, PolicyRule.SignedBy rule)
            throws InterruptedException {
        var answer = settings.verifier().open(rule.keys().packets(), signature);
        var status = answer.status();
        var bad = BAD.matcher(status);
        if (bad.find()) {
            return Optional.of(
                    switch (bad.group(1)) {
                        case "ERRSIG", "NO_PUBKEY" -> "a signature is by none of the policy's keys";
                        case "EXPSIG" -> "a signature has expired";
                        case "EXPKEYSIG" -> "a signature is by a key that has expired";
                        case "REVKEYSIG" -> "a signature is by a key that was revoked";
                        default -> "a signature is not what was signed";
                    });
        }
        // one signature over all of it, else who knows what of it was signed
        if (answer.exitCode() != 0
                || GOOD.matcher(status).results().count() != 1
                || VALID.matcher(status).results().count() != 1) {
            return Optional.of(
                    "a signature cannot be verified: " + RegistryWords.clean(answer.words()));
        }
        var payload = answer.content().getBytes(StandardCharsets.UTF_8);
        return new SignedClaim(name).doubt(payload, TYPE, digest, rule.identity());
    }
}
