package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.MissingUnitException;
import dev.kelpie.quadlet.unit.Fault;
import dev.kelpie.quadlet.unit.Quoting;
import dev.kelpie.quadlet.unit.Section;
import java.nio.file.Path;
import java.util.function.Consumer;

/// One unit on its way from its own words to systemd's, with all that its translation needs.
final class Conversion {
    private static final String UNIT = "Unit";
    private static final String SERVICE = "Service";

    private final Unit unit;
    private final Units units;
    private final Settings settings;
    private final Consumer<String> warnings;

    Conversion(Unit unit, Units units, Settings settings, Consumer<String> warnings) {
        this.unit = unit;
        this.units = units;
        this.settings = settings;
        this.warnings = warnings;
    }

    Unit unit() {
        return unit;
    }

    Units units() {
        return units;
    }

    Settings settings() {
        return settings;
    }

    Host host() {
        return settings.host();
    }

    void warn(String message) {
        warnings.accept(message);
    }

    private void warn(Fault fault) {
        warn(unit.name().file() + ": " + fault.place() + ": " + fault.message());
    }

    /// The group of the unit's type.
    Section own() {
        return unit.file().section(unit.type().group(), this::warn);
    }

    Section service() {
        return unit.file().section(SERVICE, this::warn);
    }

    CommandLine command(String... subcommand) {
        return new CommandLine(own(), settings.tool(), subcommand);
    }

    /// Like [#command], for a line whose failure systemd shall not mind.
    CommandLine ignoredCommand(String... subcommand) {
        return new CommandLine(own(), "-" + settings.tool(), subcommand);
    }

    void addService(String key, Object value) {
        unit.file().add(SERVICE, key, value.toString());
    }

    void setService(String key, String value) {
        unit.file().set(SERVICE, key, value);
    }

    void defaultService(String key, String value) {
        if (!service().has(key)) {
            setService(key, value);
        }
    }

    void addUnit(String key, String value) {
        unit.file().add(UNIT, key, value);
    }

    /// What volumes, networks, images, builds and artifacts are: done once, and then there.
    void oneshot(boolean remains) {
        defaultService("SyslogIdentifier", "%N");
        defaultService("Type", "oneshot");
        if (remains) {
            defaultService("RemainAfterExit", "yes");
        }
    }

    /// Orders this unit after another one that it cannot do without.
    void need(Unit target) {
        addUnit("Requires", target.serviceFile());
        addUnit("After", target.serviceFile());
    }

    void needMountsOf(String path) {
        addUnit("RequiresMountsFor", Quoting.quote(path));
    }

    /// Finds the unit that a key names.
    ///
    /// @param complaint of the caller when there is none
    Unit find(String key, String fileName, String complaint) {
        var found =
                units.find(fileName).orElseThrow(() -> new MissingUnitException(key, complaint));
        if (found.isFailed()) {
            throw new MissingUnitException(
                    key, "cannot get the resource name of " + fileName + ": see its own error");
        }
        return found;
    }

    /// A path of the unit file: relative ones begin at its folder; one that begins with a specifier
    /// is systemd's to fill in. An absolute one stays as it is: a `..` in it may follow a link.
    String absolute(String path) {
        if (isAbsolute(path)) {
            return path;
        }
        return unit.folder().resolve(path).normalize().toString();
    }

    static boolean isSpecifier(String path) {
        return path.startsWith("%") && !path.startsWith("%%");
    }

    static boolean isAbsolute(String path) {
        return path.startsWith("/") || isSpecifier(path);
    }

    static String folderOf(String path) {
        var parent = Path.of(path).getParent();
        return parent == null ? "/" : parent.toString();
    }
}
