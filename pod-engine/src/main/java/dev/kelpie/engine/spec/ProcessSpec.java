package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Optional;

/// The process that a container runs. An absent part is filled from the image: `command` stands for
/// its ENTRYPOINT, `args` for its CMD (which a given command drops), as in Kubernetes.
///
/// @param env in order; a later entry of the same name wins, all win over the image's
/// @param user `user[:group]`, by name or number; `:group` is the image's user in another group
/// @param stdin keep a pipe to its standard input open
/// @param late what comes out of secrets when it starts
public record ProcessSpec(
        Optional<List<String>> command,
        Optional<List<String>> args,
        List<EnvVar> env,
        Optional<String> workingDir,
        Optional<String> user,
        boolean terminal,
        boolean stdin,
        LateEnv late) {

    /// Everything as the image says.
    public static final ProcessSpec FROM_IMAGE =
            new ProcessSpec(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false,
                    LateEnv.NONE);

    public ProcessSpec {
        command = command.map(List::copyOf);
        args = args.map(List::copyOf);
        env = List.copyOf(env);
        late = java.util.Objects.requireNonNullElse(late, LateEnv.NONE);
    }
}
