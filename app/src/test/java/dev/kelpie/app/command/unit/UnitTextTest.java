package dev.kelpie.app.command.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnitTextTest {

    @Test
    void keepsGroupsApart() {
        var text = new UnitText().group("Container").add("Image", "a").group("Install");
        assertThat(text).hasToString("[Container]\nImage=a\n\n[Install]\n");
    }

    @Test
    void doublesWhatSystemdWouldExpand() {
        var text = new UnitText().add("Volume", "$x:/%i").words("Exec", List.of("$HOME", "5%"));
        assertThat(text).hasToString("Volume=$$x:/%%i\nExec=$$HOME 5%%\n");
    }

    @Test
    void quotesWordsThatWouldFallApart() {
        var text = new UnitText().words("Exec", List.of("sh", "-c", "a \"b\"\n\\c", "", "it's"));
        assertThat(text).hasToString("Exec=sh -c \"a \\\"b\\\"\\n\\\\c\" \"\" \"it's\"\n");
    }

    @Test
    void writesPairsInOneOrder() {
        var text = new UnitText().pairs("Label", Map.of("b", "2 3", "a", "1"));
        assertThat(text).hasToString("Label=a=1\nLabel=\"b=2 3\"\n");
    }

    @Test
    void refusesALineBreakThatNoQuoteCanHold() {
        assertThatThrownBy(() -> new UnitText().add("HostName", "a\nb"))
                .hasMessageContaining("line break");
    }
}
