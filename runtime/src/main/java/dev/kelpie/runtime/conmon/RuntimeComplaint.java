package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.oci.RuntimeWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The OCI runtime's own words about a failure, from the log it was told to write. Better than what
/// conmon relays, and there even when conmon says nothing.
final class RuntimeComplaint {

    private static final int MOST_BYTES = 256 * 1024;

    private RuntimeComplaint() {}

    /// The last error in the log.
    static Optional<String> read(Path ociLog) {
        try (var input = Files.newInputStream(ociLog)) {
            var text = new String(input.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return RuntimeWords.lastError(text);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static ContainerStartException failure(String what, String text) {
        return new ContainerStartException(RuntimeWords.reason(text), what + ": " + text);
    }
}
