package dev.kelpie.app.command.unit;

import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.PodUsersSyntax;
import dev.kelpie.engine.spec.VolumeMount;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/// What `.container` and `.pod` files say in the same words.
final class SharedText {

    private SharedText() {}

    /// The user namespace.
    static void users(UnitText text, PodUsers users) {
        switch (users) {
            case PodUsers.Mapped(var uids, var gids) -> {
                text.words("UIDMap", uids.stream().map(SharedText::range).toList());
                text.words("GIDMap", gids.stream().map(SharedText::range).toList());
            }
            case PodUsers.Settled(var asked, var _, var _) -> users(text, asked);
            case PodUsers.Auto _, PodUsers.KeepId _, PodUsers.NoMap _ ->
                    PodUsersSyntax.word(users).ifPresent(word -> text.add("UserNS", word));
        }
    }

    private static String range(PodUsers.IdRange range) {
        return range.inside() + ":" + range.outside() + ":" + range.count();
    }

    /// @param source path of the host or name of a volume
    static void volume(UnitText text, String source, VolumeMount mount) {
        var options = new ArrayList<String>();
        if (mount.readOnly()) {
            options.add("ro");
        }
        if (mount.propagation() != VolumeMount.Propagation.RPRIVATE) {
            options.add(mount.propagation().name().toLowerCase(Locale.ROOT));
        }
        if (!source.startsWith("/") && !mount.copyUp()) {
            options.add("nocopy");
        }
        mount.flags().stream()
                .filter(flag -> source.startsWith("/") || Set.of("noexec", "U").contains(flag))
                .forEach(options::add);
        var ending = options.isEmpty() ? "" : ":" + String.join(",", options);
        text.add("Volume", source + ":" + mount.mountPath() + ending);
    }
}
