package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Tuning.Device;
import dev.kelpie.kubeplay.rules.DeviceKeys;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The devices that a container asks for among its resources, as Podman has it: by their maker's
/// name or by their path. How many makes no difference.
final class DeviceMapper {

    private DeviceMapper() {}

    /// The same with the devices that are asked for.
    ///
    /// @param annotations of the pod, of which some name devices of all containers
    static Resources with(Resources own, Mapping resources, Map<String, String> annotations) {
        var devices = devices(resources, annotations);
        var tuning = own.tuning();
        return devices.isEmpty()
                ? own
                : own.withTuning(
                        tuning.withDevices(
                                Stream.concat(tuning.devices().stream(), devices.stream())
                                        .toList()));
    }

    private static List<Device> devices(Mapping resources, Map<String, String> annotations) {
        var asked =
                Stream.of("limits", "requests")
                        .flatMap(field -> resources.mapping(field).entries().keySet().stream())
                        .filter(DeviceKeys::isDevice);
        return Stream.concat(asked, DeviceKeys.annotated(annotations))
                .distinct()
                .map(DeviceMapper::device)
                .toList();
    }

    private static Device device(String key) {
        if (!key.startsWith(DeviceKeys.PATH)) {
            return Device.named(key);
        }
        var parts = key.substring(DeviceKeys.PATH.length()).split(":", -1);
        boolean placed = parts.length > 1 && parts[1].startsWith("/");
        boolean limited = parts.length == 3 || (parts.length == 2 && !placed);
        return new Device(
                parts[0], placed ? parts[1] : parts[0], limited ? parts[parts.length - 1] : "rwm");
    }
}
