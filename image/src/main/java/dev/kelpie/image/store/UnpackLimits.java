package dev.kelpie.image.store;

/// How large a layer may become; beyond that it is taken for a bomb.
///
/// @param entries files, directories, links
/// @param bytes of the uncompressed stream
/// @param fileBytes of all files with their holes, which cost little but lie about much
/// @param ratio of uncompressed to compressed bytes, looked at only past `freeBytes`
/// @param freeBytes any layer may become this large whatever its ratio
public record UnpackLimits(long entries, long bytes, long fileBytes, long ratio, long freeBytes) {

    public static final UnpackLimits DEFAULT =
            new UnpackLimits(4_000_000, 256L << 30, 4L << 40, 400, 4L << 30);
}
