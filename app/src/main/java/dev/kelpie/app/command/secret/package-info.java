/// `secret create`, `ls`, `inspect`, `rm`, `exists`. Contents go from the client's file, input or
/// environment to the engine, and back only for `inspect --showsecret`.
@NullMarked
package dev.kelpie.app.command.secret;

import org.jspecify.annotations.NullMarked;
