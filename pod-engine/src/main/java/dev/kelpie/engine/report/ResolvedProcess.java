package dev.kelpie.engine.report;

import java.util.List;

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

    /// The same of another user.
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
