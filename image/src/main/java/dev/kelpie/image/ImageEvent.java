package dev.kelpie.image;

/// Something that happened to an image.
///
/// @param action `pull`, `pull-error`, `tag`, `untag`, `remove`, `build`, `loadfromarchive`, `save`
/// @param id 64 hex digits; empty when there is no image
/// @param error why it could not be done; empty when it was
public record ImageEvent(String action, String id, String name, String error) {}
