/// Pods as a whole: `Engine` is the door, with `Pods`, `Containers` and `Volumes` behind it. Plans
/// a play, acts on it step by step with an undo for each, supervises what runs, puts right at
/// opening what a crash left. Knows nothing of YAML, commands or sessions. The words are in
/// `.spec`, the answers in `.report`, what goes wrong in `.fault`, the records that survive in
/// `.state`.
@NullMarked
package dev.kelpie.engine;

import org.jspecify.annotations.NullMarked;
