package dev.kelpie.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DetachKeysTest {
    private static final String P = "\u0010";
    private static final String Q = "\u0011";

    private static String pass(DetachKeys keys, String typed) {
        var bytes = typed.getBytes(StandardCharsets.ISO_8859_1);
        return new String(keys.pass(bytes, bytes.length), StandardCharsets.ISO_8859_1);
    }

    @Test
    void dropsTheSequenceAndWhatFollows() {
        var keys = DetachKeys.parse("ctrl-p,ctrl-q");
        assertThat(pass(keys, "ls\r" + P + Q + "more")).isEqualTo("ls\r");
        assertThat(keys.complete()).isTrue();
    }

    @Test
    void findsASequenceThatComesInPieces() {
        var keys = DetachKeys.parse("ctrl-p,ctrl-q");
        assertThat(pass(keys, "a" + P)).isEqualTo("a");
        assertThat(keys.complete()).isFalse();
        assertThat(pass(keys, Q)).isEmpty();
        assertThat(keys.complete()).isTrue();
    }

    @Test
    void passesOnABeginningThatLedNowhere() {
        var keys = DetachKeys.parse("ctrl-p,ctrl-q");
        assertThat(pass(keys, P + "x")).isEqualTo(P + "x");
        assertThat(pass(keys, P + P + Q)).isEqualTo(P);
        assertThat(keys.complete()).isTrue();
    }

    @Test
    void takesPlainLettersAndNothing() {
        var keys = DetachKeys.parse("q");
        assertThat(pass(keys, "abqc")).isEqualTo("ab");
        assertThat(keys.complete()).isTrue();
        assertThat(pass(DetachKeys.parse(""), P + Q)).isEqualTo(P + Q);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctrl-", "alt-p", "ctrl-p,", "ctrl-é"})
    void refusesOtherKeys(String text) {
        assertThatThrownBy(() -> DetachKeys.parse(text))
                .hasMessage("invalid detach keys \"" + text + "\"");
    }
}
