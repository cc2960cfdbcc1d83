package dev.kelpie.kubeplay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    @ParameterizedTest
    @CsvSource({
        "64Mi, 67108864",
        "1Gi, 1073741824",
        "1.5Gi, 1610612736",
        "1k, 1000",
        "1M, 1000000",
        "1e3, 1000",
        "1E3, 1000",
        "1E, 1000000000000000000",
        "5, 5",
        "+5, 5",
        ".5, 1",
        "1., 1",
        "100m, 1",
        "999999999999E, 9223372036854775807",
        "-1, -1",
        "12e-1, 2",
        "8Ei, 9223372036854775807"
    })
    void countsBytesRoundedUp(String text, long bytes) {
        assertThat(Amount.parse(text).orElseThrow().units()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "500m, 500",
        "1, 1000",
        "0.1, 100",
        "1.5, 1500",
        "100u, 1",
        "1n, 1",
        "0, 0",
        "2k, 2000000"
    })
    void countsThousandthsRoundedUp(String text, long thousandths) {
        assertThat(Amount.parse(text).orElseThrow().thousandths()).isEqualTo(thousandths);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "m", "1MB", "1 Mi", "1ki", "1K", "0x10", "1e", "1e9999", "--1", ".", "1.2.3",
                "١"
            })
    void refusesOtherText(String text) {
        assertThat(Amount.parse(text)).isEmpty();
    }
}
