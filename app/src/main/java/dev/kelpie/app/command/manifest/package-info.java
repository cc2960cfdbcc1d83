/// The commands about lists of images, one image per platform.
@NullMarked
package dev.kelpie.app.command.manifest;

import org.jspecify.annotations.NullMarked;
