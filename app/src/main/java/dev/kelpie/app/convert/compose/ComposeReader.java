package dev.kelpie.app.convert.compose;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.convert.Import;
import dev.kelpie.app.convert.Line;
import dev.kelpie.app.convert.RunWords;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.kubegenerate.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the files of one compose project.
public final class ComposeReader {
    private static final Set<String> TOP =
            Set.of("version", "name", "services", "networks", "volumes", "secrets", "configs");

    private final Place place;
    private final Set<String> profiles;
    private final Set<String> losses = new LinkedHashSet<>();
    private final Project project;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, List<String>> dependencies = new HashMap<>();
    private final List<SecretSpec> secrets = new ArrayList<>();
    private final Map<String, String> secretNames = new HashMap<>();
    private final Map<String, String> configs = new HashMap<>();

    private ComposeReader(Place place, Set<String> profiles) {
        this.place = place;
        this.profiles = profiles;
        this.project = new Project(place, losses::add);
    }

    /// The services of its files.
    ///
    /// @param texts by the names of their files, the later over the earlier
    /// @param profiles that are on; `*` is all
    /// @throws CommandException when there is no service in them
    public static Import read(Map<String, String> texts, Place place, Set<String> profiles) {
        return new ComposeReader(place, profiles).all(texts);
    }

    private Import all(Map<String, String> texts) {
        var tree = project.load(texts);
        var top = new Keys(tree);
        TOP.forEach(top::has);
        top.lost()
                .forEach(key -> losses.add("'" + key + "': unknown at the top of a compose file"));
        var services = top.keys("services");
        if (services.names().isEmpty()) {
            throw new CommandException("no services in " + String.join(", ", texts.keySet()));
        }
        var volumes = names(top, "volumes");
        var networks = names(top, "networks");
        secrets(top);
        configs(top);
        var said = top.text("name");
        var folder = Optional.ofNullable(place.folder().getFileName()).map(Object::toString);
        var name = said.isEmpty() ? folder.orElse("project") : said;
        var known = new Names(volumes, networks, called(services));
        for (var each : services.names()) {
            service(each, services.keys(each), name, known);
        }
        return new Import(ordered(), secrets, List.copyOf(losses));
    }

    /// What volumes and networks are called outside the project, and services by the names of their
    /// containers.
    private record Names(
            Map<String, String> volumes,
            Map<String, String> networks,
            Map<String, String> services) {}

    private static Map<String, String> called(Keys services) {
        var called = new HashMap<String, String>();
        for (var name : services.names()) {
            called.put(services.keys(name).text("container_name"), name);
        }
        return called;
    }

    private Map<String, String> names(Keys top, String kind) {
        var names = new HashMap<String, String>();
        var all = top.keys(kind);
        for (var key : all.names()) {
            var keys = all.keys(key);
            names.put(key, keys.text("name").isEmpty() ? key : keys.text("name"));
            keys.has("external");
            if (!Set.of("", "bridge", "local").contains(keys.text("driver"))) {
                losses.add(kind + " '" + key + "': driver " + keys.text("driver"));
            }
            keys.lost().forEach(lost -> losses.add(kind + " '" + key + "': " + lost));
        }
        return names;
    }

    private void secrets(Keys top) {
        var all = top.keys("secrets");
        for (var key : all.names()) {
            var keys = all.keys(key);
            var name = keys.text("name").isEmpty() ? key : keys.text("name");
            secretNames.put(key, name);
            var content = content(keys, "secret '" + key + "'");
            content.ifPresent(bytes ->
                    secrets.add(
                            new SecretSpec(
                                    Metadata.of(name),
                                    "Opaque",
                                    Map.of(Secrets.wholeKey(name), base64(bytes)),
                                    false)));
        }
    }

    private void configs(Keys top) {
        var all = top.keys("configs");
        for (var key : all.names()) {
            content(all.keys(key), "config '" + key + "'")
                    .ifPresent(bytes -> configs.put(key, base64(bytes)));
        }
    }

