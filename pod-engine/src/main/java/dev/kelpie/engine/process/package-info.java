/// The processes of containers as `top` shows them, read from /proc of the host: nothing of the
/// image is run for it, and what its files say is only taken for names.
@NullMarked
package dev.kelpie.engine.process;

import org.jspecify.annotations.NullMarked;
