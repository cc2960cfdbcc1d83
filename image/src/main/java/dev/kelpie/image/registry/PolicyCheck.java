package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Holds one image against the policy: before anything of it is fetched, and when its digest is
/// known against the signatures that lie beside it in the registry (`sha256-HEX.sig`, as cosign
/// writes them).
final class PolicyCheck {

    private static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String SIGNATURE = "dev.cosignproject.cosign/signature";

    /// Of the payload.
    static final String TYPE = "cosign container image signature";

    private static final int MOST_SIGNATURES = 100;
    private static final int LARGEST_PAYLOAD = 1 << 20;

    private final Optional<Policy> policy;
    private final SignatureSettings settings;
    private final ImageReference name;
    private final List<PolicyRule> rules;

    PolicyCheck(RegistrySettings settings, ImageReference name) {
        this.policy = Policy.read(settings);
        this.settings = settings.signatures();
        this.name = name;
        this.rules = policy.map(found -> found.rules(name)).orElse(List.of());
    }

    /// Throws when no signature could help.
    void before() {
        for (var rule : rules) {
            switch (rule) {
                case PolicyRule.AcceptAnything _,
                        PolicyRule.SigstoreSigned _,
                        PolicyRule.SignedBy _ -> {}
                case PolicyRule.Reject _ -> throw refused("it rejects this name");
                case PolicyRule.Unverifiable(var reason) -> throw refused(reason);
            }
        }
    }

    /// Throws unless each demanded signature is there for one of these digests: the manifest's, or
    /// that of the index that names it.
    void signatures(RegistryClient client, List<Digest> digests)
            throws RegistryFailure, InterruptedException {
        for (var rule : rules) {
            switch (rule) {
                case PolicyRule.SigstoreSigned signed -> demand(client, digests, signed);
                case PolicyRule.SignedBy signed ->
                        new GpgCheck(settings, name)
                                .doubt(digests, signed)
                                .ifPresent(doubt -> {
                                    throw refused(doubt);
                                });
                case PolicyRule.AcceptAnything _,
                        PolicyRule.Reject _,
                        PolicyRule.Unverifiable _ -> {}
            }
        }
    }

    private void demand(
            RegistryClient client, List<Digest> digests, PolicyRule.SigstoreSigned signed)
            throws RegistryFailure, InterruptedException {
        var doubts = new ArrayList<String>();
        for (var digest : digests) {
            if (isSigned(client, digest, signed, doubts)) {
                return;
            }
        }
        throw refused(String.join("; ", doubts));
    }

    private boolean isSigned(
            RegistryClient client,
            Digest digest,
            PolicyRule.SigstoreSigned rule,
            List<String> doubts)
            throws RegistryFailure, InterruptedException {
        RegistryClient.Fetched fetched;
        try {
            fetched = client.manifest("sha256-" + digest.hex() + ".sig", Optional.empty());
        } catch (RegistryFailure e) {
            if (e.status != 404) {
                throw e;
            }
            doubts.add("there is no signature for " + digest);
            return false;
        }
        var manifest = ImageJson.manifest(fetched.bytes, "signatures of " + digest);
        for (var layer : manifest.layers().stream().limit(MOST_SIGNATURES).toList()) {
            if (layer.mediaType().value().equals(PAYLOAD)) {
                var doubt = doubt(client, layer, digest, rule);
                if (doubt.isEmpty()) {
                    return true;
                }
                doubts.add(doubt.get());
            }
        }
        if (doubts.isEmpty()) {
            doubts.add("there is no signature for " + digest);
        }
        return false;
    }

    /// Why a signature is not good enough; nothing when it is.
    private Optional<String> doubt(
            RegistryClient client, Descriptor layer, Digest digest, PolicyRule.SigstoreSigned rule)
            throws RegistryFailure, InterruptedException {
        if (layer.size() > LARGEST_PAYLOAD) {
            return Optional.of("a signature is too large");
        }
        var payload = client.small(layer);
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(layer.annotations().getOrDefault(SIGNATURE, ""));
        } catch (IllegalArgumentException e) {
            return Optional.of("a signature is not base64");
        }
        if (rule.keys().stream().noneMatch(key -> PublicKeys.verifies(key, payload, signature))) {
            return Optional.of("a signature is by none of the policy's keys");
        }
        return new SignedClaim(name).doubt(payload, TYPE, digest, rule.identity());
    }

    private BadImageException refused(String reason) {
        return policy.orElseThrow().refused(reason);
    }
}
