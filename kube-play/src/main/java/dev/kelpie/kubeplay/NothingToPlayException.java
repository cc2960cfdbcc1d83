package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.report.Problem;
import java.util.List;

/// The manifests hold no object that could be played.
public final class NothingToPlayException extends ManifestException {

    private static final long serialVersionUID = 1;

    NothingToPlayException(String message, List<Problem> problems) {
        super(message, problems);
    }
}
