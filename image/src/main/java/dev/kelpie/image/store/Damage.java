package dev.kelpie.image.store;

/// Something in the store that is not as it should be.
///
/// @param what the image, in the user's words
/// @param reason what is wrong
/// @param mended whether it is right again
public record Damage(String what, String reason, boolean mended) {}
