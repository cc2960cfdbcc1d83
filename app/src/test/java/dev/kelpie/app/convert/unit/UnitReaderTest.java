package dev.kelpie.app.convert.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.convert.Import;
import dev.kelpie.app.convert.Line;
import dev.kelpie.quadlet.translate.Host;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class UnitReaderTest {
    private static final Host NOBODY =
            new Host() {
                @Override
                public boolean exists(String path) {
                    return false;
                }

                @Override
                public OptionalLong userId(String name) {
                    return OptionalLong.empty();
                }

                @Override
                public OptionalLong groupId(String name) {
                    return OptionalLong.empty();
                }
            };

    @Test
    void leavesOutWhatTiesAContainerToSystemd() {
        var read =
                read(
                        Map.of(
                                "web.container",
                                """
                                [Container]
                                Image=web:1
                                Environment="A=50%% $$HOME" HERE=%N
                                Exec=sh -c "sleep 10"
                                Strange=1
                                [Service]
                                Restart=always
                                """));
        assertThat(read.lines().getFirst().words())
                .startsWith("--name=web", "--restart=always")
                .contains("A=50% $HOME", "HERE=web")
                .endsWith("web:1", "sh", "-c", "sleep 10")
                .doesNotContain("--rm", "--replace", "--sdnotify=conmon", "-d");
        assertThat(read.losses())
                .singleElement()
                .asString()
                .startsWith("unit 'web.container': Strange: ");
    }

    @Test
    void keepsContainersInTheirPod() {
        var read =
                read(
                        Map.of(
                                "shop.pod", "[Pod]\nPodName=store\nPublishPort=8080:80\n",
                                "db.container", "[Container]\nImage=db\nPod=shop.pod\n",
                                "x.network", "[Network]\n"));
        assertThat(read.lines())
                .extracting(Line::name)
                .containsExactlyInAnyOrder("store-infra", "db");
        assertThat(read.lines()).allMatch(line -> line.pod().orElse("").equals("store"));
        assertThat(read.losses())
                .containsExactly("unit 'x.network': 'kelpie network create' makes it");
    }

    @Test
    void saysWhyNothingIsLeft() {
        assertThatThrownBy(() -> read(Map.of("a.container", "[Container]\n")))
                .hasMessageStartingWith("no container in a.container: unit 'a.container': ");
    }

    private static Import read(Map<String, String> texts) {
        return UnitReader.read(texts, Map.of(), NOBODY);
    }
}
