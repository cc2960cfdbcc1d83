package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import dev.kelpie.kubeplay.yaml.ScalarKind;
import java.util.List;

/// Rules for the fields that the security contexts of pods and of containers have in common.
final class ContextRules {

    private static final long MAX_ID = Integer.MAX_VALUE;
    private static final int LONGEST_PROFILE = 4095;
    private static final List<String> PROFILE_TYPES =
            List.of("Localhost", "RuntimeDefault", "Unconfined");

    private final Complaints complaints;

    ContextRules(Complaints complaints) {
        this.complaints = complaints;
    }

    /// User, group, profiles, label.
    void check(Mapping context) {
        id(context, "runAsUser");
        id(context, "runAsGroup");
        profile(context, "seccompProfile");
        profile(context, "appArmorProfile");
        label(context.mapping("seLinuxOptions"));
        var seccomp = context.mapping("seccompProfile");
        seccomp.word("localhostProfile").ifPresent(path -> seccompPath(seccomp, path));
    }

    void id(Mapping context, String key) {
        complaints.between(context, key, 0, MAX_ID);
    }

    void ids(Mapping context, String key) {
        for (var scalar : context.scalars(key)) {
            var number = ScalarKind.integer(scalar);
            if (number.isPresent() && (number.getAsLong() < 0 || number.getAsLong() > MAX_ID)) {
                complaints.at(scalar, "must be 0-" + MAX_ID + ", was " + number.getAsLong());
            }
        }
    }

    private void profile(Mapping context, String key) {
        if (context.get(key).filter(Mapping.class::isInstance).isEmpty()) {
            return;
        }
        var profile = context.mapping(key);
        if (!complaints.required(profile, "type")) {
            return;
        }
        complaints.oneOf(profile, "type", PROFILE_TYPES);
        var local = profile.text("type").orElse("").equals("Localhost");
        if (local) {
            complaints.required(profile, "localhostProfile");
        } else if (profile.has("localhostProfile")) {
            complaints.at(profile, "localhostProfile", "must only be written with type: Localhost");
        }
        profile.word("localhostProfile").ifPresent(name -> profileName(profile, name));
    }

    private void profileName(Mapping profile, String name) {
        if (name.length() > LONGEST_PROFILE || !name.equals(name.strip())) {
            complaints.at(
                    profile,
                    "localhostProfile",
                    "must be a name of at most "
                            + LONGEST_PROFILE
                            + " characters without blanks around it, was "
                            + Complaints.quoted(name));
        }
    }

    private void seccompPath(Mapping profile, String path) {
        if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
            complaints.at(
                    profile,
                    "localhostProfile",
                    "must be a relative path without '..', was " + Complaints.quoted(path));
        }
    }

    /// A colon would begin the label's next part; the level has colons of its own.
    private void label(Mapping options) {
        for (var key : List.of("user", "role", "type", "level")) {
            var text = options.word(key);
            var wrong = key.equals("level") ? "[\\s\\p{Cntrl}]" : "[:\\s\\p{Cntrl}]";
            if (text.isPresent() && !text.get().replaceAll(wrong, "").equals(text.get())) {
                complaints.at(
                        options,
                        key,
                        "must be a part of an SELinux label, was " + Complaints.quoted(text.get()));
            }
        }
    }

    /// On Linux there is nothing that Windows' options could change.
    void windows(Mapping podSpec, Node context) {
        var linux = podSpec.mapping("os").text("name").orElse("").equals("linux");
        if (linux && context instanceof Mapping mapping && mapping.has("windowsOptions")) {
            complaints.at(mapping, "windowsOptions", "must not be written with os.name: linux");
        }
    }
}
