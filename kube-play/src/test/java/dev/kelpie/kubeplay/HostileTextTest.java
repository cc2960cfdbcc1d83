package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.kubeplay.report.Findings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest {

    private static final String HEAD = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n";

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> read(Source.of("f", text.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(message);
    }

    private static Playable read(Source source) {
        return new KubeReader().read(List.of(source), PlayOptions.DEFAULT);
    }

    @Test
    void tenMegabytesAreTooMuch() {
        refused("#" + "x".repeat(10 * 1024 * 1024), "f: is 10.0 MiB long, at most 3 MiB are read");
    }

    @Test
    void anAliasBombGoesOffHarmlessly() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("x]\n");
        }
        refused(bomb.toString(), "aliases blow the document up beyond 50000 nodes");
    }

    @Test
    void mergesCannotBlowUpADocument() {
        var bomb = new StringBuilder("a0: &a0 {x: [1, 2, 3], y: {z: 1}}\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d {<<: [".formatted(i, i));
            bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("], k%d: 1}\n".formatted(i));
        }
        refused(bomb.toString(), "aliases blow the document up");
    }

    @Test
    void anAliasWithinItselfIsRefused() {
        refused("a: &a [*a]", "f:1:4: an alias stands within what it refers to");
    }

    @Test
    void tooManyAliasesAreRefused() {
        refused("a: &a []\nb: [" + "*a, ".repeat(2000) + "]", "more than 1000 aliases");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void deepNestingIsRefused(String level) {
        refused(level.repeat(20_000), "nested deeper than 100 levels");
    }

    @Test
    void deepBlocksAreRefused() {
        var text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        refused(text.toString(), "nested deeper than 100 levels");
    }

    @Test
    void aShortTextCannotHoldMillionsOfValues() {
        refused("[" + "a,".repeat(1_500_000) + "]", "more than 200000 values in one file");
    }

    @Test
    void aNulByteIsRefusedWithItsPlace() {
        refused("a: 1\nb: \0", "f:2:4: holds a NUL byte; is it a binary file");
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> read(Source.of("f", new byte[] {'a', ':', ' ', (byte) 0xff})))
                .hasMessage("f:1:4: not valid UTF-8; is it a binary file, or in another encoding");
    }

    @Test
    void anEscapeCannotSmuggleANul() {
        refused(HEAD + "spec: {hostname: \"a\\0b\"}", "spec.hostname: must not hold a NUL");
    }

    @Test
    void controlCharactersAreRefused() {
        refused("a: \u001b[31m", "f:1:4: holds the control character U+001B");
    }

    @Test
    void messagesNeverCarryTerminalEscapes() {
        assertThatThrownBy(() -> read(new Source("f", HEAD + "\"\\e[31mred\": 1\nspec: {}")))
                .message()
                .contains("\\u001b[31mred")
                .doesNotContain("\u001b");
    }

    @Test
    void typesOfTheParserAreNotMade() {
        refused("!!javax.script.ScriptEngineManager [x]", "the type tag");
        refused(HEAD + "spec: {hostname: !!binary aGk=}", "spec.hostname: the type tag");
    }

    @Test
    void tabsAreNamed() {
        refused("a:\n\tb: 1", "f:2:1: not valid YAML: a tab is used for indentation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a: b: c|f:1:5: not valid YAML: a ':' where none can be",
                "a: @b|f:1:4: not valid YAML: found character '@', which cannot begin a value",
                "a: *b|f:1:4: not valid YAML: found undefined alias b",
                "a: [b|expected ',' or ']'",
                "a: 'b|(while scanning a quoted scalar that began on line 1)",
            })
    void syntaxErrorsSayWhatToDo(String text, String message) {
        refused(text, message);
    }

    @Test
    void wrongIndentationIsNamed() {
        refused("a:\n  b: 1\n c: 1", "f:3:2: not valid YAML: indented unlike its neighbours");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "- a", "12", "[]"})
    void whatIsNoObjectIsRefused(String text) {
        refused(text, "f:1:1: must be a Kubernetes object with apiVersion and kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---\n---\n", "# nothing", "~", "\uFEFF"})
    void nothingToPlayIsAnError(String text) {
        assertThatThrownBy(() -> read(new Source("f", text)))
                .isInstanceOf(NothingToPlayException.class)
                .hasMessage("YAML document does not contain any supported kube kind");
    }

    @Test
    void thousandsOfProblemsAreCutShort() {
        var text = new StringBuilder(HEAD).append("spec:\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("  wrong").append(i).append(": 1\n");
        }
        assertThatThrownBy(() -> read(new Source("f", text.toString())))
                .isInstanceOfSatisfying(
                        ManifestException.class,
                        e -> assertThat(e.problems()).hasSizeLessThanOrEqualTo(Findings.MOST))
                .hasMessageStartingWith("20001 problems")
                .hasMessageEndingWith("more");
    }

    @Test
    void anArmyOfPodsIsRefused() {
        var one =
                """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d%d}
                spec:
                  replicas: 1000
                  selector: {matchLabels: {a: b}}
                  template:
                    metadata: {labels: {a: b}}
                    spec: {containers: [{name: c, image: x}]}
                """;
        var text = one.formatted(1) + one.formatted(2) + one.formatted(3);
        refused(text, "one play has at most 2000 pods");
    }

    @Test
    void namesForDownAreBoundedToo() {
        var text = "kind: Deployment\nmetadata: {name: d}\nspec: {replicas: 2000000000}";
        var names = new KubeReader().names(List.of(new Source("f", text)));
        assertThat(names.workloads().getFirst().podNames()).hasSize(Clashes.MAX_PODS);
    }

    @Test
    void aSyntaxErrorDoesNotHideTheProblemsBeforeIt() {
        refused(HEAD + "spec: {containers: 5}\n---\na: b: c", "2 problems");
    }
}
