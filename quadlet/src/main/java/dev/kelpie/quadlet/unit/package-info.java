/// The grammar of unit files: text to groups and keys and back, the ways a value can be read
/// (words, command lines, pairs, truth), and the quoting of command lines. Knows systemd's rules
/// and nothing of containers; does no input or output.
@NullMarked
package dev.kelpie.quadlet.unit;

import org.jspecify.annotations.NullMarked;
