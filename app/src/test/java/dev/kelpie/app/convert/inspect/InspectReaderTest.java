package dev.kelpie.app.convert.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.convert.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The files are what Podman 5.4 printed.
final class InspectReaderTest {
    @Test
    void writesWhatWasAskedForAndNotWhatTheImageBrought() {
        var web = lines("web.json").getFirst();
        assertThat(web.words())
                .contains("--env=COLOR=blue", "--env=TEXT=two words", "--label=tier=front")
                .contains("--volume=goods:/goods:ro", "--volume=/srv/data:/data")
                .contains("--publish=127.0.0.1:8080:80/tcp", "--publish=5353:53/udp")
                .contains("--restart=on-failure:3", "--cpus=1.5", "--memory=134217728")
                .contains("--ulimit=nofile=1024:2048", "--tmpfs=/scratch:size=8m")
                .contains("--sysctl=net.ipv4.ip_forward=1", "--stop-timeout=25")
                .contains("--secret=pass,uid=0,gid=0,mode=444", "--hostname=desk")
                .endsWith("--", "localhost/box:1", "sleep 100")
                .noneMatch(word -> word.contains("GREETING") || word.contains("buildah"))
                .noneMatch(word -> word.contains("PATH=") || word.contains("nproc"));
    }

    @Test
    void leavesAPlainContainerPlain() {
        assertThat(lines("plain.json").getFirst().words())
                .containsExactly("--name=plain", "--no-healthcheck", "--", "localhost/box:1");
    }

    @Test
    void putsMembersInTheirPodAndGivesItItsPorts() {
        var lines = lines("pod-members.json", "pod.json");
        assertThat(lines)
                .extracting(Line::name)
                .containsExactly("shop-db", "shop-app", "shop-infra");
        assertThat(lines).allMatch(line -> line.pod().orElse("").equals("shop"));
        assertThat(lines.getLast().words()).contains("--publish=9090:90/tcp", "--hostname=shopper");
        assertThat(lines.get(1).words())
                .contains("--privileged")
                .noneMatch(word -> word.startsWith("--security-opt"));
    }

    @Test
    void readsDockersJsonToo() {
        var docker =
                """
                [{"Name": "/cache", "Config": {"Image": "redis:7", "Env": ["A=1", "PATH=/bin"],
                  "Cmd": ["redis-server"], "Entrypoint": ["docker-entrypoint.sh"], "Hostname": "0123456789ab"},
                  "HostConfig": {"NetworkMode": "shop_default", "BlkioWeight": 300,
                    "DeviceRequests": [{"Count": -1, "Capabilities": [["gpu"]]}],
                    "Ulimits": [{"Name": "nofile", "Soft": 10, "Hard": 20}],
                    "RestartPolicy": {"Name": "unless-stopped", "MaximumRetryCount": 0}},
                  "Mounts": [{"Type": "volume", "Name": "%s", "Destination": "/data", "RW": true}],
                  "NetworkSettings": {"Networks": {"back": {}, "shop_default": {}}}}]
                """
                        .formatted("a".repeat(64));
        var read = InspectReader.read(docker, "-");
        assertThat(read.lines().getFirst().words())
                .contains(
                        "--env=A=1",
                        "--network=shop_default",
                        "--network=back",
                        "--restart=unless-stopped")
                .contains("--entrypoint=[\"docker-entrypoint.sh\"]", "--ulimit=nofile=10:20")
                .endsWith("--", "redis:7", "redis-server");
        assertThat(read.losses())
                .containsExactly(
                        "container 'cache': the content of its own volume at /data",
                        "container 'cache': BlkioWeight 300",
                        "container 'cache': DeviceRequests [{\"Count\":-1,\"Capabilities\":[[\"gpu\"]]}]");
    }

    @Test
    void refusesWhatIsNotOfInspect() {
        assertThatThrownBy(() -> InspectReader.read("{\"a\": ", "x.json"))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("'x.json' is no JSON of inspect: ");
        assertThatThrownBy(() -> InspectReader.read("[{\"Id\": \"1\"}]", "-"))
                .hasMessageContaining("neither container nor pod");
        assertThatThrownBy(() -> InspectReader.read("[]", "-"))
                .hasMessage("'-' holds no container of inspect");
    }

    private static List<Line> lines(String... files) {
        var text = new StringBuilder();
        for (var file : files) {
            try (var in =
                    Objects.requireNonNull(
                            InspectReaderTest.class.getResourceAsStream(file), file)) {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return InspectReader.read(text.toString(), "-").lines();
    }
}
