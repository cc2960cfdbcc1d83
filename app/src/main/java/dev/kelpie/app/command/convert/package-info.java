/// From one notation to another: what was read (`dev.kelpie.app.convert`) gathered into specs, and
/// the specs written as YAML, units, command lines or compose files.
@NullMarked
package dev.kelpie.app.command.convert;

import org.jspecify.annotations.NullMarked;
