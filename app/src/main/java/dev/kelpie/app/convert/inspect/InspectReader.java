package dev.kelpie.app.convert.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.convert.Import;
import dev.kelpie.app.convert.Line;
import dev.kelpie.app.convert.RunWords;
import dev.kelpie.engine.spec.ShortId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what `podman inspect`, `docker inspect` and `podman pod inspect` print: arrays or objects,
/// one after another.
public final class InspectReader {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final List<JsonNode> containers = new ArrayList<>();
    private final Map<String, JsonNode> pods = new HashMap<>();
    private final List<String> losses = new ArrayList<>();

    private InspectReader() {}

    /// The containers of a text.
    ///
    /// @param from what the text is called in messages
    /// @throws CommandException when it is no such JSON
    public static Import read(String text, String from) {
        return new InspectReader().all(text, from);
    }

    private Import all(String text, String from) {
        try (var parser = JSON.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                sort(JSON.readTree(parser), from);
            }
        } catch (IOException e) {
            throw new CommandException("'" + from + "' is no JSON of inspect: " + firstLine(e));
        }
        if (containers.isEmpty()) {
            throw new CommandException("'" + from + "' holds no container of inspect");
        }
        var lines = new ArrayList<Line>();
        containers.forEach(container -> lines.add(line(container)));
        pods.values().forEach(pod -> infra(pod).ifPresent(lines::add));
        return new Import(lines, List.of(), losses);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void sort(JsonNode node, String from) {
        if (node.isArray()) {
            node.forEach(each -> sort(each, from));
        } else if (node.has("InfraContainerID") || node.has("InfraConfig")) {
            pods.put(node.path("Id").asText(node.path("ID").asText()), node);
        } else if (node.path("Config").isObject() && node.path("HostConfig").isObject()) {
            containers.add(node);
        } else {
            throw new CommandException(
                    "'" + from + "' holds something that is neither container nor pod of inspect");
        }
    }

    private Line line(JsonNode node) {
        var facts = new Facts(node, losses::add);
        var words = new RunWords().add("--name", facts.name());
        boolean infra = node.path("IsInfra").asBoolean();
        var pod = node.path("Pod").asText();
        var config = new ConfigWords(facts, words);
        var host = new HostWords(facts, words);
        if (!infra) {
            config.write();
            host.write();
        } else {
            words.add("--hostname", facts.config().path("Hostname").asText());
        }
        if (infra || pod.isEmpty()) {
            host.network();
        }
        var image = node.path("ImageName").asText(facts.config().path("Image").asText());
        return new Line(
                facts.name(),
                pod.isEmpty() ? Optional.empty() : Optional.of(podName(pod, facts)),
                infra,
                words.of(
                        image.isEmpty() ? node.path("Image").asText() : image,
                        infra ? List.of() : config.command()),
                List.of());
    }

    private String podName(String id, Facts facts) {
        var known = Optional.ofNullable(pods.get(id)).map(pod -> pod.path("Name").asText());
        var said = facts.valuesOf("--pod").stream().findFirst().filter(word -> !word.isEmpty());
        return known.or(() -> said)
                .map(name -> name.startsWith("new:") ? name.substring("new:".length()) : name)
                .orElse("pod-" + ShortId.of(id));
    }

    /// The pod's own connections, where its infra container is not among those that were inspected.
    private Optional<Line> infra(JsonNode pod) {
        var name = pod.path("Name").asText();
        var infra = pod.path("InfraConfig");
        var id = pod.path("Id").asText();
        boolean known =
                containers.stream()
                        .anyMatch(each ->
                                each.path("IsInfra").asBoolean()
                                        && each.path("Pod").asText().equals(id));
        if (known) {
            return Optional.empty();
        }
        var words = new RunWords();
        infra.path("PortBindings")
                .properties()
                .forEach(port ->
                        port.getValue()
                                .forEach(binding ->
                                        words.add(
                                                "--publish",
                                                binding.path("HostPort").asText()
                                                        + ":"
                                                        + port.getKey())));
        var hostname = pod.path("Hostname").asText();
        words.add("--hostname", hostname.equals(name) ? "" : hostname);
        words.add("--dns", Facts.texts(infra.path("DNSServer")));
        words.add("--dns-search", Facts.texts(infra.path("DNSSearch")));
        words.add("--add-host", Facts.texts(infra.path("HostAdd")));
        words.add("--network", infra.path("HostNetwork").asBoolean() ? "host" : "");
        words.add("--label", Facts.map(pod.path("Labels")));
        return Optional.of(
                new Line(
                        name + "-infra",
                        Optional.of(name),
                        true,
                        words.of("none", List.of()),
                        List.of()));
    }
}
