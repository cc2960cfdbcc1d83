package dev.kelpie.quadlet.check;

import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitType;
import dev.kelpie.quadlet.unit.Line.Entry;
import dev.kelpie.quadlet.unit.Section;
import dev.kelpie.quadlet.unit.UnitFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Keys of one unit that are right alone and wrong together.
final class Contradictions {
    private static final Set<String> RESTARTS =
            Set.of(
                    "",
                    "no",
                    "always",
                    "on-failure",
                    "on-success",
                    "on-abnormal",
                    "on-abort",
                    "on-watchdog");

    private static final List<String> SHELL =
            List.of("&&", "||", "|", ";", ">", ">>", "<", "&", "2>&1");

    private final Unit unit;
    private final boolean user;
    private final String own;
    private final Section keys;
    private final List<Finding> findings = new ArrayList<>();

    /// @param user whether the units are for a user's systemd
    Contradictions(Unit unit, boolean user) {
        this.unit = unit;
        this.user = user;
        own = unit.type().group();
        keys = unit.own();
    }

    List<Finding> findings() {
        switch (unit.type()) {
            case CONTAINER -> container();
            case VOLUME -> image("Image");
            case IMAGE -> image("Image");
            case POD, KUBE, NETWORK, BUILD, ARTIFACT -> {}
        }
        service();
        install();
        template();
        deprecated();
        return findings;
    }

    private void container() {
        health();
        podMember();
        image("Image");
        commands();
        pairs("Environment");
        pairs("Label");
        if (keys.isTrue("ReadOnlyTmpfs") && !keys.isTrue("ReadOnly")) {
            warn(
                    "ReadOnlyTmpfs",
                    "has no effect without ReadOnly=yes",
                    "add ReadOnly=yes or take it out");
        }
        if (keys.has("Rootfs") && keys.has("AutoUpdate")) {
            error(
                    "AutoUpdate",
                    "there is no image to update: the container has a Rootfs",
                    "take it out");
        }
        if (keys.text("AutoUpdate").orElse("").equals("registry")
                && Formats.isShortName(keys.text("Image").orElse("h.example/x"))) {
            error(
                    "AutoUpdate",
                    "only an image with its registry can be updated from there",
                    "write the full name in Image=");
        }
        if (keys.has("StartWithPod") && keys.text("Pod").isEmpty()) {
            warn("StartWithPod", "means nothing without Pod=", "take it out");
        }
    }

    private void health() {
        boolean command = keys.text("HealthCmd").isPresent();
        if (keys.text("Notify").orElse("").equalsIgnoreCase("healthy") && !command) {
            error(
                    "Notify",
                    "nothing tells that the container is healthy: without a health command (or a"
                            + " HEALTHCHECK in the image) the start times out",
                    "add HealthCmd=");
        }
        if (command && keys.text("HealthCmd").orElse("").equals("none")) {
            return;
        }
        for (var entry : unit.file().entries(own)) {
            var key = entry.key();
            boolean startup = key.startsWith("HealthStartup") && !key.equals("HealthStartupCmd");
            boolean regular =
                    key.startsWith("Health")
                            && !key.startsWith("HealthStartup")
                            && !key.equals("HealthCmd");
            if (unit.type().knows(key) && startup && keys.text("HealthStartupCmd").isEmpty()) {
                add(
                        Finding.warning(
                                own, entry, "means nothing without HealthStartupCmd=", "add it"));
            } else if (unit.type().knows(key) && regular && !command) {
                add(
                        Finding.warning(
                                own,
                                entry,
                                "means nothing unless there is a health command, here or in the image",
                                "add HealthCmd="));
            }
        }
        if (keys.text("HealthOnFailure").orElse("").equals("restart")) {
            warn(
                    "HealthOnFailure",
                    "the container is restarted behind systemd's back",
                    "write HealthOnFailure=kill and Restart=on-failure in [Service]");
        }
    }

    /// The network of a pod is the pod's: what its containers say of it is refused at their start.
    private void podMember() {
        if (keys.text("Pod").isEmpty()) {
            return;
        }
        for (var key :
                List.of(
                        "PublishPort",
                        "Network",
                        "IP",
                        "IP6",
                        "NetworkAlias",
                        "DNS",
                        "DNSOption",
                        "DNSSearch",
                        "AddHost",
                        "HostName",
                        "UserNS",
                        "UIDMap",
                        "GIDMap",
                        "SubUIDMap",
                        "SubGIDMap",
                        "ExposeHostPort")) {
            if (!keys.all(key).isEmpty()) {
                error(
                        key,
                        "a member of a pod has the pod's network and user namespace",
                        "move it into " + keys.text("Pod").orElse("the .pod"));
            }
        }
    }

    private void image(String key) {
        var image = keys.text(key).orElse("");
        if (!image.isEmpty() && Formats.isShortName(image)) {
            warn(
                    key,
                    "this is a short name: which registry it comes from depends on the host",
                    "write HOST/NAME:TAG");
        }
    }

