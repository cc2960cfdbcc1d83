package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.report.Problem;
import java.util.List;

/// The manifests are right, but ask for what is not supported yet (only under [Validation#STRICT]).
public final class UnsupportedManifestException extends ManifestException {

    private static final long serialVersionUID = 1;

    UnsupportedManifestException(String message, List<Problem> problems) {
        super(message, problems);
    }
}
