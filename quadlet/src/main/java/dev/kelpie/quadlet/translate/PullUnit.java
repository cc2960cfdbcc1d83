package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;

/// `.image` and `.artifact`: services that pull.
final class PullUnit {
    private final Conversion conversion;

    PullUnit(Conversion conversion) {
        this.conversion = conversion;
    }

    void image() {
        var image = required("Image");
        ImageNames.ambiguity(conversion.unit().name().file(), image).ifPresent(conversion::warn);
        var line = conversion.command("image", "pull");
        line.texts("Arch", "--arch", "AuthFile", "--authfile", "CertDir", "--cert-dir");
        line.texts("Creds", "--creds", "DecryptionKey", "--decryption-key", "OS", "--os");
        line.texts("Policy", "--policy", "Variant", "--variant");
        line.texts("Retry", "--retry", "RetryDelay", "--retry-delay");
        line.truths("AllTags", "--all-tags", "TLSVerify", "--tls-verify");
        finish(line, image);
    }

    void artifact() {
        var artifact = required("Artifact");
        var line = conversion.command("artifact", "pull");
        line.texts("AuthFile", "--authfile", "CertDir", "--cert-dir", "Creds", "--creds");
        line.texts("DecryptionKey", "--decryption-key");
        line.texts("Retry", "--retry", "RetryDelay", "--retry-delay");
        line.truths("Quiet", "--quiet", "TLSVerify", "--tls-verify");
        finish(line, artifact);
    }

    private String required(String key) {
        return conversion
                .own()
                .text(key)
                .orElseThrow(() -> new BadKeyException(key, "no " + key + " key specified"));
    }

    private void finish(CommandLine line, String what) {
        conversion.addService("ExecStart", line.podmanArgs().add(what));
        conversion.oneshot(true);
    }
}
