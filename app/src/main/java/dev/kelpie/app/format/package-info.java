/// How things look in the output: the `--format` templates (the subset of Go's text/template that
/// Podman's users write), aligned tables, and sizes and times as people read them.
///
/// Everything works on Jackson trees and text; nothing here knows a terminal, a session or the
/// engine.
@NullMarked
package dev.kelpie.app.format;

import org.jspecify.annotations.NullMarked;
