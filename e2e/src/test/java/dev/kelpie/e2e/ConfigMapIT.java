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

    private static final String FOLLOWER =
            Box.podWith(
                            "tail",
                            """
                            volumes:
                            - name: map
                              configMap: {name: settings}
                            - name: secret
                              secret: {secretName: word}
                            - name: both
                              projected:
                                sources:
                                - configMap: {name: settings, items: [{key: color, path: paint}]}
                                - downwardAPI:
                                    items:
                                    - path: mood
                                      fieldRef: {fieldPath: "metadata.labels['mood']"}
                            """,
                            Box.containerWith(
                                    "c",
                                    Box.staying(),
                                    """
                                    volumeMounts:
                                    - {name: map, mountPath: /map}
                                    - {name: secret, mountPath: /secret}
                                    - {name: both, mountPath: /both}
                                    - {name: map, mountPath: /fixed, subPath: color}
                                    """))
                    .replace("  name: tail\n", "  name: tail\n  labels: {mood: %s}\n");

    private static String secret(String word) {
        return "apiVersion: v1\nkind: Secret\nmetadata: {name: word}\nstringData: {w: %s}\n---\n"
                .formatted(word);
    }

    private String files() {
        return kelpie.ok(
                "exec",
                "tail-c",
                "sh",
                "-c",
                "echo $(cat /map/color /secret/w /both/paint /both/mood /fixed)");
    }

    @Test
    @OnlyKelpie
    void runningPodsFollow() {
        var map = MAP.formatted("blue") + "---\n";
        kelpie.play(map + secret("a") + FOLLOWER.formatted("glad"));
        assertThat(files()).isEqualTo("blueabluegladblue");
        var pid = kelpie.ok("inspect", "--format", "{{.State.Pid}}", "tail-c");
        kelpie.play(MAP.formatted("red"));
        assertThat(files()).isEqualTo("redaredgladblue");
        kelpie.play(secret("b"));
        assertThat(files()).isEqualTo("redbredgladblue");
        kelpie.play(MAP.formatted("green") + "---\n" + FOLLOWER.formatted("sad"));
        assertThat(files()).isEqualTo("greenbgreensadblue");
        kelpie.runWithInput("{\"w\": \"Yw==\"}", "secret", "create", "--replace", "word", "-")
                .expect(0);
        assertThat(files()).isEqualTo("greencgreensadblue");
        assertThat(kelpie.ok("inspect", "--format", "{{.State.Pid}}", "tail-c")).isEqualTo(pid);
        assertThat(kelpie.playFails("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: none}"))
                .contains("no pod has files of 'none'");
        assertThat(kelpie.playFails(MAP.formatted("x").replace("color", "colour")))
                .contains("has no key 'color' any more, which pod 'tail' needs");
        assertThat(files()).isEqualTo("greencgreensadblue");
        kelpie.ok("restart", "tail-c");
        assertThat(files()).isEqualTo("greencgreensadgreen");
        kelpie.ok("secret", "rm", "word");
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
