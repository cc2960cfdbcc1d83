package dev.kelpie.image.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "web, '', web, ''",
        "team/web:v1, '', team/web, v1",
        "localhost/web, localhost, web, ''",
        "localhost:5000/web:v1, localhost:5000, web, v1",
        "example.test/a/b/c:1.2-rc_3, example.test, a/b/c, 1.2-rc_3",
        "'[::1]:5000/web', '[::1]:5000', web, ''",
    })
    void readsNamesAsTyped(String text, String domain, String path, String tag) {
        var name = ImageReference.parse(text);
        assertThat(name.domain().orElse("")).isEqualTo(domain);
        assertThat(name.path()).isEqualTo(path);
        assertThat(name.tag().orElse("")).isEqualTo(tag);
        assertThat(name).hasToString(text);
    }

    @Test
    void keepsTagAndDigestApart() {
        var name = ImageReference.parse("example.test/web:v1@" + DIGEST);
        assertThat(name.tag()).contains("v1");
        assertThat(name.digest()).contains(Digest.parse(DIGEST));
        assertThat(name.withDigest(Digest.parse(DIGEST))).hasToString("example.test/web@" + DIGEST);
    }

    @Test
    void takesLatestOnlyWhenNothingElseIsSaid() {
        assertThat(ImageReference.parse("web").withDefaultTag()).hasToString("web:latest");
        assertThat(ImageReference.parse("web:v1").withDefaultTag()).hasToString("web:v1");
        assertThat(ImageReference.parse("web@" + DIGEST).withDefaultTag())
                .hasToString("web@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Web",
                "web:",
                "web:a b",
                "/web",
                "web/",
                "a//b",
                "..",
                "a/../b",
                "web@sha256:12",
                "web@md5:x",
                "ex ample.test/web",
                "-web",
                "web:-x",
                "a:b:c/d"
            })
    void refusesWhatIsNoName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessageStartingWith("not a ");
    }
}
