package dev.kelpie.kubegenerate.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Asks the program that a kubeconfig names for credentials, as its caller would run it. fabric8's
/// client runs it in the environment of this process, and goes on as nobody when it fails.
///
/// Source: client-go credential plugins, `ExecCredential` of client.authentication.k8s.io.
final class CredentialPlugin {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final ExecConfig plugin;
    private final Cluster cluster;
    private final Access.Caller caller;
    private final Programs programs;

    CredentialPlugin(ExecConfig plugin, Cluster cluster, Access access) {
        this.plugin = plugin;
        this.cluster = cluster;
        this.caller = access.caller();
        this.programs = access.programs();
    }

    /// What it gives: a token, a certificate with its key, or both.
    ///
    /// @throws ApplyException when it cannot be run, fails, does not end, or gives nothing
    AuthInfo ask() {
        if ("Always".equals(plugin.getInteractiveMode())) {
            throw failure("it wants a terminal, which it has not here", "");
        }
        var output = run();
        try {
            return credentials(JSON.readTree(output).path("status"));
        } catch (JsonProcessingException e) {
            throw failure(
                    "what it writes is no ExecCredential",
                    output.length() + " characters"); // it may hold a token: never shown
        }
    }

    private AuthInfo credentials(JsonNode status) {
        var user = new AuthInfo();
        text(status, "token").ifPresent(user::setToken);
        text(status, "clientCertificateData")
                .map(CredentialPlugin::base64)
                .ifPresent(user::setClientCertificateData);
        text(status, "clientKeyData")
                .map(CredentialPlugin::base64)
                .ifPresent(user::setClientKeyData);
        boolean certified =
                user.getClientCertificateData() != null && user.getClientKeyData() != null;
        if (user.getToken() == null && !certified) {
            throw failure("it gives neither a token nor a certificate with a key", "");
        }
        return user;
    }

    private static Optional<String> text(JsonNode status, String key) {
        return Optional.ofNullable(status.path(key).textValue()).filter(text -> !text.isEmpty());
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    private String run() {
        var argv = new ArrayList<String>();
        argv.add(program().toString());
        argv.addAll(plugin.getArgs() == null ? List.of() : plugin.getArgs());
        try {
            var ended = programs.run(argv, environment());
            if (ended.exit() != 0) {
                throw failure("exit status " + ended.exit(), ended.stderr());
            }
            return ended.stdout();
        } catch (IOException e) {
            throw failure("cannot be run", Refusal.deepest(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", "");
        }
    }

    private Map<String, String> environment() {
        var environment = new TreeMap<>(caller.environment());
        if (plugin.getEnv() != null) {
            plugin.getEnv().forEach(each -> environment.put(each.getName(), each.getValue()));
        }
        environment.put("KUBERNETES_EXEC_INFO", question());
        return environment;
    }

    /// A bare name is one of the caller's `PATH`.
    private Path program() {
        var command = plugin.getCommand();
        if (command == null || command.isEmpty()) {
            throw failure("no command is said", "");
        }
        if (command.contains("/")) {
            return Path.of(command);
        }
        for (var folder : caller.environment().getOrDefault("PATH", "").split(":", -1)) {
            var file = caller.directory().resolve(folder).resolve(command);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return file;
            }
        }
        throw failure("not found in PATH", Optional.ofNullable(plugin.getInstallHint()).orElse(""));
    }

    private String question() {
        var question = JSON.createObjectNode();
        question.put("apiVersion", plugin.getApiVersion()).put("kind", "ExecCredential");
        var spec = question.putObject("spec").put("interactive", false);
        if (Boolean.TRUE.equals(plugin.getProvideClusterInfo())) {
            var told = spec.putObject("cluster").put("server", cluster.getServer());
            put(told, "certificate-authority-data", authority());
            put(told, "proxy-url", cluster.getProxyUrl());
        }
        return question.toString();
    }

    private static void put(
            com.fasterxml.jackson.databind.node.ObjectNode node,
            String key,
            @Nullable String value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private @Nullable String authority() {
        if (cluster.getCertificateAuthorityData() != null
                || cluster.getCertificateAuthority() == null) {
            return cluster.getCertificateAuthorityData();
        }
        try {
            return base64(Files.readString(Path.of(cluster.getCertificateAuthority())));
        } catch (IOException e) {
            throw new ApplyException(
                    "cannot read the certificate authority '"
                            + cluster.getCertificateAuthority()
                            + "': "
                            + Refusal.deepest(e),
                    e);
        }
    }

    private ApplyException failure(String what, String more) {
        var words = more.strip();
        return new ApplyException(
                "credential plugin '"
                        + plugin.getCommand()
                        + "': "
                        + what
                        + (words.isEmpty() ? "" : ": " + words.replace('\n', ' ')));
    }
}
