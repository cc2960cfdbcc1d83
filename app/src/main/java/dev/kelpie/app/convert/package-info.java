/// What other tools wrote, read as the words of our `run`: one way from every notation into the
/// specs, and the losses of it. Text in, words out; nothing here knows an engine.
@NullMarked
package dev.kelpie.app.convert;

import org.jspecify.annotations.NullMarked;
