/// Unit files become systemd's units here: `.container`, `.pod` and the others, each with its own
/// class, what they share, and how they name each other. Pure: text in, text out, no input or
/// output; what is asked of the host goes through [dev.kelpie.quadlet.translate.Host].
@NullMarked
package dev.kelpie.quadlet.translate;

import org.jspecify.annotations.NullMarked;
