/// What survives a crash and a reboot: the intent, in one SQLite file of the engine root, mirrored
/// in memory for reading. Nothing derived is kept here: what runs is asked of the kernel. One
/// process owns the file (the service holds the root's lock), one transaction at a time writes it.
@NullMarked
package dev.kelpie.engine.state;

import org.jspecify.annotations.NullMarked;
