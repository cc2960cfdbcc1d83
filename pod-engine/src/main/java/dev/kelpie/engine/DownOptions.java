package dev.kelpie.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How to take pods down.
///
/// @param volumes named volumes to remove when the pods are gone (`kube down --force`)
/// @param secrets names of Secrets to remove, where a play made them
/// @param grace empty: what each pod says
public record DownOptions(List<String> volumes, List<String> secrets, Optional<Duration> grace) {
    public static final DownOptions DEFAULT =
            new DownOptions(List.of(), List.of(), Optional.empty());

    public DownOptions {
        volumes = List.copyOf(volumes);
        secrets = List.copyOf(secrets);
    }
}
