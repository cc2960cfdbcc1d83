package dev.kelpie.image.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.image.BadArchiveException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.store.ConfigJson;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What `docker save` writes: `manifest.json` with configurations, names and layer files, but no
/// image manifests, so that we make those.
final class DockerArchive {

    private static final int MOST_IMAGES = 1000;

    private final ArchiveFiles files;
    private final ImageStore store;
    private final Lease lease;

    DockerArchive(ArchiveFiles files, ImageStore store, Lease lease) {
        this.files = files;
        this.store = store;
        this.lease = lease;
    }

    /// The images, but for those whose configuration is in `known`.
    List<ArchivedImage> images(List<Digest> known) {
        var images = new ArrayList<ArchivedImage>();
        for (var entry : entries()) {
            var config = file(entry.path("Config").asText(""), "image configuration");
            if (!known.contains(config.digest())) {
                images.add(image(entry, config));
            }
        }
        return images;
    }

    Map<Digest, List<ImageReference>> namesByConfig() {
        var names = new HashMap<Digest, List<ImageReference>>();
        for (var entry : entries()) {
            names.put(
                    file(entry.path("Config").asText(""), "image configuration").digest(),
                    names(entry));
        }
        return names;
    }

    private JsonNode entries() {
        var json = files.read("manifest.json", ImageJson.LARGEST_MANIFEST);
        if (json.isEmpty()) {
            if (files.get("repositories").isPresent() && files.get("index.json").isEmpty()) {
                throw new BadArchiveException(
                        "it is a docker archive of a form older than 2016, without manifest.json");
            }
            return ImageJson.newObject();
        }
        var entries = ImageJson.value(json.get(), "manifest.json");
        if (entries.isObject()) {
            // of a folder with one image, which is not Docker's
            return ImageJson.newObject();
        }
        if (!entries.isArray() || entries.size() > MOST_IMAGES) {
            throw new BadArchiveException("manifest.json is not a list of images");
        }
        return entries;
    }

    private ArchivedImage image(JsonNode entry, ArchiveFiles.Stored configFile) {
        var names = names(entry);
        var name = entry.path("Config").asText("");
        var what = names.isEmpty() ? "image '" + name + "'" : "image '" + names.getFirst() + "'";
        if (name.matches("[0-9a-f]{64}\\.json") && !name.startsWith(configFile.digest().hex())) {
            throw new BadArchiveException(
                    what + ": configuration '" + name + "' really is " + configFile.digest());
        }
        var config =
                ConfigJson.parse(
                        store.readBlob(configFile.digest(), ImageJson.LARGEST_CONFIG, what),
                        what + ": configuration");
        var layers = new ArrayList<Descriptor>();
        for (var layer : entry.path("Layers")) {
            var file = file(layer.asText(""), what + ": layer");
            layers.add(Descriptor.of(layerType(file.digest()), file.digest(), file.size()));
        }
        var manifest =
                new Manifest(
                        MediaType.OCI_MANIFEST,
                        Descriptor.of(MediaType.OCI_CONFIG, configFile.digest(), configFile.size()),
                        layers,
                        Map.of());
        var bytes = ImageJson.toBytes(manifest);
        var digest = store.putBlob(bytes, lease);
        return new ArchivedImage(
                what,
                Descriptor.of(MediaType.OCI_MANIFEST, digest, bytes.length),
                manifest,
                config,
                names);
    }

    private ArchiveFiles.Stored file(String name, String what) {
        return files.get(name)
                .orElseThrow(() -> new BadArchiveException(what + " '" + name + "' is missing"));
    }

    private MediaType layerType(Digest blob) {
        try (var in = store.openBlob(blob)) {
            var magic = in.readNBytes(2);
            if (magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
                return MediaType.OCI_LAYER_GZIP;
            }
            return magic.length == 2 && magic[0] == 0x28 && (magic[1] & 0xff) == 0xb5
                    ? MediaType.OCI_LAYER_ZSTD
                    : MediaType.OCI_LAYER;
        } catch (IOException e) {
            throw new BadArchiveException("layer " + blob + " cannot be read", e);
        }
    }

    private static List<ImageReference> names(JsonNode entry) {
        var names = new ArrayList<ImageReference>();
        for (var tag : entry.path("RepoTags")) {
            names.add(OciArchive.localName(tag.asText("")));
        }
        return names;
    }
}
