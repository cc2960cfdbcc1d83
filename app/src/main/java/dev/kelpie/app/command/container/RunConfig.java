package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/// The runtime-spec's `config.json` of a container's run: what was settled when it began. Empty
/// while there is no run.
record RunConfig(JsonNode root) {
    private static final ObjectMapper READER = new ObjectMapper();

    static RunConfig of(Path bundle) {
        try {
            return new RunConfig(READER.readTree(bundle.resolve("config.json").toFile()));
        } catch (IOException _) {
            return new RunConfig(MissingNode.getInstance());
        }
    }

    /// @param set `effective` or `bounding`
    List<String> capabilities(String set) {
        return StreamSupport.stream(
                        root.path("process").path("capabilities").path(set).spliterator(), false)
                .map(JsonNode::asText)
                .sorted()
                .toList();
    }

    /// Where its root file system is mounted; empty while there is no run.
    String rootFileSystem() {
        return root.path("root").path("path").asText();
    }

    /// The file that stands for its network namespace; empty where it has the host's.
    String networkNamespace() {
        for (var namespace : root.path("linux").path("namespaces")) {
            if (namespace.path("type").asText().equals("network")) {
                return namespace.path("path").asText();
            }
        }
        return "";
    }

    /// Limits of its processes: `type`, `soft`, `hard`.
    JsonNode limits() {
        return root.path("process").path("rlimits");
    }
}
