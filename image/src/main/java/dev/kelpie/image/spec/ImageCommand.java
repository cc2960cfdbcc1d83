package dev.kelpie.image.spec;

import java.util.List;

/// What an image runs by default: `Entrypoint` followed by `Cmd`; `Shell` is what shell forms in a
/// Containerfile are wrapped in. An empty list means that the image does not say.
public record ImageCommand(List<String> entrypoint, List<String> cmd, List<String> shell) {

    public static final ImageCommand NONE = new ImageCommand(List.of(), List.of(), List.of());

    public ImageCommand {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        shell = List.copyOf(shell);
    }
}
