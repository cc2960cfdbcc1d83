package dev.kelpie.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.BuildException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {

    @ParameterizedTest
    @CsvSource({
        "*.log, a.log, true",
        "*.log, dir/a.log, false",
        "**/*.log, dir/deep/a.log, true",
        "**/*.log, a.log, true",
        "dir, dir/a, true",
        "/dir/, dir/a, true",
        "dir/*, dir/a/b, true",
        "dir/**, dir/a/b, true",
        "d?r, dir, true",
        "[a-c]x, bx, true",
        "[^a-c]x, bx, false",
        "a**b, ab, true",
        "'\\*', '*', true",
        "'\\*', a, false",
    })
    void matchesAsDockersFileDoes(String rule, String path, boolean hidden) {
        assertThat(IgnoreRules.parse(rule, "x").hides(path)).isEqualTo(hidden);
    }

    @Test
    void letsTheLastRuleDecide() {
        var rules = IgnoreRules.parse("# all\n*\n!keep\nkeep/not\n", "x");
        assertThat(rules.hides("other")).isTrue();
        assertThat(rules.hides("keep/yes")).isFalse();
        assertThat(rules.hides("keep/not/this")).isTrue();
    }

    @Test
    void namesTheLineOfABadPattern() {
        assertThatThrownBy(() -> IgnoreRules.parse("ok\n[a\n", ".dockerignore"))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith(".dockerignore:2: ");
    }

    @Test
    void isNotSlowOnHostilePatterns() {
        var pattern = "*a".repeat(200) + "b";
        assertThat(IgnoreRules.parse(pattern, "x").hides("a".repeat(2000))).isFalse();
        assertThat(IgnoreRules.parse("**/".repeat(200) + "b", "x").hides("a/".repeat(500) + "c"))
                .isFalse();
    }
}
