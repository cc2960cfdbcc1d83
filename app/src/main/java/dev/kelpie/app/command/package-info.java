/// The command line: which words lead to which command, help, completion, and the one door where
/// every failure becomes a message and an exit code.
///
/// The commands stand in the packages below, one small class each: flags as picocli reads them, one
/// call to the engine, the answer printed as Podman prints it.
@NullMarked
package dev.kelpie.app.command;

import org.jspecify.annotations.NullMarked;
