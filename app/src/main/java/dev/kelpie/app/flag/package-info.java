/// What is typed: command lines in the manner of Go's pflag, which Podman's users have in their
/// fingers, and the values of flags (sizes, spans, ports, volumes, environments, filters).
///
/// Text in, values out. Files are read through the session that is handed in; the engine is not
/// known here beyond its `.spec` words.
@NullMarked
package dev.kelpie.app.flag;

import org.jspecify.annotations.NullMarked;
