package dev.kelpie.engine.report;

/// The image a container was made from.
///
/// @param name fully qualified, as resolved when the container was made
/// @param id hex digits of the config's digest, without `sha256:`; empty for the infra container
/// @param digest the manifest's digest with `sha256:`; empty when unknown
public record ImageReference(String name, String id, String digest) {
    /// No image: an infra container's empty root.
    public static final ImageReference NONE = new ImageReference("", "", "");
}
