package dev.kelpie.quadlet.translate;

import java.util.Optional;

/// A unit file's name in its parts: `web.container`, or `web@.container` for a template and
/// `web@blue.container` for an instance of it.
///
/// @param base the name without its extension
public record UnitName(String file, String base, UnitType type) {

    /// Empty when the extension is none of ours.
    public static Optional<UnitName> parse(String file) {
        return UnitType.of(file)
                .map(type -> new UnitName(file, file.substring(0, file.lastIndexOf('.')), type));
    }

    public boolean isTemplate() {
        return base.length() > 1 && base.indexOf('@') == base.length() - 1;
    }

    public boolean isInstance() {
        int at = base.indexOf('@');
        return at > 0 && at < base.length() - 1;
    }

    /// The part before the `@`, or all of it.
    public String prefix() {
        int at = base.indexOf('@');
        return at > 0 ? base.substring(0, at) : base;
    }

    /// What stands after the `@`; empty for a template.
    public String instance() {
        int at = base.indexOf('@');
        return at > 0 ? base.substring(at + 1) : "";
    }

    /// The template that an instance is of.
    public UnitName template() {
        return new UnitName(prefix() + "@" + type.extension(), prefix() + "@", type);
    }

    /// `systemd-BASE`, where a template has its instance for systemd to fill in.
    public String resource() {
        if (isTemplate()) {
            return "systemd-" + prefix() + "-%i";
        }
        return isInstance() ? "systemd-" + prefix() + "-" + instance() : "systemd-" + base;
    }

    /// The name of the service without `.service`, when the file does not say another.
    public String service() {
        int at = base.indexOf('@');
        return at > 0 ? prefix() + type.suffix() + base.substring(at) : base + type.suffix();
    }
}
