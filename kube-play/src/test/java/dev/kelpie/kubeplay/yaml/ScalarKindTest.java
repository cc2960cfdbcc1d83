package dev.kelpie.kubeplay.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.kubeplay.report.FieldPath;
import dev.kelpie.kubeplay.report.Place;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarKindTest {

    @ParameterizedTest
    @CsvSource({
        "yes, BOOLEAN", "Off, BOOLEAN", "TRUE, BOOLEAN", "tRue, STRING", "y, STRING",
        "010, INTEGER", "0x1F, INTEGER", "0b11, INTEGER", "1_000, INTEGER", "-5, INTEGER",
        "1.5, FLOAT", "1e3, FLOAT", ".5, FLOAT", ".inf, FLOAT", "089, FLOAT",
        "~, NULL", "null, NULL", "nUll, STRING", "1:30, STRING", "2024-01-01, STRING",
        "1.2.3, STRING", "12e, STRING", "_1, STRING"
    })
    void readsPlainScalarsAsKubernetesDoes(String text, ScalarKind kind) {
        assertThat(ScalarKind.ofPlain(text)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "0644, 420",
        "0o17, 15",
        "0x1F, 31",
        "0b11, 3",
        "1_000, 1000",
        "-5, -5",
        "1e3, 1000",
        "3.0, 3"
    })
    void knowsWholeNumbers(String text, long value) {
        assertThat(integer(text)).hasValue(value);
    }

    @ParameterizedTest
    @CsvSource({"1.5", "99999999999999999999", "text", "1e999999", ".nan", "0x"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertThat(integer(text)).isEmpty();
    }

    @Test
    void aQuotedNumberIsNone() {
        var scalar = new Node.Scalar(new Place("f", 1, 1), FieldPath.ROOT, "5", ScalarKind.STRING);
        assertThat(ScalarKind.integer(scalar)).isEmpty();
    }

    private static OptionalLong integer(String text) {
        var kind = ScalarKind.ofPlain(text);
        return ScalarKind.integer(
                new Node.Scalar(new Place("f", 1, 1), FieldPath.ROOT, text, kind));
    }
}
