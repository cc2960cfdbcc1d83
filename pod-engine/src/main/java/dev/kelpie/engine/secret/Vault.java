package dev.kelpie.engine.secret;

import dev.kelpie.engine.fault.SecretException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The contents of secrets on disk: a file for each id in a directory of mode 0700, encrypted with
/// AES-256-GCM under the vault's key. The id is authenticated with the content, so that no file can
/// stand in for another. A file is whole or not there.
public final class Vault {

    /// The field's limit: a secret is smaller than this, in bytes.
    public static final int LIMIT = 512_000;

    private static final byte[] FORM = "kelpie-secret-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final Path directory;
    private final VaultKey keys;
    private final ReentrantLock lock = new ReentrantLock();
    private byte @Nullable [] key;

    public Vault(Path directory, Credentials credentials) {
        this.directory = directory;
        this.keys = new VaultKey(directory, credentials);
    }

    /// Where the files lie.
    public Path directory() {
        return directory;
    }

    /// Throws unless that much can be a secret.
    public static void requireSize(byte[] content) {
        if (content.length == 0 || content.length >= LIMIT) {
            throw new SecretException(
                    "secret data must be larger than 0 and less than "
                            + LIMIT
                            + " bytes, were "
                            + content.length);
        }
    }

    /// Stores the content under an id that is new.
    public void put(String id, byte[] content) throws InterruptedException {
        requireSize(content);
        var temporary = directory.resolve(".new-" + id);
        try {
            makeDirectory();
            var nonce = VaultKey.random(NONCE);
            var cipher = cipher(Cipher.ENCRYPT_MODE, key(true), nonce, id);
            var sealed = cipher.doFinal(content);
            VaultKey.writePrivate(temporary, joined(nonce, sealed));
            Files.move(temporary, directory.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            VaultKey.syncDirectory(directory);
        } catch (IOException | GeneralSecurityException e) {
            throw new SecretException("cannot store a secret: " + e.getMessage(), e);
        }
    }

    private void makeDirectory() throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /// The content; throws when it is not what was stored.
    ///
    /// @param name for the message
    public byte[] get(String id, String name) throws InterruptedException {
        var file = directory.resolve(id);
        try {
            if (Files.isSymbolicLink(file)
                    || Files.size(file) > LIMIT + FORM.length + NONCE + TAG) {
                throw unreadable(name, file, "it is not the file that was stored");
            }
            var bytes = Files.readAllBytes(file);
            var from = FORM.length + NONCE;
            if (bytes.length < from + TAG
                    || !Arrays.equals(bytes, 0, FORM.length, FORM, 0, FORM.length)) {
                throw unreadable(name, file, "it is not the file that was stored");
            }
            var nonce = Arrays.copyOfRange(bytes, FORM.length, from);
            return cipher(Cipher.DECRYPT_MODE, key(false), nonce, id)
                    .doFinal(bytes, from, bytes.length - from);
        } catch (IOException e) {
            throw new SecretException("cannot read secret \"" + name + "\" from '" + file + "'", e);
        } catch (GeneralSecurityException e) {
            throw unreadable(name, file, "it was changed, or was made with another key");
        }
    }

    private static SecretException unreadable(String name, Path file, String why) {
        return new SecretException(
                "cannot decrypt secret \"" + name + "\" in '" + file + "': " + why);
    }

    /// Forgets the content; a missing one is no error.
    public void delete(String id) {
        try {
            Files.deleteIfExists(directory.resolve(id));
        } catch (IOException e) {
            throw new SecretException("cannot delete a secret: " + e.getMessage(), e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String id)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(FORM);
        cipher.updateAAD(id.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static byte[] joined(byte[] nonce, byte[] sealed) {
        var all = Arrays.copyOf(FORM, FORM.length + nonce.length + sealed.length);
        System.arraycopy(nonce, 0, all, FORM.length, nonce.length);
        System.arraycopy(sealed, 0, all, FORM.length + nonce.length, sealed.length);
        return all;
    }

    /// The key is read again each time it is not known, so that one put right is seen at once.
    private byte[] key(boolean make) throws InterruptedException, IOException {
        lock.lockInterruptibly();
        try {
            var known = key;
            if (known == null) {
                var found = keys.read();
                if (found.isEmpty() && (!make || holdsSecrets())) {
                    throw new SecretException(
                            "the key of the secrets in '"
                                    + directory
                                    + "' is gone: put it back, or remove the secrets");
                }
                known = found.isPresent() ? found.get() : keys.make();
                key = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private boolean holdsSecrets() throws IOException {
        try (var files = Files.list(directory)) {
            return files.anyMatch(file ->
                    Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && isId(String.valueOf(file.getFileName())));
        }
    }

    /// Whether a file name is that of a secret: what else lies there is the key's.
    public static boolean isId(String name) {
        return name.matches("[0-9a-f]{25}");
    }
}
