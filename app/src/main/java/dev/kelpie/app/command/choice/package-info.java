/// What words of a command choose among what is there: for commands on applications.
@NullMarked
package dev.kelpie.app.command.choice;

import org.jspecify.annotations.NullMarked;
