package dev.kelpie.app.convert.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.convert.Import;
import dev.kelpie.app.convert.Line;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ComposeReaderTest {
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/me"));

    @Test
    void writesAServiceAsWordsOfRun() {
        var read =
                read(
                        """
                        services:
                          web:
                            image: web:1
                            command: httpd -p "80 80" -f
                            entrypoint: [sh, -c]
                            ports: ["8080:80", {target: 53, published: 5353, protocol: udp, host_ip: 127.0.0.1}]
                            environment: {A: 1, B: yes, C: "22:22"}
                            volumes: [data:/data, ./conf:/etc/conf:ro, "~/x:/x", {type: bind, source: /a, target: /b, read_only: true}]
                            deploy: {resources: {limits: {cpus: "0.5", memory: 64M}}}
                            healthcheck: {test: curl localhost, interval: 1m}
                            ulimits: {nofile: {soft: 1, hard: 2}}
                            stop_grace_period: 1m30s
                        volumes: {data: {name: store}}
                        """);
        assertThat(read.losses()).isEmpty();
        assertThat(read.lines().getFirst().words())
                .contains("--name=web", "--publish=8080:80", "--publish=127.0.0.1:5353:53/udp")
                .contains("--env=A=1", "--env=B=yes", "--env=C=22:22", "--stop-timeout=90")
                .contains("--volume=store:/data", "--volume=/shop/conf:/etc/conf:ro")
                .contains("--volume=/home/me/x:/x", "--volume=/a:/b:ro", "--cpus=0.5")
                .contains("--entrypoint=[\"sh\",\"-c\"]", "--ulimit=nofile=1:2", "--memory=64M")
                .contains("--health-cmd=[\"CMD-SHELL\",\"curl localhost\"]")
                .endsWith("--", "web:1", "httpd", "-p", "80 80", "-f");
    }

    @Test
    void putsWhatOthersDependOnFirstAndTellsOfConditions() {
        var read =
                read(
                        """
                        services:
                          web: {image: a, depends_on: {db: {condition: service_healthy}}}
                          job: {image: a, depends_on: [web]}
                          db: {image: a}
                        """);
        assertThat(read.lines()).extracting(Line::name).containsExactly("db", "web", "job");
        assertThat(read.losses())
                .containsExactly(
                        "service 'web': depends_on 'db' until service_healthy: nothing waits, it"
                                + " has to try again");
    }

    @Test
    void laterFilesComeOverEarlierOnesAndExtendTheirBase() {
        files.put("/shop/base.yaml", "services: {base: {image: base, cap_drop: [ALL]}}");
        var texts = new LinkedHashMap<String, String>();
        texts.put(
                "a.yaml",
                """
                x-env: &env {A: 1, B: 2}
                services:
                  web:
                    extends: {file: base.yaml, service: base}
                    environment: {<<: *env, B: 3}
                    command: [one]
                    dns: [1.1.1.1]
                """);
        texts.put(
                "b.yaml", "services: {web: {environment: [C=4], command: [two], dns: [2.2.2.2]}}");
        var words = read(texts, Set.of()).lines().getFirst().words();
        assertThat(words)
                .contains("--env=A=1", "--env=B=3", "--env=C=4", "--cap-drop=ALL")
                .contains("--dns=1.1.1.1", "--dns=2.2.2.2")
                .endsWith("--", "base", "two");
    }

    @Test
    void fillsVariablesFromTheEnvironmentAndEnvFiles() {
        files.put("/shop/.env", "TAG=3\nCOLOR=red # or so\n");
        files.put("/shop/web.env", "export FROM='$TAG'\nDOUBLE=\"a $TAG\"\n\n# none\n");
        environment.put("COLOR", "blue");
        var read =
                read(
                        """
                        services:
                          web:
                            image: web:${TAG}
                            env_file: [web.env, {path: none.env, required: false}, gone.env]
                            environment: [COLOR, TAG, GONE, "P=$$HOME ${X:-d${TAG}} ${X:+no} ${COLOR:+yes}"]
                        """);
        assertThat(read.lines().getFirst().words())
                .contains("--env=FROM=$TAG", "--env=DOUBLE=a 3", "--env=COLOR=blue", "--env=TAG=3")
                .contains("--env=P=$HOME d3  yes")
                .noneMatch(word -> word.contains("GONE"))
                .endsWith("--", "web:3");
        assertThat(read.losses())
                .containsExactly(
                        "service 'web': env_file 'gone.env': cannot be read",
                        "service 'web': environment 'GONE': it is not set");
    }

    @Test
    void takesSecretsConfigsAndProfiles() {
        files.put("/shop/token", "hush");
        var text =
                """
                services:
                  web:
                    image: web
                    secrets: [token, {source: cert, target: /c, mode: 0400}]
                    configs: [{source: motd, target: /etc/motd}]
                  debug: {image: debug, profiles: [dev]}
                secrets: {token: {file: ./token}, cert: {external: true}}
                configs: {motd: {content: "hello"}}
                """;
        var read = read(text);
        assertThat(read.secrets().getFirst().metadata().name()).isEqualTo("token");
        assertThat(read.lines().getFirst().words())
                .contains("--secret=token", "--secret=cert,target=/c,mode=0400");
        assertThat(read.lines().getFirst().files())
                .containsExactly(new Line.File("motd", "/etc/motd", "aGVsbG8=", 0444));
        assertThat(read.losses())
                .containsExactly(
                        "service 'debug': only of profile dev, which is not on (--profile)");
        assertThat(read(Map.of("c.yaml", text), Set.of("dev")).lines()).hasSize(2);
    }

    @Test
    void takesSecretsOutOfVariables() {
        files.put("/shop/.env", "TOKEN=hush");
        var read =
                read(
                        """
                        services: {web: {image: web, secrets: [a]}}
                        secrets: {a: {environment: TOKEN}, b: {environment: GONE}}
                        """);
        assertThat(read.secrets()).hasSize(1);
        assertThat(read.secrets().getFirst().content()).containsValue("aHVzaA==");
        assertThat(read.losses()).containsExactly("secret 'b': variable 'GONE' is not set");
    }

    @Test
    void callsContainersAsTheirServicesAreFound() {
        var read =
                read(
                        """
                        services:
                          web: {image: web, container_name: shop-web}
                          other: {image: web, container_name: other, network_mode: "service:web"}
                        """);
        assertThat(read.lines()).extracting(Line::name).containsExactly("web", "other");
        assertThat(read.lines().getFirst().words()).contains("--name=web");
        assertThat(read.losses())
                .containsExactly(
                        "service 'web': container_name 'shop-web': others find it as 'web'");
    }

    @Test
    void namespacesOfOthersAreTheirContainersWhichComeFirst() {
        var read =
                read(
                        """
                        services:
                          web: {image: web, network_mode: "service:db", pid: "container:shop-db"}
                          far: {image: web, network_mode: "container:x", ipc: host}
                          db: {image: db, container_name: shop-db}
                        """);
        assertThat(read.lines()).extracting(Line::name).containsExactly("db", "web", "far");
        assertThat(read.lines().get(1).words())
                .contains("--network=container:db", "--pid=container:db");
        assertThat(read.lines().get(2).words()).contains("--network=container:x", "--ipc=host");
    }

    @Test
    void tellsOfEveryKeyThatItDoesNotKnowAndGoesOn() {
        var read =
                read(
                        """
                        services:
                          web: {image: web, unheard: of, x-mine: 1, deploy: {placement: {}}, networks: {a: {priority: 1}}}
                          none: {restart: always}
                        models: {}
                        """);
        assertThat(read.lines()).hasSize(1);
        assertThat(read.losses())
                .containsExactlyInAnyOrder(
                        "'models': unknown at the top of a compose file",
                        "service 'web': networks.a.priority",
                        "service 'web': deploy.placement",
                        "service 'web': unheard",
                        "service 'none': all of it: it has neither image nor build");
    }

    @Test
    void refusesWhatIsNoComposeFileAtAll() {
        assertThatThrownBy(() -> read("services: {a: ["))
                .hasMessageStartingWith("'c.yaml' is no YAML");
        assertThatThrownBy(() -> read("a: b")).hasMessage("no services in c.yaml");
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(i, i, ("*a" + (i - 1) + ",").repeat(9) + "*a" + (i - 1)));
        }
        assertThatThrownBy(() -> read(bomb.toString())).hasMessageContaining("too large");
    }

    @Test
    void refusesWhatUnfoldsOrIncludesWithoutBound() {
        assertThatThrownBy(() -> read("services: {a: &a {<<: *a}}"))
                .hasMessageContaining("too large, or too deep");
        var merges = new StringBuilder("a0: &a0 {x: y}\n");
        for (int i = 1; i < 40; i++) {
            merges.append("a%d: &a%d {<<: [*a%d, *a%d]}\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read(merges.toString())).hasMessageContaining("too large");
        files.put("/shop/.env", "X=" + "x".repeat(1 << 20));
        assertThatThrownBy(
                        () -> read("services: {a: {image: a, command: " + "$X".repeat(20) + "}}"))
                .hasMessageContaining("characters");
        files.put("/shop/i.yaml", "include: [i.yaml, i.yaml]");
        assertThatThrownBy(() -> read("include: [i.yaml]")).hasMessageContaining("1000 files");
    }

    @Test
    void endsWhereServicesExtendEachOtherAcrossFiles() {
        files.put(
                "/shop/b.yaml",
                "services: {a: {user: '5', extends: {file: ./b.yaml, service: a}}}");
        var read = read("services: {a: {image: a, extends: {file: b.yaml, service: a}}}");
        assertThat(read.lines().getFirst().words()).contains("--user=5");
    }

    /// Of a project below, with a project of its own below that.
    @Test
    void pathsOfOtherFilesBeginInTheirFolder() {
        files.put(
                "/shop/db/compose.yaml",
                """
                include: [{path: backup/b.yaml, env_file: backup/own.env}]
                services:
                  db:
                    image: "db:$TAG-$OWN"
                    env_file: db.env
                    volumes: ["./data:/data", {type: bind, source: ../more, target: /more}, "named:/n"]
                    extends: {file: base.yaml, service: base}
                configs: {c: {file: c.bin}}
                """);
        files.put("/shop/db/.env", "OWN=db\nTAG=1\n");
        files.put("/shop/db/db.env", "A=1\n");
        files.put("/shop/db/base.yaml", "services: {base: {volumes: ['./base:/base']}}");
        files.put(
                "/shop/db/backup/b.yaml",
                "services: {copy: {image: 'c:$OWN-$ONLY', volumes: ['./out:/out']}}");
        files.put("/shop/db/backup/own.env", "OWN=copy\nONLY=1\n");
        environment.put("TAG", "3");
        var lines = read("include: [db/compose.yaml]").lines();
        assertThat(lines.getFirst().words())
                .contains("--volume=/shop/db/backup/out:/out", "c:db-1");
        assertThat(lines.getLast().words())
                .contains("--volume=/shop/db/base:/base", "--volume=/shop/db/data:/data")
                .contains("--volume=/shop/more:/more", "--volume=named:/n")
                .contains("--env=A=1", "db:3-db");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Import read(String text) {
        return read(Map.of("c.yaml", text), Set.of());
    }

    private Import read(Map<String, String> texts, Set<String> profiles) {
        var place =
                new Place(
                        Path.of("/shop"),
                        environment,
                        path ->
                                Optional.ofNullable(files.get(path.toString()))
                                        .map(ComposeReaderTest::bytes));
        return ComposeReader.read(texts, place, profiles);
    }
}
