package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.spec.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {

    @TempDir Path temp;

    @Test
    void readsChallengesInAnyOrder() {
        var challenges =
                Challenge.parse(
                        List.of(
                                "Basic realm=\"x, y\", Bearer scope=\"a:b:pull,push\" , realm=\"https://t.test/a\\\"b\"",
                                "Negotiate"));
        assertThat(challenges)
                .extracting(Challenge::scheme)
                .containsExactly("basic", "bearer", "negotiate");
        assertThat(challenges.get(1).get("realm")).contains("https://t.test/a\"b");
        assertThat(challenges.get(1).get("scope")).contains("a:b:pull,push");
    }

    @Test
    void survivesNonsenseInChallenges() {
        for (var header : List.of("", "=", "\"", "Bearer realm=\"", ",,, = \"a\" b", "\\\"\\")) {
            assertThat(Challenge.parse(List.of(header))).isNotNull();
        }
    }

    @Test
    void takesTheLongestMatchOfAnAuthFile() throws IOException {
        var file = temp.resolve("auth.json");
        // a:1, b:2, c:3
        Files.writeString(
                file,
                """
                {"auths":{"r.test":{"auth":"YTox"},"r.test/team":{"auth":"Yjoy"},
                          "https://old.test/v1/":{"auth":"Yzoz"},"t.test":{"identitytoken":"tok"},"empty.test":{}}}\
                """);
        assertThat(find(file, "r.test/other/x")).contains(new Credentials.Password("a", "1"));
        assertThat(find(file, "r.test/team/x")).contains(new Credentials.Password("b", "2"));
        assertThat(find(file, "old.test/x")).contains(new Credentials.Password("c", "3"));
        assertThat(find(file, "t.test/x")).contains(new Credentials.IdentityToken("tok"));
        assertThat(find(file, "empty.test/x")).isEmpty();
        assertThat(find(file, "none.test/x")).isEmpty();
    }

    private static java.util.Optional<Credentials> find(Path file, String repository) {
        try {
            return new AuthFiles(
                            List.of(file.resolveSibling("missing"), file), CredentialHelpers.NONE)
                    .find(Endpoint.of(repository, false));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void neverQuotesASecret() throws IOException {
        var file = temp.resolve("auth.json");
        Files.writeString(file, "{\"auths\":{\"r.test\":{\"auth\":\"s3cret!\"}}}");
        assertThatThrownBy(() -> find(file, "r.test/x"))
                .isInstanceOf(ImageStoreException.class)
                .message()
                .contains("auths.r.test")
                .doesNotContain("s3cret");
        assertThat(new Credentials.Password("bob", "hidden")).asString().doesNotContain("hidden");
    }

    @Test
    void readsMirrorsAliasesAndDropIns() throws IOException {
        var conf = temp.resolve("registries.conf");
        Files.writeString(
                conf,
                """
                unqualified-search-registries = ["one.test"]
                [aliases]
                "web" = "two.test/team/web"
                [[registry]]
                prefix = "*.wild.test"
                location = "cache.test/wild"
                [[registry]]
                location = "mirrored.test"
                [[registry.mirror]]
                location = "near.test/m"
                insecure = true
                """);
        var dropIns = Files.createDirectory(temp.resolve("conf.d"));
        Files.writeString(
                dropIns.resolve("10.conf"), "unqualified-search-registries = [\"three.test\"]\n");
        var read =
                RegistriesConf.read(
                        new RegistrySettings(
                                List.of(conf), List.of(dropIns), List.of(), List.of()));
        assertThat(read.candidates(ImageReference.parse("web:1")))
                .hasToString("[two.test/team/web:1]");
        assertThat(read.candidates(ImageReference.parse("app"))).hasToString("[three.test/app]");
        assertThat(read.endpoints(ImageReference.parse("mirrored.test/a/b")))
                .containsExactly(
                        new Endpoint("near.test", "m/a/b", true),
                        new Endpoint("mirrored.test", "a/b", false));
        assertThat(read.endpoints(ImageReference.parse("x.wild.test/a")))
                .containsExactly(new Endpoint("cache.test", "wild/a", false));
    }

    @Test
    void namesTheLineOfBrokenToml() throws IOException {
        var conf = temp.resolve("registries.conf");
        Files.writeString(conf, "a = 1\nb = = 2\n");
        var settings = new RegistrySettings(List.of(conf), List.of(), List.of(), List.of());
        assertThatThrownBy(() -> RegistriesConf.read(settings))
                .isInstanceOf(ImageStoreException.class)
                .hasMessageStartingWith("'" + conf + "' line 2 is not valid TOML: ");
    }

    @Test
    void knowsTheUsualPlaces() {
        var settings =
                RegistrySettings.from(
                        Map.of("HOME", "/home/bob", "XDG_RUNTIME_DIR", "/run/user/7"));
        assertThat(settings.authFiles().getFirst())
                .isEqualTo(Path.of("/run/user/7/containers/auth.json"));
        assertThat(settings.registriesConf().getFirst())
                .isEqualTo(Path.of("/home/bob/.config/containers/registries.conf"));
        var given =
                RegistrySettings.from(
                        Map.of("REGISTRY_AUTH_FILE", "/a", "CONTAINERS_REGISTRIES_CONF", "/c"));
        assertThat(given.authFiles()).containsExactly(Path.of("/a"));
        assertThat(given.registriesConf()).containsExactly(Path.of("/c"));
    }
}
