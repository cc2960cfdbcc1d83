package dev.kelpie.quadlet.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitFileTest {
    private static UnitFile parse(String text) {
        return UnitFile.parse("u", text);
    }

    private static Section section(String text) {
        return parse("[G]\n" + text).section("G", _ -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[A]\nk=v\n",
                "# top\n[A]\n# in\nk=v\n\n; other\nk=w\n\n# b's\n[B]\nx=\n",
                "[A]\nk=v\n\n[B]\nk=v\n# end\n",
                "# only comments\n\n"
            })
    void writesWhatItRead(String text) {
        assertThat(parse(text).text(List.of())).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "k=a\\|b > a b",
                "k=a \\|  b > a  b",
                "k=a\\|# comment|; another|b > a b",
                "k=a\\||b > a b",
                "k=a\\\\|x=b > a\\\\",
                "k=a\\ > a",
                "k=a \\  > a",
                "k =  a  > a",
                "\tk=a > a",
                "k==a= > =a=",
            })
    void joinsLinesThatGoOn(String text, String value) {
        assertThat(section(text.replace('|', '\n')).raw("k")).contains(value);
    }

    @Test
    void readsWindowsLinesAndAByteOrderMark() {
        var unit = parse("\uFEFF[A]\r\nk=v\\\r\nw\r\n");
        assertThat(unit.faults()).isEmpty();
        assertThat(unit.text(List.of())).isEqualTo("[A]\nk=v w\n");
    }

    @Test
    void readsALastLineWithoutItsEnd() {
        assertThat(parse("[A]\nk=v").section("A", _ -> {}).raw("k")).contains("v");
        assertThat(parse("[A]\nk=v\\").section("A", _ -> {}).raw("k")).contains("v");
    }

    @Test
    void remarksALineThatIsLost() {
        var unit = parse("[A]\nk=v \\\n# nothing\n\n");
        assertThat(unit.last("A", "k")).isEmpty();
        assertThat(unit.remarks()).extracting(fault -> fault.place().line()).containsExactly(4, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "k=v > 1 > key file does not start with a group",
                "[A]|no > 2 > file contains line 2: “no” which is not a key-value pair, group, or comment",
                "[A]|=v > 2 > file contains line 2: “=v” which is not a key-value pair, group, or comment",
                "[A] x=y > 1 > file contains line 1: “[A] x=y” which is not a key-value pair, group, or comment",
                "[] > 1 > file contains line 1: “[]” which is not a key-value pair, group, or comment",
                "[A > 1 > file contains line 1: “[A” which is not a key-value pair, group, or comment",
            })
    void saysWhichLineIsNone(String text, int line, String message) {
        assertThat(parse(text.replace('|', '\n')).faults())
                .containsExactly(new Fault(new Place("u", line), message));
    }

    @Test
    void readsOnAfterALineThatIsNone() {
        var unit = parse("[A]\nno\nk=v\n");
        assertThat(unit.faults()).hasSize(1);
        assertThat(unit.last("A", "k")).isPresent();
    }

    @Test
    void aPictureIsNoUnit() {
        var binary = new StringBuilder("[A]\nk=\u0000\uFFFD\n");
        for (int i = 0; i < 10_000; i++) {
            binary.append((char) (i % 256)).append(i % 7 == 0 ? "=\n" : "");
        }
        var faults = parse(binary.toString()).faults();
        assertThat(faults).hasSize(20);
        assertThat(faults.getFirst().place().line()).isEqualTo(2);
        assertThat(faults).allMatch(fault -> fault.message().chars().noneMatch(c -> c < ' '));
    }

    @Test
    void readsAMillionLinesThatGoOn() {
        var unit = parse("[A]\nk=" + "a\\\n".repeat(1_000_000) + "b\n");
        assertThat(unit.last("A", "k").orElseThrow().value()).hasSize(2_000_001);
    }

    @Test
    void mergesADropIn() {
        var unit = parse("[A]\nk=1\nl=1\n");
        unit.merge(parse("[A]\nk=2\nl=\n[B]\nm=3\n"));
        var section = unit.section("A", _ -> {});
        assertThat(section.raw("k")).contains("2");
        assertThat(section.all("l")).isEmpty();
        assertThat(unit.text(List.of())).isEqualTo("[A]\nk=1\nl=1\nk=2\nl=\n\n[B]\nm=3\n");
    }

    @Test
    void changesLinesInPlace() {
        var unit = parse("[A]\nk=1\nk=2\nl=3\n");
        unit.set("A", "k", "x");
        unit.add("A", "k", "y");
        unit.prepend("A", "n", "z");
        unit.remove("A", "l");
        unit.add("B", "b", "1");
        unit.rename("A", "X-A");
        assertThat(unit.text(List.of("# by")))
                .isEqualTo("# by\n[X-A]\nn=z\nk=1\nk=x\nk=y\n\n[B]\nb=1\n");
    }

    @Test
    void renamingJoinsAGroupOfThatName() {
        var unit = parse("[A]\nk=1\n[X-A]\nl=2\n");
        unit.rename("A", "X-A");
        assertThat(unit.text(List.of())).isEqualTo("[X-A]\nl=2\nk=1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "k=\"a b\" > a b",
                "k=\"a\" \"b\" > a\" \"b",
                "k=\" > \"",
                "k=a'a' > a'a'",
                "k=a|k=b > b",
            })
    void takesOnePairOfQuotesOff(String text, String value) {
        assertThat(section(text.replace('|', '\n')).text("k")).contains(value);
    }

    @ParameterizedTest
    @CsvSource({"1,true", "YES,true", "on,true", "True,true", "0,false", "'',false", "maybe,false"})
    void readsTruth(String value, boolean truth) {
        assertThat(section("k=" + value).truth("k")).contains(truth);
    }

    @Test
    void splitsListsAndCommands() {
        var section = section("k=a 'b c'\"d\"\te\\n\nk=f \"\"\n");
        assertThat(section.words("k")).containsExactly("a", "b cd", "e\\n", "f", "");
        assertThat(section.commandWords("k")).containsExactly("a", "b cd", "e\n", "f", "");
        assertThat(section.command("k")).containsExactly("f", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "\\a\\b\\f\\n\\r\\t\\v > 7 8 12 10 13 9 11",
                "\\\\\\\"\\' > 92 34 39",
                "\\s > 32",
                "\\x41\\101\\u0041\\U00000041 > 65 65 65 65",
                "\\xe2\\x82\\xac > 8364",
                "\\xe9 > 233",
                "\\U0001F600 > 128512",
            })
    void decodesEscapes(String text, String codePoints) {
        assertThat(section("k=" + text).commandWords("k").getFirst().codePoints())
                .containsExactly(
                        List.of(codePoints.split(" ", -1)).stream()
                                .map(Integer::valueOf)
                                .toArray(Integer[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\q",
                "\\x4",
                "\\xzz",
                "\\x00",
                "\\400",
                "\\u00",
                "\\ud800",
                "\\U00110000",
                "\\08"
            })
    void tellsOfEscapesThatAreNone(String text) {
        var troubles = new ArrayList<Fault>();
        var section = parse("[G]\nk=" + text + "\nk=b\n").section("G", troubles::add);
        assertThat(section.commandWords("k")).containsExactly("b");
        assertThat(troubles)
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.message()).startsWith("unsupported escape char");
                    assertThat(fault.place()).isEqualTo(new Place("u", 2));
                });
    }

    @Test
    void aListWithAnOpenQuoteIsLeftOutAndACommandIsNot() {
        var troubles = new ArrayList<Fault>();
        var section = parse("[G]\nk=a \"b c\n").section("G", troubles::add);
        assertThat(section.words("k")).isEmpty();
        assertThat(troubles)
                .extracting(Fault::message)
                .first()
                .asString()
                .startsWith("unbalanced quote");
        assertThat(section.commandWords("k")).containsExactly("a", "b c");
    }

    @Test
    void keepsTheLastOfPairsByName() {
        assertThat(section("k=B=1 A=x=y C\nk=B=2\n").pairs("k"))
                .isEqualTo(Map.of("A", "A=x=y", "B", "B=2", "C", "C"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "plain > plain",
                "é%$ > é%$",
                "an arg > \"an\\x20arg\"",
                "it's > \"it's\"",
                "a\"b\\c > \"a\\\"b\\\\c\"",
            })
    void quotesWords(String word, String quoted) {
        assertThat(Quoting.quote(word)).isEqualTo(quoted);
    }

    @Test
    void quotedWordsAreReadBackAsTheyWere() {
        var words = List.of("", "a b", "\u0001\u007f", "\n\t\"'\\", "é€😀", "%h", "-");
        assertThat(section("k=" + Quoting.join(words)).command("k")).isEqualTo(words);
    }
}
