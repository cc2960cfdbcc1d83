/// What the host and the engine are, as `info` and the REST API tell it in libpod's words.
@NullMarked
package dev.kelpie.app.facts;

import org.jspecify.annotations.NullMarked;
