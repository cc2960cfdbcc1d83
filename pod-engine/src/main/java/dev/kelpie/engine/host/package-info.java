/// The engine's wishes to the host carried out on `runtime`: mounts, namespaces, control groups,
/// trees of files copied without leaving their root, and the directories that image layers are
/// unpacked into.
@NullMarked
package dev.kelpie.engine.host;

import org.jspecify.annotations.NullMarked;
