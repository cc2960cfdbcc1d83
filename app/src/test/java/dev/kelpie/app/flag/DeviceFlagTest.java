package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.Tuning.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceFlagTest {

    @Test
    void readsNamesOfMakersAndGpus() {
        assertThat(DeviceFlag.parse("vendor.com/class=a"))
                .containsExactly(Device.named("vendor.com/class=a"));
        assertThat(DeviceFlag.gpus("\"device=0,1\""))
                .containsExactly(
                        Device.named("nvidia.com/gpu=0"), Device.named("nvidia.com/gpu=1"));
        assertThat(DeviceFlag.gpus("all")).containsExactly(Device.named("nvidia.com/gpu=all"));
        assertThatThrownBy(() -> DeviceFlag.gpus("a,,b")).hasMessageContaining("\"a,,b\"");
    }

    @Test
    void takesTheFoldersThatTheCommandLineNames() {
        var words = List.of("--cdi-spec-dir", "/a", "run", "--cdi-spec-dir=/b", "box");
        assertThat(DeviceFolders.folders(words)).containsExactly("/a", "/b");
        assertThatThrownBy(() -> DeviceFolders.folders(List.of("--cdi-spec-dir=b")))
                .hasMessageContaining("\"b\"");
    }

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