    private void commands() {
        var exec = keys.command("Exec");
        for (var word : exec) {
            if (SHELL.contains(word) && !exec.contains("-c")) {
                error(
                        "Exec",
                        "no shell reads this: '" + word + "' is an argument",
                        "write sh -c 'COMMAND'");
                return;
            }
        }
    }

    /// `Environment=A=b c` sets A to b, and takes c from who starts the container.
    private void pairs(String key) {
        for (var entry : unit.file().entries(own, key)) {
            var words = entry.value().indexOf('=') < 0 ? List.<String>of() : words(entry);
            for (var word : words) {
                if (word.indexOf('=') < 0) {
                    add(
                            Finding.warning(
                                    own,
                                    entry,
                                    "'"
                                            + word
                                            + "' stands alone: it is no part of the value before it",
                                    "quote the pair, as in " + key + "=\"NAME=two words\""));
                }
            }
        }
    }

    private List<String> words(Entry entry) {
        var alone = UnitFile.parse("", "[G]\n");
        alone.add("G", entry.key(), entry.value());
        return alone.section("G", _ -> {}).commandWords(entry.key());
    }

    private void service() {
        for (var key : List.of("User", "Group", "DynamicUser")) {
            boolean ours = unit.type() == UnitType.CONTAINER && !key.equals("DynamicUser");
            warn(
                    "Service",
                    key,
                    "the engine is run as somebody else, not the container: it finds neither its"
                            + " store nor its rights",
                    (ours ? "put it into [Container], or " : "")
                            + "use a unit of that user's own systemd");
        }
        boolean oneshot = value("Service", "Type").equals("oneshot");
        var restart = value("Service", "Restart");
        if (oneshot && (restart.equals("always") || restart.equals("on-success"))) {
            error(
                    "Service",
                    "Restart",
                    "systemd refuses it for Type=oneshot",
                    "write Restart=on-failure");
        }
        if (!RESTARTS.contains(restart)) {
            error(
                    "Service",
                    "Restart",
                    "systemd knows no such value",
                    "write one of no, always, on-failure, on-success, on-abnormal, on-abort,"
                            + " on-watchdog");
        }
        if (oneshot && unit.type() == UnitType.CONTAINER) {
            warn("Notify", "a oneshot notifies nobody", "take it out");
        }
        watchdog();
        for (var key : List.of("ExecStart", "ExecStop")) {
            error(
                    "Service",
                    key,
                    "the generator writes this line itself",
                    "take it out; ExecStartPre= and ExecStartPost= are free");
        }
    }

    private void watchdog() {
        if (unit.type() == UnitType.CONTAINER && !keys.isTrue("Notify") && isWatched()) {
            error(
                    "Service",
                    "WatchdogSec",
                    "only the container can tell systemd that it works, and it may not: the unit is"
                            + " killed after this time",
                    "add Notify=yes and let it send WATCHDOG=1, or use HealthCmd= and"
                            + " HealthOnFailure=kill");
        }
    }

    private boolean isWatched() {
        return !List.of("", "0", "infinity").contains(value("Service", "WatchdogSec"));
    }

    private void install() {
        var install = unit.file().section("Install", _ -> {});
        for (var key : List.of("WantedBy", "RequiredBy", "UpheldBy")) {
            if (user && install.words(key).contains("multi-user.target")) {
                error(
                        "Install",
                        key,
                        "a user's systemd has no multi-user.target: the unit never starts by"
                                + " itself",
                        "write " + key + "=default.target");
            }
        }
    }

    private void template() {
        for (var key : List.of("ContainerName", "PodName", "VolumeName", "NetworkName")) {
            var value = keys.text(key).orElse("");
            if (unit.name().isTemplate() && !value.isEmpty() && value.indexOf('%') < 0) {
                error(key, "all instances of the template have this one name", "put %i into it");
            }
        }
    }

    private void deprecated() {
        for (var key :
                List.of("RemapUsers", "RemapUid", "RemapGid", "RemapUidSize", "VolatileTmp")) {
            if (keys.has(key)) {
                warn(
                        key,
                        "this key is deprecated",
                        key.equals("VolatileTmp")
                                ? "use Tmpfs=/tmp"
                                : "use UserNS=, UIDMap= and GIDMap=");
            }
        }
    }

    private String value(String group, String key) {
        return unit.file().section(group, _ -> {}).text(key).orElse("");
    }

    private void error(String key, String meaning, String mend) {
        error(own, key, meaning, mend);
    }

    private void warn(String key, String meaning, String mend) {
        warn(own, key, meaning, mend);
    }

    /// Says it of the key's last line, if there is one.
    private void error(String group, String key, String meaning, String mend) {
        unit.file()
                .last(group, key)
                .ifPresent(entry -> add(Finding.error(group, entry, meaning, mend)));
    }

    private void warn(String group, String key, String meaning, String mend) {
        unit.file()
                .last(group, key)
                .ifPresent(entry -> add(Finding.warning(group, entry, meaning, mend)));
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
