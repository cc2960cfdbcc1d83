/// Unit files on disk: where they are looked for, how they are read with their drop-ins, and how
/// what was made of them is written.
@NullMarked
package dev.kelpie.quadlet.file;

import org.jspecify.annotations.NullMarked;
