package dev.kelpie.image.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where signatures of OpenPGP are found and what verifies them.
///
/// @param directories registries.d; the first one that exists counts (containers-registries.d(5))
/// @param usual where they are when no file names another place
public record SignatureSettings(List<Path> directories, Optional<Path> usual, OpenPgp verifier) {

    public static final SignatureSettings NONE =
            new SignatureSettings(List.of(), Optional.empty(), OpenPgp.NONE);

    public SignatureSettings {
        directories = List.copyOf(directories);
    }

    SignatureSettings withVerifier(OpenPgp other) {
        return new SignatureSettings(directories, usual, other);
    }
}
