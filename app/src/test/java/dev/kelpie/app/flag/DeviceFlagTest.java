package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.Tuning.Device;
import org.junit.jupiter.api.Test;

class DeviceFlagTest {

    @Test
    void fillsInWhatIsLeftOut() {
        assertThat(DeviceFlag.parse("/dev/null"))
                .containsExactly(new Device("/dev/null", "/dev/null", "rwm"));
        assertThat(DeviceFlag.parse("/dev/null:r"))
                .containsExactly(new Device("/dev/null", "/dev/null", "r"));
        assertThat(DeviceFlag.parse("/dev/null:/dev/x:rw"))
                .containsExactly(new Device("/dev/null", "/dev/x", "rw"));
    }

    @Test
    void refusesOtherModesAndRelativePaths() {
        assertThatThrownBy(() -> DeviceFlag.parse("/dev/null:/dev/x:q"))
                .hasMessageContaining("\"q\"");
        assertThatThrownBy(() -> DeviceFlag.parse("null")).hasMessageContaining("\"null\"");
    }
}
