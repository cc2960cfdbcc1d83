package dev.kelpie.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.SecretException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdCredentialsTest {

    @TempDir Path directory;

    @Test
    void leavesTheKeyToAFileWhereSystemdDoesNotRun() throws InterruptedException {
        var credentials = new SystemdCredentials(directory.resolve("not-there"));
        assertThat(credentials.seal("text")).isEmpty();
    }

    @Test
    void saysWhyItCannotUnseal() {
        var credentials = new SystemdCredentials(directory);
        assertThatThrownBy(() -> credentials.unseal("bm8gY3JlZGVudGlhbA=="))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("systemd-creds");
    }
}
