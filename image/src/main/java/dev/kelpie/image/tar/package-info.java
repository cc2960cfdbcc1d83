/// Tar streams read and written byte for byte, as layers need them: names that are not UTF-8,
/// binary extended attributes in PAX records, sparse files, base-256 numbers, and limits on
/// everything a header may claim. The libraries at hand decode PAX values as text, which spoils
/// file capabilities.
@NullMarked
package dev.kelpie.image.tar;

import org.jspecify.annotations.NullMarked;
