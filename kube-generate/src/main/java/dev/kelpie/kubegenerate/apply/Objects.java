package dev.kelpie.kubegenerate.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/// The objects of a text, in the order in which a cluster has to get them.
public final class Objects {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final List<String> FIRST =
            List.of(
                    "Namespace",
                    "CustomResourceDefinition",
                    "ServiceAccount",
                    "ClusterRole",
                    "Role",
                    "ClusterRoleBinding",
                    "RoleBinding",
                    "StorageClass",
                    "PersistentVolume",
                    "PersistentVolumeClaim",
                    "Secret",
                    "ConfigMap",
                    "Service");

    private final List<GenericKubernetesResource> all;

    private Objects(List<GenericKubernetesResource> all) {
        this.all = List.copyOf(all);
    }

    /// Those of a text.
    ///
    /// @param from what the text is called in messages
    /// @throws ApplyException when it is no text of objects
    public static Objects parse(String text, String from) {
        var found = new ArrayList<GenericKubernetesResource>();
        try {
            int number = 0;
            var budget = new Budget();
            for (var document : yaml().loadAll(text)) {
                number++;
                if (document != null) {
                    var name = from + " (document " + number + ")";
                    budget.spend(document, name);
                    add(document, name, found);
                }
            }
        } catch (YAMLException e) {
            throw new ApplyException("'" + from + "' is no YAML: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new ApplyException("'" + from + "' holds no object: nothing to apply");
        }
        return sorted(found);
    }

    /// Those of several texts.
    public static Objects of(List<Objects> texts) {
        var found = new ArrayList<GenericKubernetesResource>();
        texts.forEach(text -> found.addAll(text.all));
        return sorted(found);
    }

    private static Objects sorted(List<GenericKubernetesResource> found) {
        found.sort(Comparator.comparingInt(each -> rank(each.getKind())));
        return new Objects(found);
    }

    private static Yaml yaml() {
        var limits = limits();
        var dumper = new DumperOptions();
        return new Yaml(
                new SafeConstructor(limits),
                new Representer(dumper),
                dumper,
                limits,
                new Scalars());
    }

    private static LoaderOptions limits() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(16 << 20);
        return options;
    }

    private static int rank(String kind) {
        int rank = FIRST.indexOf(kind);
        return rank < 0 ? FIRST.size() : rank;
    }

    private static void add(Object document, String from, List<GenericKubernetesResource> found) {
        if (!(document instanceof Map<?, ?> map)) {
            throw new ApplyException(from + ": an object was expected");
        }
        if (String.valueOf(map.get("kind")).equals("List")
                && map.get("items") instanceof List<?> items) {
            items.forEach(item -> add(item, from, found));
            return;
        }
        for (var key : List.of("apiVersion", "kind", "metadata")) {
            if (map.get(key) == null) {
                throw new ApplyException(from + ": " + key + ": required, but missing");
            }
        }
        try {
            var object = JSON.convertValue(map, GenericKubernetesResource.class);
            if (object.getMetadata().getName() == null) {
                throw new ApplyException(from + ": metadata.name: required, but missing");
            }
            found.add(withoutWhatServersSay(object));
        } catch (IllegalArgumentException e) {
            throw new ApplyException(from + ": " + e.getMessage(), e);
        }
    }

    private static GenericKubernetesResource withoutWhatServersSay(GenericKubernetesResource it) {
        it.getMetadata().setManagedFields(null);
        it.getMetadata().setResourceVersion(null);
        it.getMetadata().setUid(null);
        it.getMetadata().setGeneration(null);
        it.getMetadata().setCreationTimestamp(null);
        it.getAdditionalProperties().remove("status");
        return it;
    }

    List<GenericKubernetesResource> all() {
        return all;
    }

    public int size() {
        return all.size();
    }

    /// The images that their containers run, each once.
    public List<String> images() {
        var images = new TreeSet<String>();
        all.forEach(each -> images(each.getAdditionalProperties(), images));
        return List.copyOf(images);
    }

    private static void images(Object value, Set<String> images) {
        if (value instanceof Map<?, ?> map) {
            for (var key : List.of("initContainers", "containers")) {
                if (map.get(key) instanceof List<?> containers) {
                    containers.forEach(each -> image(each).ifPresent(images::add));
                }
            }
            map.values().forEach(each -> images(each, images));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> images(each, images));
        }
    }

    private static Optional<String> image(Object container) {
        return container instanceof Map<?, ?> map && map.get("image") instanceof String image
                ? Optional.of(image)
                : Optional.empty();
    }
}
