package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The generator as systemd calls it: unit files in, units and links out, without a service.
@OnlyKelpie
class QuadletGeneratorIT {
    private static final Path KELPIE = Path.of(Kelpie.program().getFirst());
    private static final Path GENERATOR = generator();

    /// Beside the launcher, or in the folder of the checkout.
    private static Path generator() {
        var beside = KELPIE.resolveSibling("quadlet-generator");
        return Files.exists(beside) ? beside : KELPIE.resolveSibling(".kelpie/quadlet-generator");
    }

    @TempDir private Path folder;
    private Path units;
    private Path output;

    @BeforeEach
    void writeUnits() {
        units = folder.resolve("units");
        output = folder.resolve("out");
        write("app.pod", "[Pod]\nPublishPort=8080:80\nNetwork=back.network\n");
        write(
                "web.container",
                """
                [Unit]
                Description=Web
                After=data.volume
                [Container]
                Image=localhost/web:1
                Pod=app.pod
                Volume=data.volume:/data
                Exec=serve --title "Zwei Wörter"
                [Service]
                Restart=always
                [Install]
                WantedBy=multi-user.target
                """);
        write("back.network", "[Network]\nSubnet=10.44.0.0/24\n");
        write("data.volume", "[Volume]\n");
        write("play.kube", "[Kube]\nYaml=play.yaml\n");
        write("base.image", "[Image]\nImage=localhost/base:1\n");
        write("own.build", "[Build]\nImageTag=localhost/own:1\nSetWorkingDirectory=unit\n");
        write("thing.artifact", "[Artifact]\nArtifact=localhost/thing:1\n");
        write(
                "worker@.container",
                "[Container]\nImage=localhost/w:1\n[Install]\nWantedBy=multi-user.target\nDefaultInstance=one\n");
    }

    private void write(String name, String text) {
        Host.write(units.resolve(name), text);
    }

    /// As systemd does it: three folders, and hardly any environment.
    private Result generate(String program, String... flags) {
        var command = new ArrayList<>(List.of("env", "-i", "QUADLET_UNIT_DIRS=" + units, program));
        command.addAll(List.of(flags));
        for (var each : List.of("normal", "early", "late")) {
            command.add(output.resolve(each).toString());
        }
        return Host.run(command.toArray(String[]::new));
    }

    private String unit(String name) {
        return Host.read(output.resolve("normal").resolve(name));
    }

    @Test
    void makesAUnitOfEveryFileAndSaysNothing() {
        var result = generate(GENERATOR.toString(), "-no-kmsg-log").expect(0);
        assertThat(result.stdout() + result.stderr()).isEmpty();
        assertThat(output.resolve("normal").toFile().list())
                .containsExactlyInAnyOrder(
                        "app-pod.service",
                        "web.service",
                        "back-network.service",
                        "data-volume.service",
                        "play.service",
                        "base-image.service",
                        "own-build.service",
                        "thing-artifact.service",
                        "worker@.service",
                        "multi-user.target.wants");
        assertThat(unit("web.service"))
                .contains("After=data-volume.service\n")
                .contains("BindsTo=app-pod.service\n")
                .contains("ExecStart=" + KELPIE + " run --name systemd-%N ")
                .contains(" localhost/web:1 serve --title \"Zwei\\x20Wörter\"\n");
    }

    @Test
    void systemdAcceptsWhatItMade() {
        assumeTrue(Host.has("systemd-analyze"), "there is no systemd-analyze");
        generate(GENERATOR.toString(), "-no-kmsg-log").expect(0);
        var normal = output.resolve("normal");
        var verified =
                Host.run(
                        "systemd-analyze",
                        "verify",
                        "--recursive-errors=no",
                        normal + "/web.service",
                        normal + "/app-pod.service",
                        normal + "/play.service",
                        normal + "/own-build.service",
                        normal + "/worker@one.service");
        assertThat(verified.stderr()).doesNotContain(normal.toString()).doesNotContain(".service:");
    }

    @Test
    void linksWhatIsWanted() throws IOException {
        generate(GENERATOR.toString(), "-no-kmsg-log").expect(0);
        var wants = output.resolve("normal/multi-user.target.wants");
        assertThat(Files.readSymbolicLink(wants.resolve("web.service")))
                .isEqualTo(Path.of("../web.service"));
        assertThat(Files.readSymbolicLink(wants.resolve("worker@one.service")))
                .isEqualTo(Path.of("../worker@.service"));
    }

