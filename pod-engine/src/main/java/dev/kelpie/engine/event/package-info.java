/// What happened, kept: events are derived from changes of the state or noted where they happen,
/// and written to a bounded file after the fact, so that nothing waits for them. No intent and no
/// decision rests on an event.
@NullMarked
package dev.kelpie.engine.event;

import org.jspecify.annotations.NullMarked;
