package dev.kelpie.kubegenerate.apply;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        var builder =
                new ConfigBuilder(read())
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
        proxies(builder, access.caller().environment());
        return builder.build();
    }

    private Config read() {
        var kubeconfig = Kubeconfig.read(access.files());
        var context = kubeconfig.context(access.context());
        var cluster = kubeconfig.cluster(context);
        if (cluster.getTlsServerName() != null) {
            throw new ApplyException(
                    "kubeconfig: 'tls-server-name' of cluster '"
                            + context.getContext().getCluster()
                            + "' cannot be honoured: name the server as its certificate does");
        }
        var user = kubeconfig.user(context);
        user.ifPresent(each -> settle(each, cluster));
        kubeconfig.merged().setCurrentContext(context.getName());
        var config = translated(kubeconfig.merged());
        user.ifPresent(each -> impersonate(config, each));
        return config;
    }

    /// Gives a user the credentials that a program or a file has for it.
    private void settle(AuthInfo user, Cluster cluster) {
        if (user.getExec() != null) {
            var given = new CredentialPlugin(user.getExec(), cluster, access).ask();
            user.setExec(null);
            user.setToken(given.getToken());
            if (given.getClientCertificateData() != null) {
                user.setClientCertificateData(given.getClientCertificateData());
                user.setClientKeyData(given.getClientKeyData());
            }
        }
        var file = user.getTokenFile();
        if (file != null && !file.isEmpty()) {
            try {
                user.setToken(Files.readString(Path.of(file)).strip());
            } catch (IOException e) {
                throw new ApplyException(
                        "cannot read the token file '" + file + "': " + Refusal.deepest(e), e);
            }
        }
    }

    private Config translated(io.fabric8.kubernetes.api.model.Config kubeconfig) {
        try {
            return Config.fromKubeconfig(Serialization.asYaml(kubeconfig));
        } catch (RuntimeException e) {
            throw new ApplyException(
                    "cannot use kubeconfig '" + access.files() + "': " + Refusal.deepest(e), e);
        }
    }

    private static void impersonate(Config config, AuthInfo user) {
        if (user.getAs() != null) {
            config.setImpersonateUsername(user.getAs());
            config.setImpersonateGroups(user.getAsGroups().toArray(String[]::new));
            config.setImpersonateExtras(user.getAsUserExtra());
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
