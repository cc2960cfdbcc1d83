package dev.kelpie.image.store;

import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.tar.TarAttributes;
import dev.kelpie.image.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Makes layers, and OCI archives around them that may lie.
public final class LayerLab {

    private static final TarAttributes PLAIN =
            TarAttributes.of(0, 0, 0644, Instant.ofEpochSecond(9));
    private static final TarAttributes DIRECTORY =
            TarAttributes.of(0, 0, 0755, Instant.ofEpochSecond(9));

    /// Writes entries.
    public interface Script {
        void write(TarWriter tar) throws IOException;
    }

    private LayerLab() {}

    public static byte[] tar(Script script) {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarWriter(out)) {
            script.write(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// `name=content` makes a file, `name/` a directory, `a->b` a link, `a=>b` a hard link.
    public static byte[] layer(String... entries) {
        return tar(tar -> {
            for (var entry : entries) {
                write(tar, entry);
            }
        });
    }

    private static void write(TarWriter tar, String entry) throws IOException {
        if (entry.contains("->")) {
            tar.symlink(before(entry, "->"), after(entry, "->"), PLAIN);
        } else if (entry.contains("=>")) {
            tar.hardLink(before(entry, "=>"), after(entry, "=>"), PLAIN);
        } else if (entry.endsWith("/")) {
            tar.directory(entry, DIRECTORY);
        } else {
            file(tar, before(entry, "="), after(entry, "="));
        }
    }

    public static void file(TarWriter tar, String name, String content) throws IOException {
        file(tar, name, content.getBytes(StandardCharsets.UTF_8));
    }

    public static void file(TarWriter tar, String name, byte[] content) throws IOException {
        tar.file(name, PLAIN, content.length, new ByteArrayInputStream(content));
    }

    public static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static String config(List<Digest> diffIds) {
        var ids = new ArrayList<String>();
        diffIds.forEach(id -> ids.add("\"" + id + "\""));
        return """
        {"architecture":"amd64","os":"linux","created":"2024-01-02T03:04:05.6Z",
         "config":{"Cmd":["/hello"],"Env":["A=b"],"Healthcheck":{"Test":["NONE"]}},
         "rootfs":{"type":"layers","diff_ids":[%s]}}\
        """
                .formatted(String.join(",", ids));
    }

    /// A whole archive: blobs named by their digests, then `index.json`.
    public static byte[] ociArchive(String name, byte[]... layers) {
        var diffIds = new ArrayList<Digest>();
        for (var layer : layers) {
            diffIds.add(Digest.of(layer));
        }
        return ociArchive(name, config(diffIds), layers);
    }

    public static byte[] ociArchive(String name, String config, byte[]... layers) {
        return tar(tar -> {
            var json = config.getBytes(StandardCharsets.UTF_8);
            blob(tar, json);
            var descriptors = new ArrayList<String>();
            for (var layer : layers) {
                blob(tar, layer);
                descriptors.add(descriptor("layer.v1.tar", layer, ""));
            }
            var manifest =
                    "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                            .formatted(
                                    descriptor("config.v1+json", json, ""),
                                    String.join(",", descriptors))
                            .getBytes(StandardCharsets.UTF_8);
            blob(tar, manifest);
            file(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
            var annotation =
                    ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"%s\"}"
                            .formatted(name);
            file(
                    tar,
                    "index.json",
                    "{\"schemaVersion\":2,\"manifests\":[%s]}"
                            .formatted(descriptor("manifest.v1+json", manifest, annotation)));
        });
    }

    private static void blob(TarWriter tar, byte[] bytes) throws IOException {
        file(tar, "blobs/sha256/" + Digest.of(bytes).hex(), bytes);
    }

    public static String descriptor(String type, byte[] bytes, String more) {
        return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"%s\",\"size\":%d%s}"
                .formatted(type, Digest.of(bytes), bytes.length, more);
    }

    private static String before(String text, String mark) {
        return text.substring(0, text.indexOf(mark));
    }

    private static String after(String text, String mark) {
        return text.substring(text.indexOf(mark) + mark.length());
    }
}
