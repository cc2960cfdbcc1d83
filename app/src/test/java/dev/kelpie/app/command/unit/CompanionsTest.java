package dev.kelpie.app.command.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompanionsTest {
    private static String joined(String text, String... others) {
        var files = new HashMap<>(Map.of("me.container", text));
        for (var other : others) {
            files.put(other, "");
        }
        return Companions.joined(files).getOrDefault("me.container", "");
    }

    @Test
    void namesTheFilesThatComeAlong() {
        var text = "[Container]\nNetwork=container:db\nVolume=data:/d:ro\n";
        assertThat(joined(text, "db.container", "data.volume"))
                .isEqualTo("[Container]\nNetwork=db.container\nVolume=data.volume:/d:ro\n");
        assertThat(joined("Network=lan:ip=10.0.0.1\n", "lan.network"))
                .isEqualTo("Network=lan.network:ip=10.0.0.1\n");
    }

    @Test
    void leavesWhatDoesNotComeAlong() {
        var text = "Network=container:db2\nNetwork=lanes\nVolume=/data:/d\nEnvironment=Volume=x\n";
        assertThat(joined(text, "db.container", "lan.network", "x.volume", "data.volume"))
                .isEqualTo(text);
    }

    @Test
    void doesNotLetAUnitWaitForItself() {
        assertThat(joined("Network=container:me\n")).isEqualTo("Network=container:me\n");
    }
}
