package dev.kelpie.engine.secret;

import java.util.Optional;

/// Something of the host that keeps a small text so that only this host can read it again.
public interface Credentials {

    /// None: the key of the secrets lies in a file that only the owner may read.
    Credentials NONE =
            new Credentials() {
                @Override
                public Optional<String> seal(String text) {
                    return Optional.empty();
                }

                @Override
                public String unseal(String sealed) {
                    throw new dev.kelpie.engine.fault.SecretException(
                            "systemd-creds, which made it, is not used here");
                }
            };

    /// The text in a form that is safe to store; empty where the host cannot do that.
    Optional<String> seal(String text) throws InterruptedException;

    /// The text again; throws `SecretException` with the reason when this host cannot.
    String unseal(String sealed) throws InterruptedException;
}
