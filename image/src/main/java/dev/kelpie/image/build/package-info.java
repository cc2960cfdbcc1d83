/// Builds images from a Containerfile and a directory: reading the file, choosing what to copy,
/// writing layers as deterministic tar streams. No container runs here; what needs one is refused
/// by name. Nothing outside the build context is ever read.
@NullMarked
package dev.kelpie.image.build;

import org.jspecify.annotations.NullMarked;
