package dev.kelpie.engine.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The process of a container with everything filled in from the image.
///
/// @param env `NAME=value`, in order
/// @param user as asked for, `user[:group]`; empty: root
public record ResolvedProcess(
        List<String> entrypoint,
        List<String> arguments,
        List<String> env,
        String workingDir,
        String user,
        String stopSignal) {

    public ResolvedProcess {
        entrypoint = List.copyOf(entrypoint);
        arguments = List.copyOf(arguments);
        env = List.copyOf(env);
    }

    /// The same of another user. The same with these variables too, where it has none of the name.
    public ResolvedProcess withMoreEnv(Map<String, String> variables) {
        var names =
                env.stream()
                        .map(line -> line.substring(0, Math.max(0, line.indexOf('='))))
                        .collect(Collectors.toSet());
        var all = new ArrayList<>(env);
        variables.forEach((name, value) -> {
            if (!names.contains(name)) {
                all.add(name + "=" + value);
            }
        });
        return new ResolvedProcess(entrypoint, arguments, all, workingDir, user, stopSignal);
    }

    public ResolvedProcess withUser(String other) {
        return new ResolvedProcess(entrypoint, arguments, env, workingDir, other, stopSignal);
    }

    /// The whole argument vector.
    public List<String> argv() {
        var all = new java.util.ArrayList<>(entrypoint);
        all.addAll(arguments);
        return List.copyOf(all);
    }
}
