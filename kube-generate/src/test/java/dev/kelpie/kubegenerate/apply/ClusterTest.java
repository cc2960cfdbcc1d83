package dev.kelpie.kubegenerate.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterTest {
    private static final String SHOP =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {replicas: 1}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {color: blue}
            """;
    private static final String MAP = "/api/v1/namespaces/shop/configmaps/settings";
    private static final String WEB = "/apis/apps/v1/namespaces/shop/deployments/web";

    @TempDir Path directory;

    private final FakeApi api = new FakeApi();

    ClusterTest() throws IOException {}

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsWhatPodsNeedBeforeThem() throws Exception {
        var seen = new ArrayList<Result>();
        try (var cluster = Cluster.open(access("here"))) {
            assertThat(cluster.apply(objects(SHOP), Wishes.NONE, seen::add)).isEqualTo(seen);
        }
        assertThat(seen)
                .containsExactly(
                        applied("configmap/settings", "created"),
                        applied("deployment.apps/web", "created"));
        assertThat(api.changes())
                .containsExactly(
                        "PATCH " + MAP + "?fieldManager=kelpie",
                        "PATCH " + WEB + "?fieldManager=kelpie");
    }

    @Test
    void tellsWhatChangedFromWhatDidNot() throws Exception {
        apply(SHOP, Wishes.NONE);
        assertThat(apply(SHOP.replace("blue", "red"), Wishes.NONE))
                .containsExactly(
                        applied("configmap/settings", "configured"),
                        applied("deployment.apps/web", "unchanged"));
    }

    @Test
    void changesNothingInADryRunAndForcesWhenAsked() throws Exception {
        apply(SHOP, new Wishes(Optional.of("other"), true, true, Optional.empty()));
        assertThat(api.changes().getFirst())
                .startsWith("PATCH /api/v1/namespaces/other/configmaps/settings?")
                .contains("dryRun=All", "force=true");
        assertThat(api.object("/api/v1/namespaces/other/configmaps/settings")).isEmpty();
    }

    @Test
    void tellsWhatADryRunWouldChangeByItsContents() throws Exception {
        apply(SHOP, Wishes.NONE);
        api.says(
                MAP,
                200,
                """
                {"apiVersion": "v1", "kind": "ConfigMap", "data": {"color": "blue"},
                 "metadata": {"name": "settings", "namespace": "shop", "resourceVersion": "77"}}
                """);
        var dry = new Wishes(Optional.empty(), true, false, Optional.empty());
        assertThat(apply(SHOP.replace("replicas: 1", "replicas: 2"), dry))
                .containsExactly(
                        applied("configmap/settings", "unchanged"),
                        applied("deployment.apps/web", "configured"));
    }

    @Test
    void namesTheManagerAndTheFieldOfAConflictAndGoesOn() throws Exception {
        api.says(
                MAP,
                409,
                status(409, "Conflict", ".data.color", "conflict with \\\"kubectl\\\" using v1"));
        var results = apply(SHOP, Wishes.NONE);
        assertThat(reason(results.getFirst()))
                .startsWith("conflict (409): .data.color: conflict with \"kubectl\" using v1; ")
                .contains("--force-conflicts");
        assertThat(results.getLast().done()).isTrue();
    }

    @Test
    void namesTheFieldThatIsInvalidAndWhoIsForbidden() throws Exception {
        api.says(MAP, 422, status(422, "Invalid", "data.color", "Required value"));
        api.says(
                WEB,
                403,
                "{\"kind\": \"Status\", \"message\": \"user me cannot patch\", \"code\": 403}");
        var results = apply(SHOP, Wishes.NONE);
        assertThat(reason(results.getFirst()))
                .isEqualTo("invalid (422): data.color: Required value");
        assertThat(reason(results.getLast())).isEqualTo("forbidden (403): user me cannot patch");
    }

    @Test
    void triesNothingMoreWhenItIsNotKnownOrNobodyAnswers() throws Exception {
        for (var context : List.of("stranger", "gone")) {
            try (var cluster = Cluster.open(access(context))) {
                var results = cluster.apply(objects(SHOP), Wishes.NONE, _ -> {});
                assertThat(reason(results.getFirst()))
                        .startsWith(
                                context.equals("gone")
                                        ? "cannot reach the cluster: "
                                        : "the cluster does not know who asks (401");
                assertThat(results.getLast().outcome()).isInstanceOf(Result.Outcome.NotDone.class);
            }
        }
        assertThat(api.changes()).isEmpty();
    }

    @Test
    void saysThatPortsOfServicesAreOfTcp() throws Exception {
        apply(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}, {port: 53, protocol: UDP}]}
                """,
                Wishes.NONE);
        var ports = api.object("/api/v1/namespaces/shop/services/web").orElseThrow();
        assertThat(ports.at("/spec/ports").findValuesAsText("protocol"))
                .containsExactly("TCP", "UDP");
    }

    @Test
    void asksForThePathOfKindsThatItDoesNotKnow() throws Exception {
        api.says(
                "/apis/example.org/v1",
                200,
                """
                {"kind": "APIResourceList", "groupVersion": "example.org/v1", "resources": [
                  {"name": "mice", "kind": "Mouse", "namespaced": false, "singularName": "", "verbs": []}]}
                """);
        var text = "apiVersion: example.org/v1\nkind: Mouse\nmetadata: {name: jerry}\n";
        assertThat(apply(text, Wishes.NONE).getFirst().done()).isTrue();
        assertThat(api.changes().getFirst()).startsWith("PATCH /apis/example.org/v1/mice/jerry?");
        assertThat(reason(apply(text.replace("Mouse", "Cat"), Wishes.NONE).getFirst()))
                .isEqualTo("the cluster has no kind 'Cat' of example.org/v1");
    }

    @Test
    void waitsUntilItIsReadyAndSaysHowFarItCame() throws Exception {
        apply(SHOP, Wishes.NONE);
        api.status(WEB, "{\"updatedReplicas\": 1, \"availableReplicas\": 1}");
        var patient = new Wishes(Optional.empty(), false, false, Optional.of(Duration.ZERO));
        try (var cluster = Cluster.open(access("here"))) {
            api.says(WEB, 200, api.object(WEB).orElseThrow().toString());
            var ready = cluster.apply(objects(SHOP), patient, _ -> {});
            assertThat(ready.getLast().outcome()).isEqualTo(new Result.Outcome.Ready());
            api.status(WEB, "{}");
            var late = cluster.apply(objects(SHOP), patient, _ -> {});
            assertThat(reason(late.getLast())).isEqualTo("is not ready in time: 0 of 1 available");
        }
    }

    @Test
    void refusesKubeconfigsThatDoNotFit() throws Exception {
        var missing = access("nowhere");
        assertThatThrownBy(() -> Cluster.open(missing))
                .hasMessageEndingWith("has no context 'nowhere'");
        var none =
                new Access(
                        List.of(directory.resolve("none")),
                        Optional.empty(),
                        Optional.empty(),
                        new Access.Caller(directory, Map.of()),
                        new Processes(directory));
        assertThatThrownBy(() -> Cluster.open(none))
                .hasMessageStartingWith("cannot use kubeconfig '");
    }

    private List<Result> apply(String text, Wishes wishes) throws Exception {
        try (var cluster = Cluster.open(access("here"))) {
            return cluster.apply(objects(text), wishes, _ -> {});
        }
    }

    private static Objects objects(String text) {
        return Objects.parse(text, "-");
    }

    private static Result applied(String name, String change) {
        return new Result(name, "shop", new Result.Outcome.Applied(change));
    }

    private static String reason(Result result) {
        return ((Result.Outcome.Failed) result.outcome()).reason();
    }

    private static String status(int code, String reason, String field, String message) {
        return """
        {"kind": "Status", "message": "all of it", "reason": "%s", "code": %d,
         "details": {"causes": [{"reason": "x", "field": "%s", "message": "%s"}]}}
        """
                .formatted(reason, code, field, message);
    }

    private Access access(String context) throws IOException {
        var text =
                """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts:
                - {name: here, context: {cluster: mock, user: me, namespace: shop}}
                - {name: gone, context: {cluster: gone, user: me}}
                - {name: stranger, context: {cluster: mock, user: stranger}}
                clusters:
                - {name: mock, cluster: {server: "%s"}}
                - {name: gone, cluster: {server: "http://127.0.0.1:1"}}
                users:
                - {name: me, user: {token: hush}}
                - {name: stranger, user: {token: hello}}
                """
                        .formatted(api.address());
        var file = Files.writeString(directory.resolve("config"), text);
        return new Access(
                List.of(file),
                Optional.of(context),
                Optional.empty(),
                new Access.Caller(directory, Map.of()),
                new Processes(directory));
    }
}
