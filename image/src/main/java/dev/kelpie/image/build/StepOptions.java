package dev.kelpie.image.build;

import java.nio.file.Path;
import java.util.Map;

/// How the steps of a build are done.
///
/// @param cache whether steps done before are taken over
/// @param jobs how many stages are built at once, at most
/// @param insecure whether `RUN --security=insecure` may be
/// @param secrets contents by id, `--secret`
/// @param agents sockets of ssh agents by id, `--ssh`
public record StepOptions(
        boolean cache,
        int jobs,
        boolean insecure,
        StepSettings settings,
        Map<String, SecretContent> secrets,
        Map<String, Path> agents) {

    /// As many stages at once as anybody would want.
    public static final int USUAL_JOBS = 4;

    public static final StepOptions USUAL =
            new StepOptions(true, USUAL_JOBS, false, StepSettings.USUAL, Map.of(), Map.of());

    public StepOptions {
        secrets = Map.copyOf(secrets);
        agents = Map.copyOf(agents);
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, was " + jobs);
        }
    }

    public StepOptions withCache(boolean other) {
        return new StepOptions(other, jobs, insecure, settings, secrets, agents);
    }

    public StepOptions withSecrets(Map<String, SecretContent> other) {
        return new StepOptions(cache, jobs, insecure, settings, other, agents);
    }
}
