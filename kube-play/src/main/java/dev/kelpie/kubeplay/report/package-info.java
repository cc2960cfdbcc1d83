/// What a reading of manifests has to say: [Problem]s that stop it, and [Note]s that tell for each
/// field what becomes of it, both with the [Place] in the file. [Findings] collects them.
@NullMarked
package dev.kelpie.kubeplay.report;

import org.jspecify.annotations.NullMarked;
