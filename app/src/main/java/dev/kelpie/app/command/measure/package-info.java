/// What containers and pods do and use right now: `top`, `stats`, `pod top`, `pod stats`.
@NullMarked
package dev.kelpie.app.command.measure;

import org.jspecify.annotations.NullMarked;
