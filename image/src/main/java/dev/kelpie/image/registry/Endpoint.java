package dev.kelpie.image.registry;

import dev.kelpie.image.spec.ImageReference;

/// A repository at a registry: `host[:port]`, the path there, and whether plain HTTP and unknown
/// certificates will do.
public record Endpoint(String host, String path, boolean insecure) {

    static Endpoint of(String repository, boolean insecure) {
        var name = ImageReference.parse(repository);
        return new Endpoint(
                name.domain()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "no registry in '" + repository + "'")),
                name.path(),
                insecure);
    }

    boolean isLoopback() {
        var name = host.replaceAll(":[0-9]*$", "");
        return name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]");
    }

    Endpoint withInsecure(boolean value) {
        return new Endpoint(host, path, value);
    }
}
