package dev.kelpie.image.build;

import dev.kelpie.image.Image;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.History;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.store.ConfigJson;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the image of a finished stage.
final class Commit {

    /// Marks an image in the store's index with what it was made of.
    private static final String KEY = "dev.kelpie.build";

    private final Building building;
    private final ResultOptions options;

    Commit(Building building) {
        this.building = building;
        this.options = building.request.result();
    }

    Image image(Stage stage, List<ImageReference> tags) throws IOException, InterruptedException {
        apply(stage);
        squash(stage);
        var store = building.store();
        var key = key(stage);
        var known = store.findByAnnotation(KEY, key);
        var descriptor =
                known.isPresent() ? store.descriptor(known.get()) : Optional.<Descriptor>empty();
        var image = store.add(descriptor.orElseGet(() -> write(stage, key)), tags);
        building.say(new BuildEvent.Committed(image.id(), descriptor.isPresent()));
        tags.forEach(tag -> building.say(new BuildEvent.Tagged(tag.toString())));
        return image;
    }

    private void apply(Stage stage) {
        options.unsetEnv().forEach(stage.config.env::remove);
        new java.util.TreeMap<>(options.env()).forEach(stage.config.env::put);
        new java.util.TreeMap<>(options.labels()).forEach(stage.config.labels::put);
    }

    private void squash(Stage stage) throws IOException, InterruptedException {
        var all = options.squash() == ResultOptions.Squash.ALL;
        var first = all ? 0 : stage.baseLayers;
        if (options.squash() == ResultOptions.Squash.NONE || stage.layers.size() - first < 2) {
            return;
        }
        new LayerMaker(building.store(), building.lease, false)
                .squash(stage, first, building.session(), "squashed layer");
        var seen = false;
        for (var i = stage.history.size() - 1; i >= (all ? 0 : stage.baseHistory); i--) {
            var entry = stage.history.get(i);
            if (!entry.emptyLayer()) {
                stage.history.set(
                        i, new History(entry.created(), entry.createdBy(), entry.comment(), seen));
                seen = true;
            }
        }
    }

    private Manifest manifest(Stage stage, Descriptor config) {
        var annotations = new java.util.TreeMap<>(options.annotations());
        if (!options.docker()) {
            return new Manifest(MediaType.OCI_MANIFEST, config, stage.layers, annotations);
        }
        var layers = stage.layers.stream().map(Commit::asDocker).toList();
        return new Manifest(MediaType.DOCKER_MANIFEST, config, layers, annotations);
    }

    private static Descriptor asDocker(Descriptor layer) {
        var type = layer.mediaType();
        if (type.equals(MediaType.OCI_LAYER_GZIP)) {
            type = MediaType.DOCKER_LAYER_GZIP;
        } else if (type.equals(MediaType.OCI_LAYER)) {
            type = MediaType.DOCKER_LAYER;
        }
        return new Descriptor(
                type, layer.digest(), layer.size(), layer.platform(), layer.annotations());
    }

    private Descriptor write(Stage stage, String key) {
        var store = building.store();
        var json =
                ConfigJson.toBytes(
                        stage.finished(Optional.of(building.now)), stage.json.deepCopy());
        var config = store.putBlob(json, building.lease);
        var types = options.docker() ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG;
        var bytes = ImageJson.toBytes(manifest(stage, Descriptor.of(types, config, json.length)));
        var digest = store.putBlob(bytes, building.lease);
        var type = options.docker() ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST;
        return Descriptor.of(type, digest, bytes.length).withAnnotations(Map.of(KEY, key));
    }

    /// Everything that makes the image but the moment of making, unless that was asked for.
    private String key(Stage stage) {
        var fixed = building.timestamp();
        var timeless = new ArrayList<History>();
        for (var i = 0; i < stage.history.size(); i++) {
            var entry = stage.history.get(i);
            var ours = i >= stage.baseHistory && fixed.isEmpty();
            timeless.add(
                    new History(
                            ours ? Optional.empty() : entry.created(),
                            entry.createdBy(),
                            entry.comment(),
                            entry.emptyLayer()));
        }
        var config = stage.finished(fixed);
        var plain =
                new ImageConfig(
                        config.platform(),
                        config.created(),
                        config.author(),
                        config.config(),
                        config.diffIds(),
                        timeless,
                        config.healthCheck(),
                        config.onBuild());
        var json = stage.json.deepCopy();
        json.remove("created");
        var key = new StepKey("").add(ConfigJson.toBytes(plain, json));
        key.add(Boolean.toString(options.docker()));
        new java.util.TreeMap<>(options.annotations())
                .forEach((name, value) -> key.add(name).add(value));
        return key.digest().toString();
    }
}