    private Optional<byte[]> content(Keys keys, String owner) {
        if (keys.has("external")) {
            return Optional.empty();
        }
        if (keys.has("content")) {
            return Optional.of(utf8(keys.text("content")));
        }
        if (keys.has("environment")) {
            var variable = keys.text("environment");
            var value = Optional.ofNullable(project.variables().get(variable));
            if (value.isEmpty()) {
                losses.add(owner + ": variable '" + variable + "' is not set");
            }
            return value.map(ComposeReader::utf8);
        }
        var bytes = place.bytes(keys.text("file"));
        if (bytes.isEmpty()) {
            losses.add(owner + ": file '" + keys.text("file") + "' cannot be read");
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }

    private void service(String name, Keys service, String owner, Names names) {
        var own = service.texts("profiles");
        boolean on =
                own.isEmpty()
                        || profiles.contains("*")
                        || own.stream().anyMatch(profiles::contains);
        if (!on) {
            losses.add(
                    "service '"
                            + name
                            + "': only of profile "
                            + String.join(", ", own)
                            + ", which is not on (--profile)");
            return;
        }
        var called = service.text("container_name");
        if (!called.isEmpty() && !called.equals(name)) {
            lost(name, "container_name '" + called + "': others find it as '" + name + "'");
        }
        var words = new RunWords().add("--name", name);
        var process = new ServiceWords(name, service, words, lost -> lost(name, lost));
        process.write(place, project);
        var reach = new ServiceReach(service, words, lost -> lost(name, lost), names.services());
        reach.write(place, names.volumes(), names.networks());
        service.list("secrets").forEach(each -> secret(each, words));
        var files = new ArrayList<Line.File>();
        service.list("configs").forEach(each -> config(name, each, files));
        var before = new ArrayList<>(process.dependencies());
        before.addAll(reach.joined());
        dependencies.put(name, before);
        var image = process.image(owner);
        var command = process.command();
        lost(name, service);
        if (image.isEmpty()) {
            lost(name, "all of it: it has neither image nor build");
            return;
        }
        var all = words.of(image, command);
        lines.put(name, Line.of(name, all).with(files));
    }

    private void lost(String service, String what) {
        losses.add("service '" + service + "': " + what);
    }

    private void lost(String name, Keys service) {
        var deploy = service.keys("deploy");
        List.of("resources", "restart_policy").forEach(deploy::has);
        for (var key : List.of("scale", "replicas")) {
            var count = key.equals("scale") ? service.text(key) : deploy.text(key);
            if (!count.isEmpty() && !count.equals("1")) {
                lost(name, count + " of it: it is one now, see --replicas");
            }
        }
        deploy.lost().forEach(key -> lost(name, "deploy." + key));
        service.lost().forEach(key -> lost(name, key));
    }

    private void secret(Object value, RunWords words) {
        var keys = new Keys(value);
        var source = value instanceof String text ? text : keys.text("source");
        var word = new StringBuilder(secretNames.getOrDefault(source, source));
        for (var key : List.of("target", "uid", "gid", "mode")) {
            var text = keys.text(key);
            if (!text.isEmpty()) {
                word.append(',').append(key).append('=').append(text.replaceFirst("^0o", "0"));
            }
        }
        if (!keys.has("target") && !secretNames.getOrDefault(source, source).equals(source)) {
            word.append(",target=").append(source);
        }
        words.add("--secret", word.toString());
    }

    private void config(String service, Object value, List<Line.File> files) {
        var keys = new Keys(value);
        var source = value instanceof String text ? text : keys.text("source");
        var target = keys.text("target").isEmpty() ? "/" + source : keys.text("target");
        var content = configs.get(source);
        if (content == null) {
            lost(service, "config '" + source + "': its content is not known");
            return;
        }
        var mode = keys.text("mode").replaceFirst("^0o", "0");
        int bits = mode.matches("[0-7]{3,5}") ? Integer.parseInt(mode, 8) : 0444;
        files.add(new Line.File(source, target, content, bits));
    }

    /// What others depend on comes first.
    private List<Line> ordered() {
        var done = new LinkedHashSet<String>();
        lines.keySet().forEach(name -> visit(name, done, new LinkedHashSet<>()));
        return done.stream().map(lines::get).toList();
    }

    private void visit(String name, Set<String> done, Set<String> open) {
        if (!lines.containsKey(name) || done.contains(name) || !open.add(name)) {
            return;
        }
        for (var other : dependencies.getOrDefault(name, List.of())) {
            visit(other, done, open);
        }
        done.add(name);
    }
}
