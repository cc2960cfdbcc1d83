package dev.kelpie.engine.cdi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// Reads the text of one spec file; what it does not know it does not let pass.
final class SpecReader {
    /// Those of a host with many devices have tens of kilobytes.
    static final int MOST_BYTES = 4 << 20;

    private static final int DEEPEST = 32;
    private static final Pattern VERSION = Pattern.compile("v?(0\\.[1-8]|1\\.[01])\\.\\d{1,4}");

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            com.fasterxml.jackson.core.JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private SpecReader() {}

    /// @throws CdiException that tells everything wrong with it
    static CdiSpec read(Path file, String text) {
        var problems = new ArrayList<String>();
        var spec = spec(file, SpecTree.root(tree(file, text), problems), problems);
        if (!problems.isEmpty()) {
            throw new CdiException(file + ": " + String.join("; ", problems));
        }
        return spec;
    }

    private static JsonNode tree(Path file, String text) {
        try {
            return file.toString().endsWith(".json")
                    ? JSON.readTree(text)
                    : JSON.valueToTree(yaml().load(text));
        } catch (JsonProcessingException e) {
            throw new CdiException(file + ": " + e.getOriginalMessage());
        } catch (YAMLException | IllegalArgumentException e) {
            throw new CdiException(file + ": " + firstLine(e));
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("is no YAML");
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(MOST_BYTES);
        return new Yaml(new SafeConstructor(options));
    }

    private static CdiSpec spec(Path file, SpecTree root, List<String> problems) {
        root.allow("cdiVersion", "kind", "annotations", "devices", "containerEdits");
        var version = root.required("cdiVersion");
        if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
            root.problem("cdiVersion", "must be 0.3.0 to 1.1.0, was '" + version + "'");
        }
        var kind = root.required("kind");
        if (!kind.isEmpty() && !CdiNames.isKind(kind)) {
            root.problem("kind", "must be as vendor.com/class, was '" + kind + "'");
        }
        annotations(root);
        var devices = root.objects("devices").stream().map(SpecReader::device).toList();
        if (devices.isEmpty() && problems.isEmpty()) {
            root.problem("devices", "must name one device at least");
        }
        unique(root, devices);
        var edits =
                root.object("containerEdits").map(EditsReader::read).orElse(ContainerEdits.NONE);
        return new CdiSpec(file, kind, devices, edits);
    }

    private static CdiSpec.Device device(SpecTree node) {
        node.allow("name", "annotations", "containerEdits");
        var name = node.required("name");
        if (!name.isEmpty() && !CdiNames.isDevice(name)) {
            node.problem("name", "must be letters, digits and -_.: , was '" + name + "'");
        }
        annotations(node);
        var edits = node.object("containerEdits").map(EditsReader::read);
        if (edits.isEmpty() || edits.get().equals(ContainerEdits.NONE)) {
            node.problem("containerEdits", "must not be empty");
        }
        return new CdiSpec.Device(name, edits.orElse(ContainerEdits.NONE));
    }

    /// They say something about devices to people, nothing to us.
    private static void annotations(SpecTree node) {
        var _ = node.object("annotations");
    }

    private static void unique(SpecTree root, List<CdiSpec.Device> devices) {
        var seen = new HashSet<String>();
        for (var device : devices) {
            if (!device.name().isEmpty() && !seen.add(device.name())) {
                root.problem("devices", "two are called '" + device.name() + "'");
            }
        }
    }
}
