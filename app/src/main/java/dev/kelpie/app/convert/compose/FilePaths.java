package dev.kelpie.app.convert.compose;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Relative paths begin in the folder of the file that names them. In what a project includes or
/// extends they are made whole, so that those who read them need not know of that folder.
///
/// See the Compose specification, "Include", and "Extend": relative paths.
final class FilePaths {
    private final Path folder;

    private FilePaths(Path folder) {
        this.folder = folder;
    }

    /// The tree of a file in `folder`, its paths whole.
    static Map<String, Object> whole(Path folder, Map<String, Object> tree) {
        var paths = new FilePaths(folder);
        var all = new LinkedHashMap<>(tree);
        paths.each(all, "services", paths::service);
        for (var kind : List.of("configs", "secrets")) {
            paths.each(all, kind, it -> paths.at(it, "file", paths::resolved));
        }
        return all;
    }

    private void each(
            Map<String, Object> all, String kind, UnaryOperator<Map<String, Object>> change) {
        if (all.containsKey(kind)) {
            var changed = Tree.asMap(all.get(kind));
            changed.replaceAll((_, value) ->
                    value instanceof Map<?, ?> ? change.apply(Tree.asMap(value)) : value);
            all.put(kind, changed);
        }
    }

    private Map<String, Object> service(Map<String, Object> service) {
        at(service, "env_file", it -> listed(it, "path"));
        at(service, "label_file", it -> listed(it, ""));
        at(service, "volumes", it -> it instanceof List<?> all ? volumes(all) : it);
        at(service, "extends", it -> inside(it, "file", this::resolved));
        at(
                service,
                "build",
                it -> it instanceof String ? context(it) : inside(it, "context", this::context));
        return service;
    }

    private Map<String, Object> at(
            Map<String, Object> map, String key, UnaryOperator<Object> change) {
        map.computeIfPresent(key, (_, value) -> change.apply(value));
        return map;
    }

    private Object inside(Object value, String key, UnaryOperator<Object> change) {
        return value instanceof Map<?, ?> map ? at(Tree.asMap(map), key, change) : value;
    }

    private Object listed(Object value, String key) {
        return value instanceof List<?> list
                ? list.stream().map(each -> inside(resolved(each), key, this::resolved)).toList()
                : inside(resolved(value), key, this::resolved);
    }

    private List<?> volumes(List<?> all) {
        return all.stream()
                .map(each -> each instanceof String text ? bind(text) : mount(Tree.asMap(each)))
                .toList();
    }

    private String bind(String text) {
        return text.startsWith(".") ? resolved(text).toString() : text;
    }

    private Map<String, Object> mount(Map<String, Object> mount) {
        return Set.of("bind").contains(mount.getOrDefault("type", ""))
                ? at(mount, "source", this::resolved)
                : mount;
    }

    /// A folder, or somewhere else.
    private Object context(Object value) {
        return value.toString().contains(":") ? value : resolved(value);
    }

    private Object resolved(Object value) {
        return value instanceof String text && !text.isEmpty() && !text.startsWith("~")
                ? folder.resolve(text).normalize().toString()
                : value;
    }
}
