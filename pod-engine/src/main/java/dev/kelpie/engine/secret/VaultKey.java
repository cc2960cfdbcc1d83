package dev.kelpie.engine.secret;

import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// The key of all secrets of one engine root, 32 random bytes: in `key`, mode 0600, or sealed by
/// the host in `key.systemd-creds`. Whichever is there counts.
final class VaultKey {

    static final int BYTES = 32;
    static final String FILE = "key";
    static final String SEALED = "key.systemd-creds";

    private static final int MOST_SEALED = 1 << 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final Credentials credentials;

    VaultKey(Path directory, Credentials credentials) {
        this.directory = directory;
        this.credentials = credentials;
    }

    /// The key that is there; throws when what is there is not as we left it.
    Optional<byte[]> read() throws InterruptedException {
        var file = directory.resolve(FILE);
        var sealed = directory.resolve(SEALED);
        try {
            if (Files.exists(sealed, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(unsealed(sealed));
            }
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            requirePrivate(file);
            if (Files.size(file) != BYTES) {
                throw refused(file, "has " + Files.size(file) + " bytes, must have " + BYTES);
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SecretException("cannot read the key of the secrets: " + e.getMessage(), e);
        }
    }

    private byte[] unsealed(Path sealed) throws IOException, InterruptedException {
        requirePrivate(sealed);
        if (Files.size(sealed) > MOST_SEALED) {
            throw refused(sealed, "is longer than any such key");
        }
        try {
            var key = Base64.getDecoder().decode(credentials.unseal(Files.readString(sealed)));
            if (key.length == BYTES) {
                return key;
            }
            throw refused(sealed, "holds " + key.length + " bytes, must hold " + BYTES);
        } catch (IllegalArgumentException e) {
            throw refused(sealed, "holds no key");
        } catch (SecretException e) {
            throw new SecretException(
                    "cannot unseal the key of the secrets '" + sealed + "': " + e.getMessage(), e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        var mode = number(file, "unix:mode");
        if ((mode & 0170000) != 0100000) {
            throw refused(file, "must be a regular file");
        }
        if ((mode & 0777) != 0600) {
            throw refused(file, "has mode %04o, must have 0600".formatted(mode & 0777));
        }
        var owner = number(file, "unix:uid");
        var me = UserNamespace.userId();
        if (owner != me) {
            throw refused(file, "belongs to user " + owner + ", must to " + me);
        }
    }

    private static int number(Path file, String attribute) throws IOException {
        var value = Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS);
        return value instanceof Integer number ? number : -1;
    }

    private static SecretException refused(Path file, String why) {
        return new SecretException("the key of the secrets '" + file + "' " + why);
    }

    /// A new key; whoever was first with one wins.
    byte[] make() throws InterruptedException {
        var key = new byte[BYTES];
        RANDOM.nextBytes(key);
        var sealed = credentials.seal(Base64.getEncoder().encodeToString(key));
        try {
            if (sealed.isPresent()) {
                place(sealed.get().getBytes(StandardCharsets.US_ASCII), directory.resolve(SEALED));
            } else {
                place(key, directory.resolve(FILE));
            }
        } catch (IOException e) {
            throw new SecretException("cannot write the key of the secrets: " + e.getMessage(), e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        return read().orElseThrow(() -> new SecretException("the key of the secrets vanished"));
    }

    /// Whole or not at all, on the disk, and never over another.
    private static void place(byte[] bytes, Path target) throws IOException {
        var temporary = target.resolveSibling(".new-" + HexFormat.of().formatHex(random(8)));
        writePrivate(temporary, bytes);
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException _) {
            // somebody was faster, theirs is as good
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncDirectory(target.resolveSibling("."));
    }

    static byte[] random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    /// A new file of mode 0600, synced.
    static void writePrivate(Path file, byte[] bytes) throws IOException {
        var onlyUs = PosixFilePermissions.fromString("rw-------");
        try (var channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(onlyUs))) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(file, onlyUs);
    }

    static void syncDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
