package dev.kelpie.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    private static final Map<String, String> VARIABLES =
            Map.of("A", "x", "EMPTY", "", "B", "y z", "P", "a/b/c.tar.gz");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "$A|x",
                "${A}b|xb",
                "$Ab|%%",
                "${NO:-word}|word",
                "${EMPTY:-word}|word",
                "${EMPTY-word}|%%",
                "${A:+set}|set",
                "${NO:+set}|%%",
                "${NO:-${A}}|x",
                "\\$A|$A",
                "'$A'|$A",
                "\"$A $B\"|x y z",
                "a$|a$",
                "${P#*/}|b/c.tar.gz",
                "${P##*/}|c.tar.gz",
                "${P%.*}|a/b/c.tar",
                "${P%%.*}|a/b/c",
                "${P/b/X}|a/X/c.tar.gz",
                "${P//[/]/X}|a/b/c.tar.gz",
                "${P//?.t/X}|a/b/Xar.gz",
                "${P//./}|a/b/ctargz",
                "${NO#x}|%%",
                "\"a\\\"b\"|a\"b",
            })
    void expands(String text, String expected) {
        assertThat(Words.expand(text, VARIABLES::get)).isEqualTo(expected);
    }

    @Test
    void splitsOutsideQuotes() {
        assertThat(Words.split("a \"b c\"  'd $A' $B", VARIABLES::get))
                .containsExactly("a", "b c", "d $A", "y z");
    }

    @Test
    void refusesWhatIsNotClosed() {
        for (var text : new String[] {"\"a", "'a", "${A", "${A:-b", "${}", "${A:~b}"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Words.expand(text, VARIABLES::get));
        }
    }

    @Test
    void saysWhatARequiredVariableWants() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Words.expand("${NO:?must be given}", VARIABLES::get))
                .withMessage("variable 'NO' is not set: must be given");
    }
}
