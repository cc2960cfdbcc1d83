package dev.kelpie.e2e;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The REST API on the service's socket, as Docker's and Podman's clients begin to talk to it.
@OnlyKelpie
class RestIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static TcpBridge bridge = new TcpBridge(Path.of("/nowhere"));

    @BeforeAll
    static void connect() {
        bridge.close();
        var kelpie = ENGINE.kelpie();
        bridge =
                new TcpBridge(
                        Path.of(kelpie.ok("info", "--format", "{{.Host.RemoteSocket.Path}}")));
    }

    @AfterAll
    static void disconnect() {
        bridge.close();
    }

    private static RequestSpecification api() {
        return given().baseUri("http://127.0.0.1").port(bridge.port());
    }

    @Test
    void pingAnswersOk() {
        api().get("/_ping").then().statusCode(200).body(equalTo("OK"));
        api().get("/v1.44/_ping").then().statusCode(200);
        api().get("/libpod/_ping").then().statusCode(200).body(equalTo("OK"));
        api().head("/_ping").then().statusCode(200).body(emptyString());
    }

    @Test
    void pingTellsTheVersions() {
        api().get("/_ping")
                .then()
                .header("Api-Version", startsWith("1."))
                .header("Libpod-Api-Version", not(emptyString()))
                .header("Docker-Experimental", "true")
                .header("Ostype", "linux")
                .header("Cache-Control", "no-cache")
                .header("Pragma", "no-cache");
    }

    @Test
    void versionHasWhatDockerClientsRead() {
        for (var path : new String[] {"/version", "/v1.44/version", "/v5.0.0/libpod/version"}) {
            api().get(path)
                    .then()
                    .statusCode(200)
                    .contentType("application/json")
                    .body("ApiVersion", startsWith("1."))
                    .body("MinAPIVersion", equalTo("1.24"))
                    .body("Os", equalTo("linux"))
                    .body("Version", not(emptyString()));
        }
    }

    @Test
    void infoOfDockerTellsTheHost() {
        api().get("/v1.44/info")
                .then()
                .statusCode(200)
                .body("OSType", equalTo("linux"))
                .body("NCPU", greaterThan(0))
                .body("MemTotal", greaterThan(1_000_000L))
                .body("DockerRootDir", equalTo(ENGINE.kelpie().root().toString()));
    }

    @Test
    void infoOfLibpodTellsTheStore() {
        api().get("/v5.0.0/libpod/info")
                .then()
                .statusCode(200)
                .body("store.graphRoot", equalTo(ENGINE.kelpie().root().toString()))
                .body("host.os", equalTo("linux"))
                .body("version.Version", not(emptyString()));
    }

    @Test
    void unknownPathsAreNotFound() {
        api().get("/v1.44/no/such/path").then().statusCode(404);
        api().post("/_ping").then().statusCode(405);
        api().get("/v1.44/%2e%2e/%2e%2e/etc/passwd")
                .then()
                .statusCode(404)
                .body(not(containsString("root:")));
    }
}
