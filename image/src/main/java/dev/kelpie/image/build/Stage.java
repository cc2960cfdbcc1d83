package dev.kelpie.image.build;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.image.spec.ContainerConfig;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.HealthCheck;
import dev.kelpie.image.spec.History;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ImageJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stage while it is being built: the layers so far, the configuration so far.
final class Stage {

    final ObjectNode json;
    final ConfigDraft config;
    final List<Descriptor> layers = new ArrayList<>();
    final List<Digest> diffIds = new ArrayList<>();
    final List<History> history = new ArrayList<>();
    final Map<String, String> arguments = new HashMap<>();
    final Platform platform;
    Optional<String> author = Optional.empty();
    Optional<HealthCheck> healthCheck = Optional.empty();
    final List<String> onBuild = new ArrayList<>();

    /// ONBUILD instructions of what the stage stands on.
    List<String> baseTriggers = List.of();

    /// How many of the layers and of the history come from the image that the build began with.
    int baseLayers;

    int baseHistory;

    private Stage(ObjectNode json, ContainerConfig config, Platform platform) {
        this.json = json;
        this.config = new ConfigDraft(config);
        this.platform = platform;
    }

    /// `FROM scratch`.
    static Stage empty(Platform platform) {
        return new Stage(ImageJson.newObject(), ContainerConfig.EMPTY, platform);
    }

    /// On top of an image; fields of its configuration that we do not know live on.
    static Stage on(dev.kelpie.image.Image base, ObjectNode json) {
        var stage = new Stage(json, base.config().config(), base.config().platform());
        base.manifest().layers().forEach(layer -> stage.layers.add(asOci(layer)));
        stage.diffIds.addAll(base.config().diffIds());
        stage.history.addAll(base.config().history());
        stage.author = base.config().author();
        stage.healthCheck = base.config().healthCheck();
        stage.baseTriggers = base.config().onBuild();
        stage.baseLayers = stage.layers.size();
        stage.baseHistory = stage.history.size();
        return stage;
    }

    /// On top of another stage.
    static Stage on(Stage base) {
        var stage = new Stage(base.json.deepCopy(), base.config.finished(), base.platform);
        stage.layers.addAll(base.layers);
        stage.diffIds.addAll(base.diffIds);
        stage.history.addAll(base.history);
        stage.author = base.author;
        stage.healthCheck = base.healthCheck;
        stage.baseTriggers = List.copyOf(base.onBuild);
        stage.baseLayers = base.baseLayers;
        stage.baseHistory = base.baseHistory;
        return stage;
    }

    /// What `$NAME` stands for here: ENV wins over ARG.
    @Nullable String variable(String name) {
        var value = config.env.get(name);
        return value != null ? value : arguments.get(name);
    }

    /// What the layers so far are called together; empty without one.
    String chain() {
        return diffIds.isEmpty() ? "" : ImageConfig.chainIds(diffIds).getLast().toString();
    }

    void add(Descriptor layer, Digest diffId) {
        layers.add(layer);
        diffIds.add(diffId);
    }

    ImageConfig finished(Optional<java.time.Instant> created) {
        return new ImageConfig(
                platform,
                created,
                author,
                config.finished(),
                diffIds,
                history,
                healthCheck,
                onBuild);
    }

    /// An OCI manifest must not list layers by Docker's names.
    private static Descriptor asOci(Descriptor layer) {
        var type = layer.mediaType();
        if (type.equals(MediaType.DOCKER_LAYER_GZIP)) {
            type = MediaType.OCI_LAYER_GZIP;
        } else if (type.equals(MediaType.DOCKER_LAYER)) {
            type = MediaType.OCI_LAYER;
        }
        return new Descriptor(
                type, layer.digest(), layer.size(), layer.platform(), layer.annotations());
    }
}
