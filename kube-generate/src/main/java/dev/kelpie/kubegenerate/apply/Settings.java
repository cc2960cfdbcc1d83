package dev.kelpie.kubegenerate.apply;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.Map;
import java.util.Optional;

/// Makes the client's settings of a kubeconfig and of nothing else: the environment and the service
/// account of this process are someone else's.
final class Settings {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 30_000;

    private final Access access;

    Settings(Access access) {
        this.access = access;
    }

    Config config() {
        var config = read();
        access.context()
                .filter(wanted ->
                        config.getContexts().stream()
                                .noneMatch(each -> wanted.equals(each.getName())))
                .ifPresent(wanted -> {
                    throw new ApplyException(
                            "kubeconfig '" + access.file() + "' has no context '" + wanted + "'");
                });
        var builder =
                new ConfigBuilder(config)
                        .withConnectionTimeout(CONNECT_MILLIS)
                        .withRequestTimeout(REQUEST_MILLIS)
                        .withRequestRetryBackoffLimit(1)
                        .withUserAgent("kelpie");
        access.authority()
                .ifPresent(authority -> {
                    switch (authority) {
                        case Access.Authority.InFile(var file) ->
                                builder.withCaCertFile(file.toString()).withCaCertData(null);
                        case Access.Authority.Anyone() -> builder.withTrustCerts(true);
                    }
                });
        proxies(builder, access.environment());
        return builder.build();
    }

    private Config read() {
        try {
            return Config.fromKubeconfig(access.context().orElse(null), access.file().toFile());
        } catch (RuntimeException e) {
            throw new ApplyException(
                    "cannot use kubeconfig '" + access.file() + "': " + Refusal.deepest(e), e);
        }
    }

    /// The kubeconfig's own proxy goes before the caller's.
    private static void proxies(ConfigBuilder builder, Map<String, String> environment) {
        variable(environment, "https_proxy")
                .filter(_ -> builder.getHttpsProxy() == null)
                .ifPresent(builder::withHttpsProxy);
        variable(environment, "http_proxy")
                .filter(_ -> builder.getHttpProxy() == null)
                .ifPresent(builder::withHttpProxy);
        variable(environment, "no_proxy").ifPresent(list -> builder.withNoProxy(list.split(",")));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        var upper = environment.get(name.toUpperCase(java.util.Locale.ROOT));
        return Optional.ofNullable(environment.getOrDefault(name, upper))
                .filter(text -> !text.isEmpty());
    }
}
