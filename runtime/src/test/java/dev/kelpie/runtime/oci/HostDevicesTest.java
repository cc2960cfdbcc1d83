package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.ContainerConfig.HostDevice;
import dev.kelpie.runtime.oci.ContainerConfig.NodeFacts;
import dev.kelpie.runtime.spec.Linux;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostDevicesTest {
    private static final OciProcess.User USER = new OciProcess.User(7, 8, List.of(), 0);

    private static HostDevices devices(String path, NodeFacts told) {
        return devices(path, told, false);
    }

    private static HostDevices devices(String path, NodeFacts told, boolean shown) {
        return devices(new HostDevice(Path.of(path), "/dev/x", "r", Optional.of(told)), shown);
    }

    private static HostDevices devices(HostDevice device, boolean shown) {
        var usual = ContainerConfig.Security.usual();
        var security =
                new ContainerConfig.Security(
                        false,
                        List.of(),
                        List.of(),
                        false,
                        usual.seccomp(),
                        usual.proc(),
                        usual.labels(),
                        List.of(device, device));
        return HostDevices.of(security, USER, shown);
    }

    private static NodeFacts told(String type, Optional<EntryFacts.Device> number) {
        return new NodeFacts(type, number, 0640, OptionalLong.empty(), OptionalLong.of(44));
    }

    @Test
    void makesNodesThatAreToldOf() {
        var devices = devices("/no/such", told("c", Optional.of(new EntryFacts.Device(1, 3))));
        assertThat(devices.nodes())
                .containsExactly(new Linux.Device("/dev/x", "c", 1, 3, 0640, 7, 44));
        assertThat(devices("/no/such", told("p", Optional.empty())).rules()).hasSize(1);
    }

    @Test
    void findsOnTheHostWhatIsNotTold() {
        assertThat(devices("/dev/zero", told("", Optional.empty())).nodes())
                .containsExactly(new Linux.Device("/dev/x", "c", 1, 5, 0640, 7, 44));
        assertThatThrownBy(() -> devices("/no/such", told("c", Optional.empty())))
                .isInstanceOf(FileAccessException.class);
    }

    /// In a user namespace none can be made, whatever is told of it.
    @Test
    void showsOnlyWhatTheHostHas() {
        var told = told("c", Optional.of(new EntryFacts.Device(1, 3)));
        assertThat(devices("/dev/zero", told, true).nodes()).isEmpty();
        assertThatThrownBy(() -> devices("/no/such", told, true))
                .hasMessage("'/no/such' is not a device");
        assertThat(devices("/dev/zero", told, true).mounts()).hasSize(1);
    }

    @Test
    void showsFifosThatAreToldToBeThose(@TempDir Path folder) {
        try (var root = RootedDirectory.open(folder)) {
            root.makeFifo("fifo", 0600);
        }
        var fifo = folder.resolve("fifo").toString();
        var shown = devices(fifo, told("p", Optional.empty()), true);
        assertThat(shown.mounts()).extracting(Mount::source).containsExactly(fifo);
        assertThat(shown.rules()).hasSize(1);
        assertThatThrownBy(() -> devices(fifo, told("", Optional.empty()), true))
                .hasMessageEndingWith("is not a device");
    }

    @Test
    void unbufferedOnesAreOfCharacters() {
        var told = told("u", Optional.of(new EntryFacts.Device(1, 3)));
        assertThat(devices("/no/such", told).nodes())
                .containsExactly(new Linux.Device("/dev/x", "c", 1, 3, 0640, 7, 44));
        assertThat(devices("/dev/zero", told("u", Optional.empty())).nodes())
                .containsExactly(new Linux.Device("/dev/x", "c", 1, 5, 0640, 7, 44));
    }

    @Test
    void refusesAnotherTypeThanTheHosts() {
        assertThatThrownBy(() -> devices("/dev/zero", told("b", Optional.empty())))
                .isInstanceOf(FileAccessException.class)
                .hasMessage("'/dev/zero' is told to be of type b, is of c");
    }

    @Test
    void whatMayNotBeUsedHasNoRule() {
        var device = new HostDevice(Path.of("/dev/zero"), "/dev/x", "", Optional.empty());
        assertThat(devices(device, false).nodes()).hasSize(1);
        assertThat(devices(device, false).rules()).hasSize(1);
    }
}
