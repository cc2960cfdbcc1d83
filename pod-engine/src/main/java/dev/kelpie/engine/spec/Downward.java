package dev.kelpie.engine.spec;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a container is told of its own pod (Kubernetes' downward API), as a variable or as a file.
///
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/downward-api/">the downward
///   API</a>
public sealed interface Downward {

    /// A field of the pod, by its Kubernetes path: `metadata.labels['app']`, `status.podIP`.
    record Field(String path) implements Downward {

        /// Its value where the pod's metadata say it; empty for what is known only when it runs.
        public Optional<String> of(Metadata pod) {
            return switch (path) {
                case "metadata.name" -> Optional.of(pod.name());
                case "metadata.namespace" -> Optional.of(pod.namespace());
                case "metadata.labels" -> Optional.of(lines(pod.labels()));
                case "metadata.annotations" -> Optional.of(lines(pod.annotations()));
                default -> subscript(pod);
            };
        }

        private Optional<String> subscript(Metadata pod) {
            for (var kind :
                    Map.of("labels", pod.labels(), "annotations", pod.annotations()).entrySet()) {
                var before = "metadata." + kind.getKey() + "['";
                if (path.startsWith(before) && path.endsWith("']")) {
                    var key = path.substring(before.length(), path.length() - 2);
                    return Optional.of(kind.getValue().getOrDefault(key, ""));
                }
            }
            return Optional.empty();
        }

        /// `key="value"` a line, sorted, as the kubelet writes them.
        private static String lines(Map<String, String> map) {
            var lines = new StringBuilder();
            new TreeMap<>(map)
                    .forEach((key, value) ->
                            lines.append(lines.isEmpty() ? "" : "\n")
                                    .append(key)
                                    .append("=\"")
                                    .append(escaped(value))
                                    .append('"'));
            return lines.toString();
        }

        private static String escaped(String value) {
            return value.replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\n", "\\n")
                    .replace("\t", "\\t")
                    .replace("\r", "\\r");
        }
    }

    /// What a container may use, or is promised: `limits.cpu`, `requests.memory`.
    ///
    /// @param container its short name
    /// @param divisor in thousandths; the value is rounded up
    record Resource(String container, String resource, long divisor) implements Downward {
        public Resource {
            if (divisor <= 0) {
                throw new IllegalArgumentException("a divisor must be positive");
            }
        }

        /// Its value, where the container says so much; a limit that it does not have is the node's
        /// whole.
        ///
        /// @param node what the whole node has
        public String of(Resources resources, Resources.Amounts node) {
            var amounts =
                    resource.startsWith("requests.") ? resources.requests() : resources.limits();
            var other = resource.startsWith("requests.") ? resources.limits() : node;
            var thousandths =
                    switch (resource.substring(resource.indexOf('.') + 1)) {
                        case "cpu" -> amounts.milliCpu().orElse(other.milliCpu().orElse(0));
                        case "memory" ->
                                thousand(amounts.memory().orElse(other.memory().orElse(0)));
                        case String name when name.startsWith("hugepages-") ->
                                thousand(
                                        resources
                                                .hugepages()
                                                .getOrDefault(
                                                        name.substring("hugepages-".length()), 0L));
                        default -> 0;
                    };
            return Long.toString(Math.ceilDiv(thousandths, divisor));
        }

        private static long thousand(long units) {
            return units > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : units * 1000;
        }
    }
}
