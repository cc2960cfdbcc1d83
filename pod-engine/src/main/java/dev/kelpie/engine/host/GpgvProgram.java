package dev.kelpie.engine.host;

import dev.kelpie.image.registry.OpenPgp;
import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The host's gpgv, which trusts the keys that it is given and nothing else: it has no home, no
/// agent and no network.
public final class GpgvProgram implements OpenPgp {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Override
    public Answer open(byte[] keys, byte[] message) throws InterruptedException {
        try {
            var folder = Files.createTempDirectory("kelpie-gpgv-");
            try {
                return open(folder, keys, message);
            } finally {
                for (var name : List.of("keys", "message", "content")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            return new Answer(127, "", "", "no place for its files: " + e.getMessage());
        } catch (HostException e) {
            return new Answer(127, "", "", e.getMessage() + " (Debian's package is gpgv)");
        }
    }

    private static Answer open(Path folder, byte[] keys, byte[] message)
            throws IOException, InterruptedException {
        var content = folder.resolve("content");
        var result =
                Command.of(
                                List.of(
                                        "gpgv",
                                        "--homedir",
                                        folder.toString(),
                                        "--status-fd",
                                        "1",
                                        "--keyring",
                                        Files.write(folder.resolve("keys"), keys).toString(),
                                        "--output",
                                        content.toString(),
                                        Files.write(folder.resolve("message"), message).toString()))
                        .withTimeout(LONGEST)
                        .attempt();
        return new Answer(
                result.exit(),
                result.stdout(),
                Files.exists(content) ? Files.readString(content) : "",
                result.stderr());
    }
}
