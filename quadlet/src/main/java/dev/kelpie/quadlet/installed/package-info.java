/// Unit files as things to install, list and remove: the folder that they are installed into, and
/// the applications of which several files are parts.
@NullMarked
package dev.kelpie.quadlet.installed;

import org.jspecify.annotations.NullMarked;
