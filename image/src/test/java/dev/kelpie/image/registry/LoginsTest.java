package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.ImageNotFoundException;
import dev.kelpie.image.ImageStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {

    private static final Credentials.Password BOB = new Credentials.Password("bob", "s3cret");

    @TempDir Path temp;
    private final List<String> asked = new ArrayList<>();
    private CredentialHelpers.Answer answer = new CredentialHelpers.Answer(0, "", "");

    @Test
    void keepsCredentialsForTheOwnerOnlyAndNothingElseChanges() throws Exception {
        Files.createDirectory(temp.resolve("new"));
        var file = temp.resolve("new/auth.json");
        Files.writeString(
                file, "{\"auths\":{\"a.test\":{\"auth\":\"YTox\"}},\"detachKeys\":\"ctrl-x\"}");
        logins(file).keep("r.test/team", BOB);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(file).content().contains("ctrl-x", "a.test", "Ym9iOnMzY3JldA==");
        assertThat(temp.resolve("new")).isDirectoryNotContaining("glob:**.*.*.*");
        assertThat(logins(file).user("r.test/team/app")).contains("bob");
        assertThat(logins(file).user("r.test")).isEmpty();
    }

    @Test
    void forgetsOneOrAll() throws Exception {
        var file = temp.resolve("deep/er/auth.json");
        logins(file).keep("r.test", BOB);
        logins(file).keep("s.test", BOB);
        logins(file).forget("r.test");
        assertThat(logins(file).user("r.test")).isEmpty();
        assertThatThrownBy(() -> logins(file).forget("r.test"))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessage("not logged into 'r.test'");
        assertThat(logins(file).forgetAll()).containsExactly("s.test");
        assertThat(logins(file).user("s.test")).isEmpty();
    }

    @Test
    void asksTheHelperThatTheFileNames() throws Exception {
        var file = with("{\"credHelpers\":{\"r.test\":\"safe\"},\"auths\":{\"r.test\":{}}}");
        answer = new CredentialHelpers.Answer(0, "{\"Username\":\"eve\",\"Secret\":\"x\"}", "");
        assertThat(logins(file).user("r.test/app")).contains("eve");
        answer = new CredentialHelpers.Answer(0, "", "");
        logins(file).keep("r.test", BOB);
        logins(file).forget("r.test");
        assertThat(asked)
                .containsExactly(
                        "docker-credential-safe get r.test",
                        "docker-credential-safe store {\"ServerURL\":\"r.test\",\"Username\":\"bob\",\"Secret\":\"s3cret\"}",
                        "docker-credential-safe erase r.test");
        assertThat(file).content().doesNotContain("s3cret");
    }

    @Test
    void aHelperWithoutCredentialsIsNoError() throws Exception {
        var file = with("{\"credsStore\":\"safe\"}");
        answer = new CredentialHelpers.Answer(1, "credentials not found in native keychain\n", "");
        assertThat(logins(file).user("r.test")).isEmpty();
        answer = new CredentialHelpers.Answer(2, "", "vault is locked");
        assertThatThrownBy(() -> logins(file).user("r.test"))
                .hasMessage(
                        "credential helper 'docker-credential-safe get' failed for 'r.test' with 2: vault is locked");
    }

    @Test
    void runsNoProgramThatIsNoHelper() throws Exception {
        for (var name : List.of("../../bin/sh", "a b", "-x", "$(id)")) {
            var file = with("{\"credsStore\":\"" + name + "\"}");
            assertThatThrownBy(() -> logins(file).user("r.test"))
                    .isInstanceOf(ImageStoreException.class)
                    .hasMessageContaining("not the name of a credential helper: '" + name + "'");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void neverQuotesWhatAHelperAnswers() throws Exception {
        var file = with("{\"credsStore\":\"safe\"}");
        answer = new CredentialHelpers.Answer(0, "\"s3cret", "");
        assertThatThrownBy(() -> logins(file).user("r.test"))
                .hasMessage("'docker-credential-safe' did not answer with JSON");
    }

    private Path with(String json) throws IOException {
        return Files.writeString(temp.resolve("auth.json"), json);
    }

    private Logins logins(Path file) {
        return new Logins(
                file,
                (program, word, input) -> {
                    asked.add(program + " " + word + " " + input);
                    return answer;
                });
    }
}
