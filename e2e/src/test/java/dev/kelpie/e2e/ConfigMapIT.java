package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// ConfigMaps become variables and read-only files of the pods that are played with them.
class ConfigMapIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String MAP =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {color: %s, size: "5"}
            """;
    private static final String POD =
            Box.podWith(
                    "web",
                    """
                    volumes:
                    - name: all
                      configMap: {name: settings}
                    - name: some
                      configMap:
                        name: settings
                        defaultMode: 0400
                        items: [{key: color, path: paint}]
                    """,
                    Box.containerWith(
                            "c",
                            Box.staying(),
                            """
                            envFrom:
                            - configMapRef: {name: settings}
                            env:
                            - name: PAINT
                              valueFrom: {configMapKeyRef: {name: settings, key: color}}
                            - name: NONE
                              valueFrom: {configMapKeyRef: {name: settings, key: x, optional: true}}
                            volumeMounts:
                            - {name: all, mountPath: /all}
                            - {name: some, mountPath: /some}
                            """));

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void becomesVariablesAndFiles() {
        kelpie.play(MAP.formatted("blue") + "---\n" + POD);
        assertThat(kelpie.ok("exec", "web-c", "sh", "-c", "echo $color $size $PAINT ${NONE-unset}"))
                .isEqualTo("blue 5 blue unset");
        assertThat(kelpie.ok("exec", "web-c", "cat", "/all/color", "/all/size", "/some/paint"))
                .isEqualTo("blue5blue");
        assertThat(kelpie.ok("exec", "web-c", "ls", "/some")).isEqualTo("paint");
    }

    @Test
    @OnlyKelpie
    void isReadOnlyAndReplacedWithItsPod() {
        var first = MAP.formatted("blue") + "---\n" + POD;
        kelpie.play(first);
        kelpie.play(first);
        assertThat(kelpie.ok("exec", "web-c", "ls", "-l", "/some/..data/paint"))
                .startsWith("-r--------");
        kelpie.fails(1, "exec", "web-c", "touch", "/all/x");
        var changed = MAP.formatted("red") + "---\n" + POD;
        assertThat(kelpie.playFails(changed)).contains("differs from the manifest");
        kelpie.play(changed, "--replace");
        assertThat(kelpie.ok("exec", "web-c", "cat", "/all/color")).isEqualTo("red");
        kelpie.ok("pod", "stop", "web");
        kelpie.ok("pod", "start", "web");
        assertThat(kelpie.ok("exec", "web-c", "cat", "/all/color")).isEqualTo("red");
    }

    @Test
    void comesFromAnotherFile() {
        var file = Host.write(kelpie.directory().resolve("maps.yaml"), MAP.formatted("green"));
        kelpie.play(POD, "--configmap", file.toString());
        assertThat(kelpie.ok("exec", "web-c", "sh", "-c", "echo $color")).isEqualTo("green");
    }

    @Test
    void mustBeThere() {
        assertThat(kelpie.playFails(POD)).contains("configmap").contains("not found");
    }
}
