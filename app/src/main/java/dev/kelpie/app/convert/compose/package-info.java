/// Compose files, read as words of `run` (the Compose specification: services, networks, volumes,
/// configs, secrets, profiles, extends, include, interpolation, env files).
///
/// No well-kept parser for Java follows the specification, so this is our own on SnakeYAML's nodes.
/// A key that nobody asks for is a loss, never an error.
@NullMarked
package dev.kelpie.app.convert.compose;

import org.jspecify.annotations.NullMarked;
