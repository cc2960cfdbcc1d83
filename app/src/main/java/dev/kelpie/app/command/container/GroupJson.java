package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.engine.spec.GroupWords;
import dev.kelpie.engine.spec.Tuning;
import java.util.Locale;

/// What a container's kernel is told in its own words, as `inspect` shows it.
final class GroupJson {
    private GroupJson() {}

    static void write(ObjectNode json, Tuning tuning) {
        var words = tuning.groups();
        json.put("BlkioWeight", words.ioWeight().orElse(0));
        rules(json, "BlkioWeightDevice", "Weight", words, GroupWords.Kind.WEIGHT);
        rules(json, "BlkioDeviceReadBps", "Rate", words, GroupWords.Kind.READ_BYTES);
        rules(json, "BlkioDeviceWriteBps", "Rate", words, GroupWords.Kind.WRITE_BYTES);
        rules(json, "BlkioDeviceReadIOps", "Rate", words, GroupWords.Kind.READ_OPERATIONS);
        rules(json, "BlkioDeviceWriteIOps", "Rate", words, GroupWords.Kind.WRITE_OPERATIONS);
        var ulimits = json.putArray("Ulimits");
        for (var limit : tuning.ulimits()) {
            ulimits.addObject()
                    .put("Name", "RLIMIT_" + limit.name().toUpperCase(Locale.ROOT))
                    .put("Soft", limit.soft())
                    .put("Hard", limit.hard());
        }
        var devices = json.putArray("Devices");
        var requests = json.putArray("DeviceRequests");
        for (var device : tuning.devices()) {
            if (device.named()) {
                var request = requests.addObject().put("Driver", "cdi").put("Count", 0);
                request.putArray("DeviceIDs").add(device.hostPath());
            } else {
                devices.addObject()
                        .put("PathOnHost", device.hostPath())
                        .put("PathInContainer", device.containerPath())
                        .put("CgroupPermissions", device.access());
            }
        }
        if (requests.isEmpty()) {
            json.remove("DeviceRequests");
        }
        if (words.unified().isEmpty()) {
            json.putNull("CgroupConf");
        } else {
            words.unified().forEach(json.putObject("CgroupConf")::put);
        }
    }

    private static void rules(
            ObjectNode json, String key, String value, GroupWords words, GroupWords.Kind kind) {
        var array = json.putArray(key);
        words.ioRules().stream()
                .filter(rule -> rule.kind() == kind)
                .forEach(rule ->
                        array.addObject().put("Path", rule.device()).put(value, rule.value()));
    }
}
