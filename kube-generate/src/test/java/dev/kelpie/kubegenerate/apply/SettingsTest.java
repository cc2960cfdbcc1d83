package dev.kelpie.kubegenerate.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    private static final String CONFIG =
            """
            apiVersion: v1
            kind: Config
            current-context: here
            contexts: [{name: here, context: {cluster: one, user: me}}]
            clusters: [{name: one, cluster: {server: "https://127.0.0.1:1", certificate-authority: ca.crt}}]
            users: [{name: me, user: %s}]
            """;
    @TempDir Path directory;

    @Test
    void asksAPluginWithItsCallersEnvironmentAndItsOwn() throws Exception {
        plugin("./tool", "[ \"$1/$HERE/$OWN\" = give/yes/2 ] || exit 7", "\"token\": \"hush\"");
        var user =
                "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./tool, args: [give],"
                        + " env: [{name: OWN, value: \"2\"}]}}";
        assertThat(settings(user).config().getAutoOAuthToken()).isEqualTo("hush");
    }

    @Test
    void findsAPluginInItsCallersPathAndTellsItOfTheCluster() throws Exception {
        Files.writeString(directory.resolve("ca.crt"), "trusted");
        plugin(
                "bin/tool",
                "echo \"$KUBERNETES_EXEC_INFO\" >" + directory + "/asked",
                "\"clientCertificateData\": \"CERT\", \"clientKeyData\": \"KEY\"");
        var config =
                settings("{exec: {apiVersion: v9, command: tool, provideClusterInfo: true}}")
                        .config();
        assertThat(config.getClientCertData()).isEqualTo(base64("CERT"));
        assertThat(config.getClientKeyData()).isEqualTo(base64("KEY"));
        assertThat(Files.readString(directory.resolve("asked")))
                .contains("\"apiVersion\":\"v9\"", "\"server\":\"https://127.0.0.1:1\"")
                .contains("\"certificate-authority-data\":\"" + base64("trusted") + "\"");
    }

    @Test
    void saysWhyAPluginGaveNothing() throws Exception {
        plugin("bin/broken", "echo 'log in first' >&2; exit 5", "");
        plugin("bin/empty", ":", "");
        var words =
                Map.of(
                        "{exec: {command: broken}}",
                        "credential plugin 'broken': exit status 5: log in first",
                        "{exec: {command: empty}}",
                        "credential plugin 'empty': it gives neither a token nor a certificate with"
                                + " a key",
                        "{exec: {command: nowhere, installHint: get it}}",
                        "credential plugin 'nowhere': not found in PATH: get it",
                        "{exec: {command: broken, interactiveMode: Always}}",
                        "credential plugin 'broken': it wants a terminal, which it has not here",
                        "{tokenFile: none}",
                        "cannot read the token file '"
                                + directory.resolve("none")
                                + "': "
                                + directory.resolve("none"));
        for (var each : words.entrySet()) {
            assertThatThrownBy(() -> settings(each.getKey()).config())
                    .isInstanceOf(ApplyException.class)
                    .hasMessage(each.getValue());
        }
    }

    @Test
    void neverShowsWhatAPluginWrote() throws Exception {
        plugin("bin/mixed", "echo 'token: hush'", "");
        var settings = settings("{exec: {command: mixed}}");
        assertThatThrownBy(settings::config)
                .hasMessageMatching(
                        "credential plugin 'mixed': what it writes is no ExecCredential:"
                                + " [0-9]+ characters")
                .hasNoCause();
    }

    @Test
    void readsTokensOfFilesAndActsForOthers() throws Exception {
        Files.writeString(directory.resolve("token"), "hush\n");
        var config = settings("{tokenFile: token, as: jane, as-groups: [ops]}").config();
        assertThat(config.getAutoOAuthToken()).isEqualTo("hush");
        assertThat(config.getImpersonateUsername()).isEqualTo("jane");
        assertThat(config.getImpersonateGroups()).containsExactly("ops");
    }

    @Test
    void takesOfSeveralFilesWhatTheFirstSays() throws Exception {
        var first = write("first", "{token: first}");
        var other =
                Files.writeString(
                        directory.resolve("other"),
                        """
                        current-context: there
                        contexts: [{name: there, context: {cluster: two, user: me}}]
                        clusters: [{name: two, cluster: {server: "https://127.0.0.1:2"}}]
                        users: [{name: me, user: {token: other}}]
                        """);
        var files = List.of(directory.resolve("missing"), first, other);
        assertThat(settings(files, Optional.empty()).config().getMasterUrl())
                .startsWith("https://127.0.0.1:1");
        var there = settings(files, Optional.of("there")).config();
        assertThat(there.getMasterUrl()).startsWith("https://127.0.0.1:2");
        assertThat(there.getAutoOAuthToken()).isEqualTo("first");
    }

    @Test
    void refusesWhatItCannotHonour() throws Exception {
        var named =
                Files.writeString(
                        directory.resolve("named"),
                        CONFIG.formatted("{}")
                                .replace("ca.crt", "ca.crt, tls-server-name: example"));
        assertThatThrownBy(() -> settings(List.of(named), Optional.empty()).config())
                .hasMessageContaining("'tls-server-name' of cluster 'one' cannot be honoured");
        var nobody =
                Files.writeString(
                        directory.resolve("nobody"),
                        CONFIG.formatted("{}").replace("name: me", "name: us"));
        assertThatThrownBy(() -> settings(List.of(nobody), Optional.empty()).config())
                .hasMessageEndingWith("context 'here' names the user 'me', which is not there");
    }

    private void plugin(String path, String deed, String status) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        var answer = "{\"kind\": \"ExecCredential\", \"status\": {" + status + "}}";
        Files.writeString(file, "#!/bin/sh\n" + deed + "\ncat <<'E'\n" + answer + "\nE\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Settings settings(String user) throws IOException {
        return settings(List.of(write("config", user)), Optional.empty());
    }

    private Path write(String name, String user) throws IOException {
        return Files.writeString(directory.resolve(name), CONFIG.formatted(user));
    }

    private Settings settings(List<Path> files, Optional<String> context) {
        var environment = Map.of("HERE", "yes", "PATH", directory + "/bin:/usr/bin:/bin");
        return new Settings(
                new Access(
                        files,
                        context,
                        Optional.empty(),
                        new Access.Caller(directory, environment),
                        new Processes(directory)));
    }

    private static String base64(String text) {
        return Base64.getEncoder()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
