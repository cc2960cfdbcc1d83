package dev.kelpie.app.command.volume;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.report.VolumeSummary;

/// A volume as `inspect` and `volume ls` show it.
public final class VolumeJson {
    private VolumeJson() {}

    public static ObjectNode of(VolumeSummary volume) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("Name", volume.name());
        json.put("Driver", "local");
        json.put("Mountpoint", volume.mountPoint().toString());
        json.put("CreatedAt", HumanTime.stamp(volume.created()));
        volume.labels().forEach(json.putObject("Labels")::put);
        json.put("Scope", "local");
        volume.options().driver().forEach(json.putObject("Options")::put);
        json.put("UID", volume.options().uid().orElse(0));
        json.put("GID", volume.options().gid().orElse(0));
        json.put("Anonymous", volume.anonymous());
        json.put("MountCount", volume.usedBy().size());
        return json;
    }
}
