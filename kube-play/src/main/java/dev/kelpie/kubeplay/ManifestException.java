package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.report.Problem;
import java.util.List;

/// Manifests that cannot be played; the root of all that this module throws.
public abstract sealed class ManifestException extends RuntimeException
        permits InvalidManifestException, UnsupportedManifestException, NothingToPlayException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    ManifestException(String message, List<Problem> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    /// Everything that is wrong, in the order of the files.
    public List<Problem> problems() {
        return problems;
    }
}
