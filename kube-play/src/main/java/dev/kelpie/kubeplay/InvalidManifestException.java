package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.report.Problem;
import java.util.List;

/// Something in the manifests is wrong in itself: no YAML, an unknown field, a broken rule.
public final class InvalidManifestException extends ManifestException {

    private static final long serialVersionUID = 1;

    InvalidManifestException(String message, List<Problem> problems) {
        super(message, problems);
    }
}
