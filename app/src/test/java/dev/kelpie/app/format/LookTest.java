package dev.kelpie.app.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LookTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "12200000, 12.2 MB",
        "1986315, 1.99 MB",
        "3970000, 3.97 MB",
        "737280, 737 kB",
        "2030000000, 2.03 GB",
        "100000000, 100 MB"
    })
    void showsSizesWithThreeDigits(long bytes, String expected) {
        assertThat(HumanSize.decimal(bytes, " ")).isEqualTo(expected);
    }

    @Test
    void showsBinarySizes() {
        assertThat(HumanSize.binary(17_207_000)).isEqualTo("16.41MiB");
    }

    @ParameterizedTest
    @CsvSource({
        "0, Less than a second",
        "1, 1 second",
        "59, 59 seconds",
        "60, About a minute",
        "119, About a minute",
        "120, 2 minutes",
        "3540, 59 minutes",
        "3600, About an hour",
        "7200, 2 hours",
        "172800, 2 days",
        "1209600, 2 weeks",
        "31536000, 12 months",
        "94608000, 3 years"
    })
    void showsSpansInTheirLargestUnit(long seconds, String expected) {
        assertThat(HumanTime.span(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }

    @Test
    void alignsColumnsAsPodmanDoes() {
        var table =
                TextTable.podman()
                        .row(List.of("POD ID", "NAME", "STATUS"))
                        .row(List.of("db8bb4642118", "bb", "Created"));
        assertThat(table.text())
                .isEqualTo("POD ID        NAME        STATUS\ndb8bb4642118  bb          Created\n");
    }

    @Test
    void cutsLinesAndMakesTheHeadingBoldOnATerminal() {
        var table = TextTable.narrow().row(List.of("A", "LONGER")).row(List.of("1", "abcdefgh"));
        assertThat(table.text(7, true)).isEqualTo("\u001b[1mA  LON…\u001b[0m\n1  abc…\n");
    }

    @Test
    void writesJsonAsGoDoes() {
        var json = TemplateTest.json("{\"a\":[1,{\"b\":\"x\\\"\"}],\"c\":{},\"d\":[],\"e\":null}");
        assertThat(JsonText.pretty(json, 2))
                .isEqualTo(
                        """
                        {
                          "a": [
                            1,
                            {
                              "b": "x\\""
                            }
                          ],
                          "c": {},
                          "d": [],
                          "e": null
                        }\
                        """);
    }

    @Test
    void writesYaml() {
        var json =
                TemplateTest.json(
                        "{\"a\":{\"b\":\"x: y\",\"n\":3},\"l\":[\"one\"],\"e\":[],\"v\":\"1.0\"}");
        assertThat(YamlText.of(json))
                .isEqualTo("a:\n  b: \"x: y\"\n  n: 3\nl:\n  - one\ne: []\nv: \"1.0\"\n");
    }

    @Test
    void findsTheWordThatWasMeant() {
        var known = List.of("images", "inspect", "info", "ps", "play");
        assertThat(Words.nearest("imgaes", known)).contains("images");
        assertThat(Words.nearest("inpsect", known)).contains("inspect");
        assertThat(Words.nearest("frobnicate", known)).isEmpty();
    }
}
