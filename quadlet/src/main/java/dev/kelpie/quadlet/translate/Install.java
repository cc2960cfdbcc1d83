package dev.kelpie.quadlet.translate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `systemctl enable` would do for a unit, which cannot be told of generated ones: the links
/// of `[Install]`.
final class Install {
    private Install() {}

    static List<Link> linksOf(Conversion conversion) {
        var unit = conversion.unit();
        var install = unit.file().section("Install", _ -> {});
        var links = new ArrayList<Link>();
        var service = unit.serviceFile();
        for (var alias : install.words("Alias")) {
            var path = Path.of(alias).normalize();
            if (path.toString().equals(service)) {
                continue;
            }
            if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
                conversion.warn(
                        unit.name().file()
                                + ": Alias="
                                + alias
                                + " leaves the folder of the units: no link is made");
                continue;
            }
            links.add(new Link(path.toString(), "../".repeat(path.getNameCount() - 1) + service));
        }
        var started = unit.service();
        if (started.endsWith("@")) {
            started += install.text("DefaultInstance").orElse("");
        }
        if (!started.endsWith("@")) {
            link(links, install.words("WantedBy"), ".wants/" + started, service);
            link(links, install.words("RequiredBy"), ".requires/" + started, service);
            link(links, install.words("UpheldBy"), ".upholds/" + started, service);
        }
        return links;
    }

    private static void link(List<Link> links, List<String> targets, String name, String service) {
        for (var target : targets) {
            if (target.indexOf('/') < 0) {
                links.add(new Link(target + name + ".service", "../" + service));
            }
        }
    }
}
