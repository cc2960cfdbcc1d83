package dev.kelpie.engine.host;

import dev.kelpie.image.registry.OpenPgp;
import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The host's gpgv, which trusts the keys that it is given and nothing else: it has no home, no
/// agent and no network.
public final class GpgvProgram implements OpenPgp {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long LARGEST = 1 << 20;

    private static final String PACKAGE = " (Debian's package is gpgv)";

    /// Of util-linux, as mount(8) is.
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

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
            return new Answer(127, "", "", e.getMessage() + PACKAGE);
        }
    }

    private static Answer open(Path folder, byte[] keys, byte[] message)
            throws IOException, InterruptedException {
        var content = folder.resolve("content");
        var argv = new ArrayList<>(bounds());
        argv.addAll(List.of("gpgv", "--homedir", folder.toString(), "--status-fd", "1"));
        argv.addAll(List.of("--keyring", Files.write(folder.resolve("keys"), keys).toString()));
        argv.addAll(List.of("--output", content.toString()));
        argv.add(Files.write(folder.resolve("message"), message).toString());
        var result = Command.of(argv).withTimeout(LONGEST).attempt();
        if (Files.exists(content) && Files.size(content) >= LARGEST) {
            return new Answer(125, "", "", "what is signed is larger than " + LARGEST + " bytes");
        }
        if (result.exit() == 127) {
            return new Answer(127, "", "", result.stderr().strip() + PACKAGE);
        }
        var opened = result.exit() == 0 && Files.exists(content);
        return new Answer(
                result.exit(),
                result.stdout(),
                opened ? Files.readString(content) : "",
                result.stderr());
    }

    /// What is signed may be packed, and a thousand times as large as the message.
    private static List<String> bounds() {
        return Files.isExecutable(PRLIMIT)
                ? List.of(PRLIMIT.toString(), "--fsize=" + LARGEST, "--")
                : List.of();
    }
}
