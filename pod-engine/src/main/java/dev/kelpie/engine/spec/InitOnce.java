package dev.kelpie.engine.spec;

import java.util.Map;

/// Podman's annotation by which a pod's init containers run at its first start only.
public final class InitOnce {
    public static final String ANNOTATION = "io.podman.annotations.init.container.type";

    private InitOnce() {}

    /// Whether an init container with these annotations is one of them.
    public static boolean isSaid(Map<String, String> annotations) {
        return "once".equals(annotations.get(ANNOTATION));
    }
}
