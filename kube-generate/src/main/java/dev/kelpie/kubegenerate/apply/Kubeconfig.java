package dev.kelpie.kubegenerate.apply;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Kubeconfigs read as one, with every path in them made absolute.
///
/// Source: kubernetes.io, "Organizing Cluster Access Using kubeconfig Files".
record Kubeconfig(List<Path> files, Config merged) {
    /// @throws ApplyException when a file cannot be read or is no kubeconfig
    static Kubeconfig read(List<Path> files) {
        var merged = new Config();
        for (var file : files) {
            if (files.size() == 1 || Files.exists(file)) {
                add(merged, readOne(file), file);
            }
        }
        merged.setClusters(unique(merged.getClusters(), NamedCluster::getName));
        merged.setUsers(unique(merged.getUsers(), NamedAuthInfo::getName));
        merged.setContexts(unique(merged.getContexts(), NamedContext::getName));
        return new Kubeconfig(files, merged);
    }

    private static Config readOne(Path file) {
        try {
            var read = Serialization.unmarshal(Files.readString(file), Config.class);
            if (read == null) {
                throw new ApplyException("cannot use kubeconfig '" + file + "': it is empty");
            }
            return read;
        } catch (IOException | RuntimeException e) {
            if (e instanceof ApplyException told) {
                throw told;
            }
            throw new ApplyException(
                    "cannot use kubeconfig '" + file + "': " + Refusal.deepest(e), e);
        }
    }

    private static void add(Config merged, Config one, Path file) {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        for (var each : one.getClusters()) {
            Optional.ofNullable(each.getCluster()).ifPresent(cluster -> settle(cluster, folder));
        }
        for (var each : one.getUsers()) {
            Optional.ofNullable(each.getUser()).ifPresent(user -> settle(user, folder));
        }
        merged.getClusters().addAll(one.getClusters());
        merged.getUsers().addAll(one.getUsers());
        merged.getContexts().addAll(one.getContexts());
        if (blank(merged.getCurrentContext())) {
            merged.setCurrentContext(one.getCurrentContext());
        }
    }

    private static void settle(Cluster cluster, Path folder) {
        cluster.setCertificateAuthority(absolute(cluster.getCertificateAuthority(), folder));
    }

    private static void settle(AuthInfo user, Path folder) {
        user.setClientCertificate(absolute(user.getClientCertificate(), folder));
        user.setClientKey(absolute(user.getClientKey(), folder));
        user.setTokenFile(absolute(user.getTokenFile(), folder));
        var plugin = user.getExec();
        if (plugin != null && plugin.getCommand() != null && plugin.getCommand().contains("/")) {
            plugin.setCommand(absolute(plugin.getCommand(), folder));
        }
    }

    private static @Nullable String absolute(@Nullable String path, Path folder) {
        return path == null || path.isEmpty() ? path : folder.resolve(path).toString();
    }

    private static <T> List<T> unique(List<T> entries, Function<T, String> name) {
        return new ArrayList<>(
                entries.stream()
                        .filter(each -> name.apply(each) != null)
                        .collect(
                                Collectors.toMap(
                                        name,
                                        each -> each,
                                        (first, _) -> first,
                                        java.util.LinkedHashMap::new))
                        .values());
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /// The chosen context, or the current one.
    ///
    /// @throws ApplyException when there is none of that name, or none at all
    NamedContext context(Optional<String> wanted) {
        var name = wanted.or(() -> Optional.ofNullable(merged.getCurrentContext())).orElse("");
        if (name.isEmpty()) {
            throw new ApplyException(
                    "kubeconfig " + names() + " has no current context: --context");
        }
        return merged.getContexts().stream()
                .filter(each -> each.getName().equals(name) && each.getContext() != null)
                .findFirst()
                .orElseThrow(() ->
                        new ApplyException(
                                "kubeconfig " + names() + " has no context '" + name + "'"));
    }

    /// @throws ApplyException when the context names a cluster that is not there
    Cluster cluster(NamedContext context) {
        var name = context.getContext().getCluster();
        return merged.getClusters().stream()
                .filter(each -> each.getName().equals(name) && each.getCluster() != null)
                .map(NamedCluster::getCluster)
                .findFirst()
                .orElseThrow(() -> missing(context, "cluster", name));
    }

    /// Empty when the context names nobody.
    ///
    /// @throws ApplyException when it names a user that is not there
    Optional<AuthInfo> user(NamedContext context) {
        var name = context.getContext().getUser();
        if (blank(name)) {
            return Optional.empty();
        }
        return Optional.of(
                merged.getUsers().stream()
                        .filter(each -> each.getName().equals(name) && each.getUser() != null)
                        .map(NamedAuthInfo::getUser)
                        .findFirst()
                        .orElseThrow(() -> missing(context, "user", name)));
    }

    private ApplyException missing(NamedContext context, String what, @Nullable String name) {
        return new ApplyException(
                "kubeconfig "
                        + names()
                        + ": context '"
                        + context.getName()
                        + "' names the "
                        + what
                        + " '"
                        + (name == null ? "" : name)
                        + "', which is not there");
    }

    private String names() {
        return files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
    }
}
