package dev.kelpie.app.convert.compose;

import dev.kelpie.app.call.CommandException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            var file = new Source(text.getKey(), place.folder(), interpolation, 0);
            all = Tree.over(all, tree(file, text.getValue()));
        }
        var services = new LinkedHashMap<String, Object>();
        for (var name : new Keys(all).keys("services").names()) {
            services.put(name, service(all, "", name, new HashSet<>()));
        }
        all.put("services", services);
        return all;
    }

    /// A file of the project.
    ///
    /// @param folder in which the paths of its includes begin
    /// @param filled with what its variables are filled
    /// @param depth of includes that led to it
    private record Source(String name, Path folder, Interpolation filled, int depth) {}

    private Map<String, Object> tree(Source source, String text) {
        try {
            var tree = Tree.asMap(source.filled().fill(Tree.parse(text)));
            Map<String, Object> all = new LinkedHashMap<>();
            for (var include : new Keys(tree).list("include")) {
                all = Tree.over(all, included(include, source));
            }
            tree.remove("include");
            return Tree.over(all, tree);
        } catch (YAMLException e) {
            throw new CommandException("'" + source.name() + "' is no YAML: " + e.getMessage());
        }
    }

    /// The files of one include, the later over the earlier, as a project of their own folder.
    private Map<String, Object> included(Object include, Source by) {
        var keys = new Keys(include);
        var paths = include instanceof String path ? List.of(path) : keys.texts("path");
        Map<String, Object> all = new LinkedHashMap<>();
        if (paths.isEmpty()) {
            return all;
        }
        var said = keys.text("project_directory");
        var folder =
                said.isEmpty()
                        ? folderOf(by.folder().resolve(paths.getFirst()))
                        : by.folder().resolve(said).normalize();
        var filled = interpolation(folder, keys.texts("env_file"), by);
        for (var path : paths) {
            var file = by.folder().resolve(path).normalize();
            all = Tree.over(all, read(new Source(file.toString(), folder, filled, by.depth() + 1)));
        }
        return all;
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNullElse(file.normalize().getParent(), Path.of("/"));
    }

    /// With the included project's own variables under ours.
    private Interpolation interpolation(Path folder, List<String> files, Source by) {
        var own = new LinkedHashMap<String, String>();
        var paths =
                files.isEmpty()
                        ? List.of(folder.resolve(".env"))
                        : files.stream().map(by.folder()::resolve).toList();
        for (var path : paths) {
            place.read(path.toString())
                    .ifPresent(text -> own.putAll(EnvFile.parse(text, name -> name)));
        }
        own.putAll(by.filled().variables());
        return new Interpolation(own, losses);
    }

    private Map<String, Object> read(Source source) {
        if (++files > MOST_FILES) {
            throw new CommandException(
                    "the project includes and extends more than " + MOST_FILES + " files");
        }
        var text = place.read(source.name());
        if (text.isEmpty() || source.depth() > DEEPEST) {
            losses.accept("include '" + source.name() + "': cannot be read");
            return Map.of();
        }
        return FilePaths.whole(source.folder(), tree(source, text.get()));
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
        var path = place.resolve(file);
        var from =
                file.isEmpty()
                        ? all
                        : read(new Source(path.toString(), folderOf(path), interpolation, 0));
        if (!new Keys(from).keys("services").has(parent)) {
            losses.accept("service '" + name + "': extends '" + parent + "', which is not there");
            return own;
        }
        var there = file.isEmpty() ? where : path.toString();
        return Tree.over(service(from, there, parent, seen), own);
    }
}
