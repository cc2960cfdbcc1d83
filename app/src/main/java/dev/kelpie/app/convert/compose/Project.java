package dev.kelpie.app.convert.compose;

import dev.kelpie.app.call.CommandException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.yaml.snakeyaml.error.YAMLException;

/// The files of a project as one: interpolated, with what they include and extend.
final class Project {
    private static final int DEEPEST = 20;
    private static final int MOST_FILES = 1000;
    private static final int MOST_BASES = 100;

    private final Place place;
    private final Consumer<String> losses;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Interpolation interpolation;
    private int files;

    Project(Place place, Consumer<String> losses) {
        this.place = place;
        this.losses = losses;
        this.interpolation = new Interpolation(variables, losses);
        place.read(".env").ifPresent(text -> variables.putAll(EnvFile.parse(text, name -> name)));
        variables.putAll(place.environment());
    }

    /// Those of `.env` under the caller's.
    Map<String, String> variables() {
        return Collections.unmodifiableMap(variables);
    }

    Interpolation interpolation() {
        return interpolation;
    }

    /// All of it, services as they are after `extends`.
    Map<String, Object> load(Map<String, String> texts) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (var text : texts.entrySet()) {
            all = Tree.over(all, file(text.getKey(), text.getValue(), 0));
        }
        var services = new LinkedHashMap<String, Object>();
        for (var name : new Keys(all).keys("services").names()) {
            services.put(name, service(all, "", name, new HashSet<>()));
        }
        all.put("services", services);
        return all;
    }

    private Map<String, Object> file(String name, String text, int depth) {
        try {
            var tree = Tree.asMap(interpolation.fill(Tree.parse(text)));
            Map<String, Object> all = new LinkedHashMap<>();
            for (var included : includes(tree)) {
                all = Tree.over(all, included(included, depth));
            }
            tree.remove("include");
            return Tree.over(all, tree);
        } catch (YAMLException e) {
            throw new CommandException("'" + name + "' is no YAML: " + e.getMessage());
        }
    }

    private static List<String> includes(Map<String, Object> tree) {
        return new Keys(tree)
                .list("include").stream()
                        .flatMap(each ->
                                each instanceof String path
                                        ? List.of(path).stream()
                                        : new Keys(each).texts("path").stream())
                        .toList();
    }

    private Map<String, Object> included(String path, int depth) {
        if (++files > MOST_FILES) {
            throw new CommandException(
                    "the project includes and extends more than " + MOST_FILES + " files");
        }
        var text = place.read(path);
        if (text.isEmpty() || depth > DEEPEST) {
            losses.accept("include '" + path + "': cannot be read");
            return Map.of();
        }
        return file(path, text.get(), depth + 1);
    }

    /// @param where the file that all of these are of; empty for those of the project
    private Map<String, Object> service(
            Map<String, Object> all, String where, String name, Set<String> seen) {
        var own = Tree.asMap(new Keys(all).keys("services").any(name));
        if (!own.containsKey("extends")
                || seen.size() >= MOST_BASES
                || !seen.add(where + "\0" + name)) {
            own.remove("extends");
            return own;
        }
        var base = own.get("extends");
        own.remove("extends");
        var keys = new Keys(base);
        var parent = base instanceof String text ? text : keys.text("service");
        var file = keys.text("file");
        var from = file.isEmpty() ? all : included(file, 0);
        if (!new Keys(from).keys("services").has(parent)) {
            losses.accept("service '" + name + "': extends '" + parent + "', which is not there");
            return own;
        }
        var there = file.isEmpty() ? where : place.resolve(file).toString();
        return Tree.over(service(from, there, parent, seen), own);
    }
}
