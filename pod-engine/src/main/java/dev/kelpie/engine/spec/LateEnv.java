package dev.kelpie.engine.spec;

import java.util.List;

/// The part of a process's environment that is put together at each start, because secrets are in
/// it, or facts of the running pod.
///
/// @param entries in order, after and over `ProcessSpec.env`; a later one of the same name wins
/// @param expand whether `$(NAME)` in the spec's command, arguments and in the values written among
///   the entries stands for an entry (Kubernetes); if not they are taken as they are
public record LateEnv(List<EnvSource> entries, boolean expand) {

    /// Everything is known already.
    public static final LateEnv NONE = new LateEnv(List.of(), false);

    public LateEnv {
        entries = List.copyOf(entries);
    }

    public boolean absent() {
        return entries.isEmpty();
    }

    /// Whether secrets are in it, so that nothing of it may reach a disk.
    public boolean secret() {
        return entries.stream()
                .anyMatch(entry ->
                        switch (entry) {
                            case EnvSource.FromSecret _,
                                    EnvSource.AllOfSecret _,
                                    EnvSource.FromFile _ ->
                                    true;
                            case EnvSource.Value _, EnvSource.Literal _, EnvSource.FromDownward _ ->
                                    false;
                        });
    }
}
