package dev.kelpie.kubegenerate;

/// What was asked for has no form in Kubernetes; the root of all that this module throws.
public final class GenerateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GenerateException(String message) {
        super(message);
    }
}
