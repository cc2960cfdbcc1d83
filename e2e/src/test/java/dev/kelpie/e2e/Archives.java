package dev.kelpie.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// Makes image archives with the host's tar, honest and dishonest ones.
final class Archives {
    private final Path directory;

    Archives(Path directory) {
        this.directory = directory;
    }

    /// A tar of one layer made by a line of shell that runs in an empty directory; `tarFlags` are
    /// those of GNU tar, with the names to put in at the end.
    Path layer(String name, String shell, String tarFlags) {
        var work = directory.resolve(name + ".layer");
        var tar = directory.resolve(name + ".tar");
        var script =
                "set -e; rm -rf %1$s; mkdir -p %1$s; cd %1$s; %2$s; tar -cf %3$s %4$s"
                        .formatted(work, shell, tar, tarFlags);
        Host.run("sh", "-c", script).expect(0);
        return tar;
    }

    /// An OCI archive with one layer, tagged `tag`; `changes` replaces digests in the manifest, so
    /// that it lies.
    Path oci(String tag, Path layer, Map<String, String> changes) {
        var layout = directory.resolve("layout-" + layer.getFileName());
        Trees.delete(layout);
        try {
            Files.createDirectories(layout.resolve("blobs/sha256"));
            var bytes = Files.readAllBytes(layer);
            var layerDigest = blob(layout, bytes);
            var diffId = changes.getOrDefault("diffId", layerDigest);
            var config =
                    """
                    {"architecture":"amd64","os":"linux","config":{"Cmd":["sh"]},
                     "rootfs":{"type":"layers","diff_ids":["%s"]}}\
                    """
                            .formatted(diffId)
                            .getBytes(StandardCharsets.UTF_8);
            var configDigest = blob(layout, config);
            var manifest =
                    manifest(
                            configDigest,
                            config.length,
                            changes.getOrDefault("layer", layerDigest),
                            bytes.length);
            index(layout, tag, manifest);
            var archive = directory.resolve(tag.replaceAll("[/:]", "-") + ".oci.tar");
            Host.run(
                            "tar",
                            "-C",
                            layout.toString(),
                            "-cf",
                            archive.toString(),
                            "oci-layout",
                            "index.json",
                            "blobs")
                    .expect(0);
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] manifest(String config, int configSize, String layer, int layerSize) {
        return """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}\
        """
                .formatted(config, configSize, layer, layerSize)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void index(Path layout, String tag, byte[] manifest) throws IOException {
        var index =
                """
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
                 "digest":"%s","size":%d,"annotations":{"org.opencontainers.image.ref.name":"%s"}}]}\
                """
                        .formatted(blob(layout, manifest), manifest.length, tag);
        Host.write(layout.resolve("index.json"), index);
        Host.write(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    private static String blob(Path layout, byte[] bytes) throws IOException {
        var hex = sha256(bytes);
        Files.write(layout.resolve("blobs/sha256").resolve(hex), bytes);
        return "sha256:" + hex;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
