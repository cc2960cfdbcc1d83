package dev.kelpie.engine.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kelpie.image.registry.OpenPgp;
import dev.kelpie.runtime.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpgvProgramIT {

    @TempDir Path temp;

    @BeforeEach
    void makeKey() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gpg")), "gpg is not installed");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gpgv")), "gpgv is not installed");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwx------"));
        gpg("--passphrase", "", "--quick-gen-key", "a@test", "rsa2048", "sign");
        gpg("--output", "keys", "--export");
    }

    @AfterEach
    void endAgent() throws Exception {
        Command.of(List.of("gpgconf", "--homedir", temp.toString(), "--kill", "all")).attempt();
    }

    @Test
    void opensWhatIsSigned() throws Exception {
        var answer = open("it".getBytes(UTF_8));
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.content()).isEqualTo("it");
    }

    @Test
    void refusesWhatUnpacksToTooMuch() throws Exception {
        var answer = open(new byte[50 << 20]);
        assertThat(answer.exitCode()).isNotZero();
        assertThat(answer.content()).isEmpty();
        assertThat(answer.words()).contains("larger than 1048576 bytes");
    }

    private OpenPgp.Answer open(byte[] content) throws Exception {
        Files.write(temp.resolve("content"), content);
        gpg("--output", "signed", "--sign", "content");
        return new GpgvProgram()
                .open(
                        Files.readAllBytes(temp.resolve("keys")),
                        Files.readAllBytes(temp.resolve("signed")));
    }

    private void gpg(String... words) throws InterruptedException {
        var argv = new ArrayList<>(List.of("gpg", "--batch", "--quiet"));
        argv.addAll(List.of("--homedir", temp.toString()));
        for (var word : words) {
            boolean file = List.of("keys", "signed", "content").contains(word);
            argv.add(file ? temp.resolve(word).toString() : word);
        }
        Command.of(argv).run();
    }
}