    @Test
    void aBrokenFileLeavesAUnitThatFailsWithTheReason() {
        write("bad.container", "[Container]\nImage=localhost/x:1\nPublishport=1:1\n");
        var result = generate(GENERATOR.toString(), "-no-kmsg-log").expect(1);
        var reason = "unsupported key 'Publishport' in group 'Container'";
        assertThat(result.stderr()).contains("converting \"bad.container\": " + reason);
        var start =
                unit("bad.service")
                        .lines()
                        .filter(line -> line.startsWith("ExecStart="))
                        .findFirst()
                        .orElseThrow();
        var failed = Host.run("sh", "-c", shell(start));
        assertThat(failed.exitCode()).isEqualTo(78);
        assertThat(failed.stderr()).startsWith("bad.container is no unit: " + reason);
        assertThat(unit("web.service")).contains("ExecStart=");
    }

    /// The line as systemd would run it.
    private static String shell(String line) {
        return line.substring("ExecStart=".length())
                .replace("\\x20", " ")
                .replace("%%", "%")
                .replace("\\\\n", "\\n")
                .replace("\\\"$$1\\\"", "\\\"\\$1\\\"")
                .replace("$$", "\\$");
    }

    @Test
    void aLinkWithUserInItsNameIsAUsersGenerator() throws IOException {
        var link = folder.resolve("kelpie-user-generator");
        Files.createSymbolicLink(link, GENERATOR);
        generate(link.toString()).expect(0);
        var wait = "podman-user-wait-network-online.service";
        assertThat(unit("web.service"))
                .startsWith("# Automatically generated by " + link)
                .contains("After=" + wait);
        assertThat(unit(wait)).contains("ExecStart=");
    }

    @Test
    void aDryRunPrintsTheUnits() {
        var command = new ArrayList<>(List.of("env", "QUADLET_UNIT_DIRS=" + units));
        command.addAll(Kelpie.program());
        command.addAll(List.of("quadlet-generator", "--dryrun", "--user"));
        var result = Host.run(command.toArray(String[]::new)).expect(0);
        assertThat(result.stdout())
                .contains("---web.service---\n[Unit]\n", "---app-pod.service---\n");
        assertThat(output).doesNotExist();
    }

    @Test
    void checkTellsFileLineAndMend() {
        write("bad.container", "[Container]\nImage=localhost/x:1\nPublishport=1:1\nPod=app.pod\n");
        var command = new ArrayList<>(Kelpie.program());
        command.addAll(List.of("quadlet", "check", units.resolve("bad.container").toString()));
        var result = Host.run(command.toArray(String[]::new)).expect(1);
        assertThat(result.lines())
                .containsExactly(
                        units.resolve("bad.container")
                                + ":3: error: [Container] Publishport=1:1: unknown key: the unit is"
                                + " not generated; did you mean 'PublishPort'? (case matters)");
        write("bad.container", "[Container]\nImage=localhost/x:1\n");
        assertThat(Host.run(command.toArray(String[]::new)).expect(0).stdout()).isEmpty();
    }

    @Test
    void installsUnitsFromTheWebAndNothingOfAnAnswerThatIsNone() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        write("kt-from-web.container", "[Container]\nImage=localhost/web:1\n");
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/kt-";
            assertThat(quadlet("install", url + "gone.container").expect(125).stderr())
                    .contains("404");
            var unit = Path.of(quadlet("install", url + "from-web.container").expect(0).text());
            assertThat(unit).hasFileName("kt-from-web.container");
            assertThat(unit).hasSameTextualContentAs(units.resolve("kt-from-web.container"));
            assertThat(unit.resolveSibling("kt-gone.container")).doesNotExist();
        } finally {
            quadlet("rm", "kt-from-web.container");
            server.stop(0);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var file = units.resolve(exchange.getRequestURI().getPath().substring(1));
            var body = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(Files.exists(file) ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Result quadlet(String verb, String what) {
        var command = new ArrayList<>(Kelpie.program());
        command.addAll(List.of("quadlet", verb, "--reload-systemd=false", what));
        return Host.run(command.toArray(String[]::new));
    }
}
