package dev.kelpie.image.registry;

import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageJson;
import java.util.Optional;

/// What a signature says (containers-signature(5)), held against the image that is wanted.
///
/// @param name what is pulled
record SignedClaim(ImageReference name) {

    /// Why it is not good enough; nothing when it is.
    Optional<String> doubt(byte[] payload, String type, Digest digest, PolicyRule.Identity wanted) {
        var critical = ImageJson.object(payload, "signed payload").path("critical");
        if (!critical.path("type").asText("").equals(type)) {
            return Optional.of("a signature is not one of an image");
        }
        if (!critical.path("image")
                .path("docker-manifest-digest")
                .asText("")
                .equals(digest.toString())) {
            return Optional.of("a signature is for another image");
        }
        var about = critical.path("identity").path("docker-reference").asText("");
        return isAbout(about, type.equals(PolicyCheck.TYPE), wanted)
                ? Optional.empty()
                : Optional.of("a signature is about '" + RegistryWords.clean(about) + "'");
    }

    /// @param tagless whether a name without a tag is about all tags: cosign signs no others
    private boolean isAbout(String about, boolean tagless, PolicyRule.Identity identity) {
        ImageReference signed;
        try {
            signed = ImageReference.parse(about);
        } catch (IllegalArgumentException e) {
            return false;
        }
        var sameRepository = signed.repository().equals(name.repository());
        var given = identity.reference().orElse("");
        return switch (identity.match()) {
            case matchExact -> signed.equals(name);
            case matchRepoDigestOrExact -> sameRepository && isSameTag(signed, tagless);
            case matchRepository -> sameRepository;
            case exactReference -> signed.toString().equals(given);
            case exactRepository -> signed.repository().equals(given);
            case remapIdentity ->
                    isRemapped(signed, given, identity.signedPrefix().orElse(""))
                            && isSameTag(signed, tagless);
        };
    }

    private boolean isSameTag(ImageReference signed, boolean tagless) {
        return name.digest().isPresent()
                || (tagless && signed.tag().isEmpty())
                || (signed.tag().isPresent() && signed.tag().equals(name.tag()));
    }

    private boolean isRemapped(ImageReference signed, String prefix, String signedPrefix) {
        var ours = name.repository();
        var below = ours.equals(prefix) || ours.startsWith(prefix + "/");
        var expected = below ? signedPrefix + ours.substring(prefix.length()) : ours;
        return signed.repository().equals(expected);
    }
}
