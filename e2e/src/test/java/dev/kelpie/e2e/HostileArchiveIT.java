package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Archives whose maker means harm: they are refused, or do none; nothing of them stays.
@OnlyKelpie
class HostileArchiveIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String NAME = "localhost/evil:1";
    private static final String ZEROS = "sha256:" + "0".repeat(64);

    private final Kelpie kelpie = ENGINE.kelpie();
    private final Archives archives = new Archives(kelpie.directory());

    @AfterEach
    void nothingStays() {
        kelpie.run("rmi", "-f", NAME);
        assertThat(Path.of("/tmp/kelpie-escaped")).doesNotExist();
        assertThat(kelpie.directory().resolve("escaped")).doesNotExist();
    }

    private void refuses(Path archive, String... words) {
        assertThat(kelpie.fails(125, "load", "-i", archive.toString())).contains(words);
        assertThat(kelpie.run("image", "exists", NAME).exitCode()).isEqualTo(1);
        assertThat(kelpie.ok("images", "-q").lines()).hasSize(1);
    }

    @Test
    void wrongDiffIdIsALie() {
        var layer = archives.layer("diff", "echo x > x", ".");
        refuses(archives.oci(NAME, layer, Map.of("diffId", ZEROS)), ZEROS);
    }

    @Test
    void missingLayerIsALie() {
        var layer = archives.layer("gone", "echo x > x", ".");
        refuses(archives.oci(NAME, layer, Map.of("layer", ZEROS)), ZEROS);
    }

    @Test
    void changedBlobIsALie() {
        var layer = archives.layer("changed", "echo x > x", ".");
        archives.oci(NAME, layer, Map.of());
        var layout = kelpie.directory().resolve("layout-changed.tar");
        var script =
                "cd %s/blobs/sha256; for f in *; do tar -tf $f >/dev/null 2>&1 && printf y | dd of=$f bs=1 seek=600 conv=notrunc; done; cd ../..; tar -cf ../bad.tar ."
                        .formatted(layout);
        Host.run("sh", "-c", script).expect(0);
        refuses(kelpie.directory().resolve("bad.tar"), "sha256:");
    }

    @Test
    void pathsWithDotsDoNotEscape() {
        var layer =
                archives.layer(
                        "dots",
                        "echo x > x",
                        "-P --transform s,^x$,../../../../../../../../tmp/kelpie-escaped, x");
        loadsHarmlesslyOrNot(layer);
    }

    @Test
    void absoluteLinksDoNotEscape() {
        var target = kelpie.directory().toString();
        var layer =
                archives.layer(
                        "link",
                        "ln -s " + target + " way; mkdir sub; echo x > sub/escaped",
                        "-P --transform s,^sub/escaped$,way/escaped, way sub/escaped");
        loadsHarmlesslyOrNot(layer);
    }

    @Test
    void hardLinksToTheHostDoNotWork() {
        var layer =
                archives.layer(
                        "hard", "echo x > a; ln a b", "-P --transform s,^a$,/etc/hostname,hH b a");
        loadsHarmlesslyOrNot(layer);
    }

    /// Either refusal or an image is right; what counts is that the host is untouched.
    private void loadsHarmlesslyOrNot(Path layer) {
        var before = Host.run("stat", "-c", "%Y %i %h", "/etc/hostname").text();
        var result = kelpie.run("load", "-i", archives.oci(NAME, layer, Map.of()).toString());
        assertThat(result.exitCode()).isIn(0, 125);
        if (result.exitCode() == 0) {
            kelpie.run("create", "--name", "evil", NAME, "sh");
        }
        assertThat(Host.run("stat", "-c", "%Y %i %h", "/etc/hostname").text()).isEqualTo(before);
    }

    @Test
    void noArchivesAreRefused() throws Exception {
        var garbage = kelpie.directory().resolve("garbage");
        Files.write(garbage, new byte[100_000]);
        refuses(garbage, "garbage");
        Files.writeString(garbage, "this is not a tar file at all".repeat(100));
        refuses(garbage, "garbage");
        assertThat(kelpie.fails(125, "load", "-i", "/no/such/archive"))
                .contains("/no/such/archive");
    }

    @Test
    void cutOffArchivesAreRefused() throws Exception {
        var layer = archives.layer("cut", "head -c 300000 /dev/urandom > big", ".");
        var whole = archives.oci(NAME, layer, Map.of());
        var bytes = Files.readAllBytes(whole);
        for (var part : List.of(3, 2)) {
            var cut = kelpie.directory().resolve("cut-" + part + ".tar");
            Files.write(cut, Arrays.copyOf(bytes, bytes.length / part));
            refuses(cut, cut.getFileName().toString());
        }
    }

    @Test
    void deepAndWideJsonIsRefused() {
        var layer = archives.layer("json", "echo x > x", ".");
        archives.oci(NAME, layer, Map.of());
        var layout = kelpie.directory().resolve("layout-json.tar");
        Host.write(layout.resolve("index.json"), "[".repeat(100_000));
        Host.run("tar", "-C", layout.toString(), "-cf", layout + ".bad", ".").expect(0);
        refuses(Path.of(layout + ".bad"), "index.json");
    }
}
