package dev.kelpie.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

    private static final Map<String, String> VALUES =
            Map.of("A", "a", "B", "$(A)", "EMPTY", "", "DOLLAR", "$");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "plain|plain",
                "$(A)|a",
                "x$(A)y$(A)z|xayaz",
                "$(B)|$(A)",
                "[$(EMPTY)]|[]",
                "$(NOBODY)|$(NOBODY)",
                "$$(A)|$(A)",
                "$$$(A)|$a",
                "$$$$(A)|$$(A)",
                "$$|$",
                "$|$",
                "a$|a$",
                "$A ${A}|$A ${A}",
                "$(A|$(A",
                "$()|$()",
                "$($(A))|$($(A))",
                "$(DOLLAR)(A)|$(A)",
                "$(A)$(|a$("
            })
    void expandsAsKubernetesDoes(String text, String expanded) {
        assertThat(Expansion.expand(text, VALUES)).isEqualTo(expanded);
    }
}
