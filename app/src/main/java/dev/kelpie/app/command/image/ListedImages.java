package dev.kelpie.app.command.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.engine.Engine;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageSummary;
import dev.kelpie.image.Storage;
import dev.kelpie.image.spec.Digest;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The JSON of `images`: with what each image shares with others and who uses it.
final class ListedImages {
    private static final String NONE = "<none>";

    private final Map<Digest, Storage.Share> shares = new HashMap<>();
    private final Map<String, Integer> containers = new HashMap<>();

    ListedImages(Engine engine) {
        for (var share : engine.images().storage().shares()) {
            shares.put(share.image().id(), share);
        }
        for (var container : engine.containers().list()) {
            containers.merge(container.image().id(), 1, Integer::sum);
        }
    }

    List<ObjectNode> json(List<ImageSummary> listed) {
        return listed.stream().map(this::json).toList();
    }

    private ObjectNode json(ImageSummary image) {
        var named = !image.repository().equals(NONE);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("Id", image.id().hex());
        json.put("ParentId", "");
        json.putNull("RepoTags");
        var repoDigests = json.putArray("RepoDigests");
        if (named) {
            repoDigests.add(image.repository() + "@" + image.digest());
        }
        var share = shares.get(image.id());
        json.put("Size", image.size());
        json.put("SharedSize", share == null ? 0 : share.shared());
        json.put("VirtualSize", image.size());
        labels(json, share == null ? Map.of() : labels(share.image()));
        json.put("Containers", containers.getOrDefault(image.id().hex(), 0));
        json.put("Digest", image.digest().toString());
        var names = json.putArray("History");
        var current = json.putArray("Names");
        if (named) {
            names.add(image.repository() + ":" + image.tag());
            current.add(image.repository() + ":" + image.tag());
        }
        json.put("Created", image.created().getEpochSecond());
        json.put("CreatedAt", image.created().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("Repository", image.repository());
        json.put("Tag", image.tag());
        return json;
    }

    private static Map<String, String> labels(Image image) {
        return image.config().config().labels();
    }

    private static void labels(ObjectNode json, Map<String, String> labels) {
        if (labels.isEmpty()) {
            json.putNull("Labels");
        } else {
            labels.forEach(json.putObject("Labels")::put);
        }
    }
}
