package dev.kelpie.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.tar.RawTar;
import dev.kelpie.image.tar.TarAttributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerUnpackerTest {

    @TempDir Path temp;
    private final PlainLayerTrees trees = new PlainLayerTrees();

    @Test
    void unpacksFilesDirectoriesAndLinks() throws Exception {
        var top =
                unpack(LayerLab.layer("./", "bin/", "bin/sh=#!", "sh->bin/sh", "bin/ash=>bin/sh"));
        assertThat(top.resolve("bin/ash")).hasContent("#!");
        assertThat(Files.readSymbolicLink(top.resolve("sh"))).hasToString("bin/sh");
        assertThat(Files.getLastModifiedTime(top.resolve("bin")).toInstant())
                .isEqualTo(Instant.ofEpochSecond(9));
    }

    @Test
    void refusesToLeaveTheLayer() {
        for (var name : List.of("../evil", "a/../../evil", "a/b/../../../evil")) {
            assertThatThrownBy(() -> unpack(LayerLab.layer(name + "=x")))
                    .hasMessage("entry '" + name + "': path leaves the layer: '" + name + "'");
        }
        assertThat(temp.resolve("evil")).doesNotExist();
    }

    @Test
    void staysInsideWhenAnEarlierEntryIsALinkOutside() throws Exception {
        var outside = Files.createDirectory(temp.resolve("outside"));
        var top =
                unpack(
                        LayerLab.layer(
                                "a->" + outside, "a/passwd=evil", "b->../../outside", "b/c=evil"));
        assertThat(outside).isEmptyDirectory();
        assertThat(top.resolve(top.getRoot().relativize(outside)).resolve("passwd")).exists();
    }

    @Test
    void hidesWhatWhiteoutsName() throws Exception {
        var top = unpack(LayerLab.layer("etc/", "etc/.wh.gone=", "var/.wh..wh..opq=", "var/new=1"));
        assertThat(top.resolve("etc/.wh.gone")).exists();
        assertThat(top.resolve("var/.wh..wh..opq")).exists();
        assertThat(top.resolve("var/new")).hasContent("1");
    }

    @Test
    void letsALateOpaqueMarkKeepWhatTheLayerHas() throws Exception {
        var top = unpack(LayerLab.layer("var/", "var/mine=1", "var/.wh..wh..opq="));
        assertThat(top.resolve("var/mine")).exists();
    }

    @Test
    void prefersTheEntryOverAWhiteoutOfTheSameName() throws Exception {
        var top = unpack(LayerLab.layer("a=1", ".wh.a=", ".wh.b=", "b=2", "c/", ".wh.c="));
        assertThat(top.resolve("a")).hasContent("1");
        assertThat(top.resolve("b")).hasContent("2");
        assertThat(top.resolve("c/.wh..wh..opq")).exists();
        assertThat(top.resolve(".wh.a")).doesNotExist();
        assertThat(top.resolve(".wh.b")).doesNotExist();
    }

    @Test
    void replacesOneKindByAnother() throws Exception {
        var top = unpack(LayerLab.layer("a/", "a/b=1", "a=file", "c=file", "c/", "c/d=2"));
        assertThat(top.resolve("a")).hasContent("file");
        assertThat(top.resolve("c/d")).hasContent("2");
    }

    @Test
    void linksToFilesOfLayersBelow() throws Exception {
        var lower = unpack(LayerLab.layer("lib/", "lib/so=code"));
        var top = unpack(LayerLab.layer("lib/so.1=>lib/so", "lib/so.2=>lib/so.1"), lower);
        assertThat(top.resolve("lib/so.2")).hasContent("code");
    }

    @Test
    void refusesLinksToNothing() {
        assertThatThrownBy(() -> unpack(LayerLab.layer("a=>nowhere")))
                .hasMessageContaining("'a' is a hard link to 'nowhere', which is in no layer");
    }

    @Test
    void givesPassedDirectoriesWhatTheLayerBelowGaveThem() throws Exception {
        var sticky =
                LayerLab.tar(
                        tar -> tar.directory("tmp", TarAttributes.of(0, 0, 0700, Instant.EPOCH)));
        var top = unpack(LayerLab.layer("tmp/x=1"), unpack(sticky));
        assertThat(Files.getPosixFilePermissions(top.resolve("tmp"))).hasSize(3);
    }

    @Test
    void dropsAttributesThatLayersMustNotSet() throws Exception {
        var xattrs =
                Map.of(
                        "trusted.overlay.opaque", new byte[] {'y'},
                        "user.overlay.opaque", new byte[] {'y'},
                        "security.selinux", new byte[] {'x'},
                        "user.mine", new byte[] {'1'});
        unpack(
                LayerLab.tar(tar ->
                        tar.directory("d", new TarAttributes(7, 8, 0755, Instant.EPOCH, xattrs))));
        assertThat(trees.remarks).containsEntry("d", "7:8 [user.mine]");
    }

    @Test
    void refusesWhiteoutsInDisguise() {
        var device = new RawTar().entry('3', "dev", new byte[0]).end();
        assertThatThrownBy(() -> unpack(device)).hasMessageContaining("device 0:0");
    }

    @Test
    void writesSparseFilesWithTheirHoles() throws Exception {
        var tar =
                new RawTar()
                        .pax("GNU.sparse.size=100000", "GNU.sparse.map=99999,1")
                        .entry('0', "log", new byte[] {'x'})
                        .end();
        assertThat(unpack(tar).resolve("log")).hasSize(100_000);
    }

    @Test
    void refusesFilesThatClaimTooMuch() {
        var tar =
                new RawTar()
                        .pax("GNU.sparse.size=500000000000000", "GNU.sparse.map=0,1")
                        .entry('0', "log", new byte[] {'x'})
                        .end();
        assertThatThrownBy(() -> unpack(tar)).hasMessageContaining("files claim more than");
    }

    @Test
    void refusesTooManyEntries() throws IOException {
        var limits = new UnpackLimits(2, 1 << 20, 1 << 20, 100, 1 << 20);
        var tree = trees.open(Files.createDirectory(temp.resolve("few")));
        var layer = LayerLab.layer("a=", "b=", "c=");
        assertThatThrownBy(() ->
                        new LayerUnpacker(tree, limits).unpack(new ByteArrayInputStream(layer)))
                .hasMessage("has more than 2 entries");
    }

    private Path unpack(byte[] tar, Path... lowers) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(temp, "layer");
        try (var tree = trees.open(directory)) {
            var unpacker = new LayerUnpacker(tree, UnpackLimits.DEFAULT);
            unpacker.unpack(new ByteArrayInputStream(tar));
            unpacker.settle(List.of(lowers));
        }
        return directory;
    }
}
