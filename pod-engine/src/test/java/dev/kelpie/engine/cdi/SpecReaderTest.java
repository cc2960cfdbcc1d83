package dev.kelpie.engine.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.spec.Hooks.Hook;
import dev.kelpie.runtime.spec.Linux.IntelRdt;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecReaderTest {
    private static final String WHOLE =
            """
            cdiVersion: "1.1.0"
            kind: vendor.com/class.x
            annotations: {by: hand}
            devices:
            - name: 0:a
              annotations: {which: first}
              containerEdits:
                deviceNodes:
                - {path: /dev/x, hostPath: /dev/zero, permissions: rw, fileMode: 416, uid: 5}
                - {path: /dev/y, type: c, major: 1, minor: 3, permissions: none}
                mounts:
                - {hostPath: /lib/x, containerPath: /usr/lib/x, options: [ro]}
                - {hostPath: tmpfs, containerPath: /t, type: tmpfs}
                hooks:
                - {hookName: createContainer, path: /bin/hook, args: [hook, a], env: [A=b], timeout: 3}
                intelRdt: {closID: gold, enableMonitoring: true}
            containerEdits: {env: [X=1], additionalGids: [0, 44]}
            """;

    private static CdiSpec read(String file, String text) {
        return SpecReader.read(Path.of("/etc/cdi", file), text);
    }

    private static ContainerEdits whole() {
        return read("a.yaml", WHOLE).devices().getFirst().edits();
    }

    @Test
    void readsWhatWhoeverHasOneOfTheDevicesGets() {
        var spec = read("a.yaml", WHOLE);
        assertThat(spec.kind()).isEqualTo("vendor.com/class.x");
        assertThat(spec.edits().env()).containsExactly("X=1");
        assertThat(spec.edits().additionalGids()).containsExactly(44L);
        assertThat(spec.devices()).extracting(CdiSpec.Device::name).containsExactly("0:a");
    }

    @Test
    void readsDeviceNodes() {
        var found = whole().deviceNodes().getFirst();
        assertThat(found.hostPath()).isEqualTo(Path.of("/dev/zero"));
        assertThat(found.containerPath()).isEqualTo("/dev/x");
        assertThat(found.access()).isEqualTo("rw");
        var facts = found.node().orElseThrow();
        assertThat(facts.fileMode()).isEqualTo(0640);
        assertThat(facts.uid()).isEqualTo(OptionalLong.of(5));
        assertThat(facts.number()).isEmpty();
        var told = whole().deviceNodes().getLast();
        assertThat(told.access()).isEmpty();
        assertThat(told.node().orElseThrow().number()).contains(new EntryFacts.Device(1, 3));
        assertThat(told.node().orElseThrow().fileMode()).isEqualTo(0666);
    }

    @Test
    void readsMountsHooksAndClasses() {
        assertThat(whole().mounts())
                .containsExactly(
                        new Mount("/usr/lib/x", "bind", "/lib/x", List.of("ro", "rbind")),
                        new Mount("/t", "tmpfs", "tmpfs", List.of()));
        var hook = new Hook("/bin/hook", List.of("hook", "a"), List.of("A=b"), Optional.of(3));
        assertThat(whole().hooks())
                .containsExactly(new ContainerEdits.NamedHook("createContainer", hook));
        assertThat(whole().intelRdt())
                .contains(
                        new IntelRdt(
                                Optional.of("gold"),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enableMonitoring", "enableCMT", "enableMBM"})
    void everyWordForMonitoringIsOne(String word) {
        var spec = read("a.yaml", WHOLE.replace("enableMonitoring", word));
        assertThat(spec.devices().getFirst().edits().intelRdt())
                .hasValueSatisfying(rdt -> assertThat(rdt.enableMonitoring()).isTrue());
    }

    @Test
    void readsJsonWithTabs() {
        var text =
                "{\"cdiVersion\":\"0.3.0\",\n\t\"kind\":\"v/c\",\"devices\":[{\"name\":\"a\","
                        + "\"containerEdits\":{\"env\":[\"A=b\"]}}]}";
        assertThat(read("a.json", text).devices()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cdiVersion: "1.1.0"         | cdiVersion: "9.0.0"   | cdiVersion: must be 0.3.0 to 1.1.0, was '9.0.0'
                    kind: vendor.com/class.x    | kind: class           | kind: must be as vendor.com/class, was 'class'
                    name: 0:a                   | name: -a              | devices[0].name: must be letters
                    X=1                         | X                     | containerEdits.env: must be NAME=value each, was 'X'
                    44                          | -1                    | containerEdits.additionalGids[1]: must be a number
                    path: /dev/x                | path: dev/x           | deviceNodes[0].path: must be an absolute path
                    path: /dev/x                | path: /dev/../x       | deviceNodes[0].path: must be an absolute path
                    permissions: rw             | permissions: rwx      | deviceNodes[0].permissions: must be letters of rwm
                    type: c                     | type: d               | deviceNodes[1].type: must be b, c, u or p, was 'd'
                    major: 1                    | major: 99999999       | deviceNodes[1].major: must be a number from 0 to 4095
                    createContainer             | create                | hooks[0].hookName: is no hook of the runtime's: 'create'
                    hostPath: /lib/x,           |                       | mounts[0].hostPath: is required
                    gold                        | a/b                   | intelRdt.closID: must be the name of a folder
                    uid: 5                      | uid: 5, owner: me     | deviceNodes[0].owner: is no field
                    annotations: {by: hand}     | netDevices: []        | netDevices: is no field
                    """)
    void tellsWhatIsWrongAndWhere(String old, @Nullable String bad, String complaint) {
        var text = WHOLE.replace(old, Objects.requireNonNullElse(bad, ""));
        assertThatThrownBy(() -> read("a.yaml", text))
                .isInstanceOf(CdiException.class)
                .hasMessageStartingWith("/etc/cdi/a.yaml: ")
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesWhatIsNoObjectTooDeepOrTwiceThere() {
        for (var text : List.of("- a", "{", "a: &x [*x]", "[".repeat(100), "kind: a\nkind: b")) {
            assertThatThrownBy(() -> read("a.yaml", text)).isInstanceOf(CdiException.class);
        }
        for (var text : List.of("", "[]", "{\"a\":1,\"a\":2}", "[".repeat(100), "{} {}")) {
            assertThatThrownBy(() -> read("a.json", text)).isInstanceOf(CdiException.class);
        }
    }

    @Test
    void refusesDevicesWithoutEditsAndOfOneName() {
        var empty = "cdiVersion: 0.5.0\nkind: v/c\ndevices: [{name: a, containerEdits: {}}]";
        assertThatThrownBy(() -> read("a.yaml", empty))
                .hasMessageContaining("devices[0].containerEdits: must not be empty");
        var one = "{name: a, containerEdits: {env: [A=b]}}";
        var twice = "cdiVersion: 0.5.0\nkind: v/c\ndevices: [%s, %s]".formatted(one, one);
        assertThatThrownBy(() -> read("a.yaml", twice)).hasMessageContaining("two are called 'a'");
    }
}
