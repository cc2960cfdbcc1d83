package dev.kelpie.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodUsersSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"auto", "auto:size=7", "keep-id", "keep-id:uid=1,gid=2,size=9", "nomap"})
    void readsWhatItWrites(String word) {
        assertThat(PodUsersSyntax.parse(word, false).flatMap(PodUsersSyntax::word)).contains(word);
    }

    @Test
    void knowsWhatTheWordsMean() {
        assertThat(PodUsersSyntax.parse("", false)).isEmpty();
        assertThat(PodUsersSyntax.parse("host", false)).isEmpty();
        assertThat(PodUsersSyntax.parse("private", true))
                .contains(new PodUsers.Auto(OptionalLong.empty(), true));
        assertThat(PodUsersSyntax.parse("keep-id:gid=5", false))
                .contains(
                        new PodUsers.KeepId(
                                OptionalInt.empty(), OptionalInt.of(5), OptionalLong.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "car | 'car' is none of",
                "ns:/x | 'ns:/x' is not supported",
                "host:x | 'host:x' takes no options",
                "auto:size | needs a number for 'size'",
                "auto:size=-1 | needs a number for 'size'",
                "auto:size=0 | size '0'",
                "auto:size=99999999999 | needs a number",
                "auto:uid=1 | has the option 'uid'",
                "keep-id:uid=4294967295 | too large"
            })
    void refusesWhatMeansNothing(String word, String why) {
        assertThatThrownBy(() -> PodUsersSyntax.parse(word, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void readsRanges() {
        assertThat(PodUsersSyntax.ranges(List.of("0:5:10", "10:1")))
                .containsExactly(new PodUsers.IdRange(0, 5, 10), new PodUsers.IdRange(10, 1, 1));
        assertThatThrownBy(() -> PodUsersSyntax.ranges(List.of("0:x:1")))
                .hasMessage("id mapping '0:x:1' is not INSIDE:OUTSIDE:COUNT");
        assertThatThrownBy(() -> PodUsersSyntax.ranges(List.of("0:1:0")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
