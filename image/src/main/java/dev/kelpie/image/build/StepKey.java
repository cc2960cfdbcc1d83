package dev.kelpie.image.build;

import dev.kelpie.image.spec.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// What a step depends on, in one digest: the same means that the step need not be done again.
final class StepKey {

    private final MessageDigest hash = Digest.sha256();

    /// @param chain the layers below
    StepKey(String chain) {
        add("1").add(chain);
    }

    StepKey add(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        hash.update(bytes);
        return this;
    }

    StepKey add(byte[] bytes) {
        return add(Digest.of(bytes).toString());
    }

    StepKey addAll(Iterable<String> texts) {
        var count = 0;
        for (var text : texts) {
            add(text);
            count++;
        }
        return add("#" + count);
    }

    Digest digest() {
        return Digest.from(hash);
    }
}
