package dev.kelpie.runtime.spec;

import java.util.List;
import java.util.Optional;

/// The `hooks` of `config.json`: programs that run at the named moments of a container's life
/// (config.md, POSIX-platform hooks). All but `startContainer` are the host's programs.
public record Hooks(
        List<Hook> prestart,
        List<Hook> createRuntime,
        List<Hook> createContainer,
        List<Hook> startContainer,
        List<Hook> poststart,
        List<Hook> poststop) {

    public static final Hooks NONE =
            new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public Hooks {
        prestart = List.copyOf(prestart);
        createRuntime = List.copyOf(createRuntime);
        createContainer = List.copyOf(createContainer);
        startContainer = List.copyOf(startContainer);
        poststart = List.copyOf(poststart);
        poststop = List.copyOf(poststop);
    }

    /// Absent where there are none.
    public Optional<Hooks> unlessNone() {
        return equals(NONE) ? Optional.empty() : Optional.of(this);
    }

    /// One program; `args` begin with its name, `timeout` is in seconds.
    public record Hook(
            String path, List<String> args, List<String> env, Optional<Integer> timeout) {

        public Hook {
            args = List.copyOf(args);
            env = List.copyOf(env);
        }
    }
}
