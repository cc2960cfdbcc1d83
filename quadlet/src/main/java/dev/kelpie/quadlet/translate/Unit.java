package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.unit.Section;
import dev.kelpie.quadlet.unit.UnitFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A unit file with its drop-ins merged, and what others need to know of it.
public final class Unit {
    private static final int LONGEST_NAME = 255;

    private final UnitName name;
    private final Path path;
    private final UnitFile file;
    private final String ownService;
    private final String ownResource;
    private final List<String> startedContainers = new ArrayList<>();
    private boolean failed;

    /// @param file is changed by the translation
    public Unit(UnitName name, Path path, UnitFile file) {
        this.name = name;
        this.path = path;
        this.file = file;
        var wanted = own().text("ServiceName").orElse("");
        ownService = wanted.indexOf('/') < 0 ? wanted : ""; // a name, and no way out of a folder
        ownResource = ownResource();
    }

    private Unit(UnitName name, Unit template) {
        this.name = name;
        path = template.path;
        file = template.file;
        ownService = template.ownService;
        ownResource = template.ownResource;
        failed = template.failed;
    }

    /// The same file as this template's instance, which has no file of its own.
    Unit instance(UnitName instance) {
        return new Unit(instance, this);
    }

    public UnitName name() {
        return name;
    }

    public UnitType type() {
        return name.type();
    }

    public Path path() {
        return path;
    }

    /// Where relative paths begin.
    public Path folder() {
        var parent = path.getParent();
        return parent == null ? Path.of("/") : parent;
    }

    public UnitFile file() {
        return file;
    }

    /// The group of its type, for a look that needs no warnings.
    public Section own() {
        return file.section(type().group(), _ -> {});
    }

    /// Without `.service`.
    public String service() {
        return ownService.isEmpty() ? name.service() : ownService;
    }

    public String serviceFile() {
        return service() + ".service";
    }

    /// Whether systemd takes the service's name (systemd.unit(5)).
    public boolean hasUsableName() {
        var file = serviceFile();
        for (int i = 0; i < file.length(); i++) {
            char c = file.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && ":-_.\\@".indexOf(c) < 0) {
                return false;
            }
        }
        return file.length() <= LONGEST_NAME && file.charAt(0) != '.';
    }

    boolean isFailed() {
        return failed;
    }

    void fail() {
        failed = true;
    }

    /// The services that this pod starts, by file name.
    List<String> startedContainers() {
        return startedContainers;
    }

    /// The name of the container, volume, network, ... with systemd's specifiers still in it.
    public String resource() {
        if (!ownResource.isEmpty()) {
            return ownResource;
        }
        return switch (type()) {
            case CONTAINER -> name.base().indexOf('@') > 0 ? "systemd-%p_%i" : "systemd-%N";
            case POD, VOLUME, NETWORK -> name.resource();
            case IMAGE, BUILD, ARTIFACT, KUBE -> "";
        };
    }

    private String ownResource() {
        return switch (type()) {
            case CONTAINER -> own().text("ContainerName").orElse("");
            case POD -> own().text("PodName").orElse("");
            case VOLUME -> own().text("VolumeName").orElse("");
            case NETWORK -> own().text("NetworkName").orElse("");
            case IMAGE -> own().text("ImageTag").or(() -> own().text("Image")).orElse("");
            case BUILD -> own().all("ImageTag").stream().findFirst().orElse("");
            case ARTIFACT -> own().text("Artifact").orElse("");
            case KUBE -> "";
        };
    }

    /// The container's name as another unit has to say it: the specifiers, which would mean that
    /// other unit, are filled in. Empty when that cannot be done.
    Optional<String> containerNameForOthers() {
        var service = service();
        int at = service.indexOf('@');
        var filled = resource().replace("%N", service);
        if (at > 0 && at < service.length() - 1) {
            filled =
                    filled.replace("%p", service.substring(0, at))
                            .replace("%i", service.substring(at + 1));
        }
        return filled.indexOf('%') >= 0 || filled.endsWith("@")
                ? Optional.empty()
                : Optional.of(filled);
    }
}
