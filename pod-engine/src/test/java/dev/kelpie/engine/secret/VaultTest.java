package dev.kelpie.engine.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    private static final String ID = "0123456789abcdef012345678";
    private static final String OTHER = "1123456789abcdef012345678";
    private static final String CLEAR = "correct horse battery staple";

    @TempDir Path temporary;
    private Path directory;
    private Vault vault;

    @BeforeEach
    void open() {
        directory = temporary.resolve("secrets");
        vault = reopened();
    }

    private Vault reopened() {
        return new Vault(directory, Credentials.NONE);
    }

    private void store() throws InterruptedException {
        vault.put(ID, CLEAR.getBytes(UTF_8));
    }

    @Test
    void givesBackWhatWasStoredAlsoToTheNextService() throws InterruptedException {
        store();
        assertThat(new String(vault.get(ID, "s"), UTF_8)).isEqualTo(CLEAR);
        assertThat(new String(reopened().get(ID, "s"), UTF_8)).isEqualTo(CLEAR);
    }

    @Test
    void leavesNothingInClearAndNothingForOthers() throws Exception {
        store();
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("horse");
                assertThat(mode(file)).isEqualTo("rw-------");
            }
        }
        assertThat(mode(directory)).isEqualTo("rwx------");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void encryptsTheSameContentAnewEachTime() throws Exception {
        store();
        vault.put(OTHER, CLEAR.getBytes(UTF_8));
        assertThat(Files.readAllBytes(directory.resolve(ID)))
                .isNotEqualTo(Files.readAllBytes(directory.resolve(OTHER)));
    }

    @Test
    void refusesAnyChangedByteWithoutSayingAnything() throws Exception {
        store();
        var file = directory.resolve(ID);
        var good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += 7) {
            var bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(() -> reopened().get(ID, "s"))
                    .isInstanceOf(SecretException.class)
                    .hasMessageStartingWith("cannot decrypt secret \"s\"")
                    .hasMessageNotContaining("horse");
        }
    }

    @Test
    void refusesAFileThatWasCutOff() throws Exception {
        store();
        Files.write(directory.resolve(ID), new byte[5]);
        assertThatThrownBy(() -> vault.get(ID, "s"))
                .hasMessageStartingWith("cannot decrypt secret");
    }

    @Test
    void refusesTheFileOfAnotherSecret() throws Exception {
        store();
        Files.copy(directory.resolve(ID), directory.resolve(OTHER));
        assertThatThrownBy(() -> vault.get(OTHER, "s"))
                .hasMessageContaining("was changed, or was made with another key");
    }

    @Test
    void refusesAKeyThatOthersMayRead() throws Exception {
        store();
        Files.setPosixFilePermissions(
                directory.resolve("key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> reopened().get(ID, "s"))
                .hasMessageContaining("/key' has mode 0644, must have 0600");
    }

    @Test
    void refusesAKeyOfAnotherLength() throws Exception {
        store();
        Files.write(directory.resolve("key"), new byte[31]);
        assertThatThrownBy(() -> reopened().get(ID, "s"))
                .hasMessageContaining("/key' has 31 bytes, must have 32");
        assertThatThrownBy(() -> reopened().put(OTHER, new byte[1])).hasMessageContaining("31");
    }

    @Test
    void refusesAKeyThatIsALink() throws Exception {
        store();
        Files.move(directory.resolve("key"), temporary.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("key"), temporary.resolve("elsewhere"));
        assertThatThrownBy(() -> reopened().get(ID, "s")).hasMessageContaining("a regular file");
    }

    @Test
    void makesNoSecondKeyWhileSecretsNeedTheFirst() throws Exception {
        store();
        Files.delete(directory.resolve("key"));
        assertThatThrownBy(() -> reopened().get(ID, "s")).hasMessageContaining("is gone");
        assertThatThrownBy(() -> reopened().put(OTHER, new byte[1]))
                .hasMessageContaining("is gone");
        assertThat(directory.resolve("key")).doesNotExist();
    }

    @Test
    void limitsTheSize() throws InterruptedException {
        vault.put(ID, new byte[Vault.LIMIT - 1]);
        assertThat(vault.get(ID, "s")).hasSize(Vault.LIMIT - 1);
        assertThatThrownBy(() -> vault.put(OTHER, new byte[Vault.LIMIT]))
                .hasMessageContaining("larger than 0 and less than 512000 bytes");
        assertThatThrownBy(() -> vault.put(OTHER, new byte[0])).hasMessageContaining("were 0");
    }

    /// A host that turns texts around.
    private static final class Turning implements Credentials {
        @Override
        public Optional<String> seal(String text) {
            return Optional.of(new StringBuilder(text).reverse().toString());
        }

        @Override
        public String unseal(String sealed) {
            return new StringBuilder(sealed).reverse().toString();
        }
    }

    @Test
    void leavesTheKeyToTheHostWhereThatCanKeepIt() throws Exception {
        var kept = new Vault(directory, new Turning());
        kept.put(ID, CLEAR.getBytes(UTF_8));
        assertThat(directory.resolve("key")).doesNotExist();
        assertThat(new Vault(directory, new Turning()).get(ID, "s")).hasSize(CLEAR.length());
        assertThatThrownBy(() -> reopened().get(ID, "s"))
                .hasMessageContaining("cannot unseal the key of the secrets");
    }

    @Test
    void refusesASealedKeyThatIsNone() throws Exception {
        new Vault(directory, new Turning()).put(ID, CLEAR.getBytes(UTF_8));
        var short24 = Base64.getEncoder().encodeToString(new byte[24]);
        Files.writeString(
                directory.resolve("key.systemd-creds"),
                new StringBuilder(short24).reverse().toString());
        assertThatThrownBy(() -> new Vault(directory, new Turning()).get(ID, "s"))
                .hasMessageContaining("holds 24 bytes, must hold 32");
    }
}
