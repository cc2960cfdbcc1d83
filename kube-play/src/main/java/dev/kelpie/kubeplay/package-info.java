/// Kubernetes YAML in, pod specs out: pure functions without I/O, engine or processes. [KubeReader]
/// is the door; it reads every document of every file, checks it against the Kubernetes model and
/// the rules of the API server and kubelet, says field by field what becomes of it, and only then
/// translates. Either everything is right, or one exception carries every problem. The mappers here
/// trust what the checks in `schema`, `rules` and `support` let through.
@NullMarked
package dev.kelpie.kubeplay;

import org.jspecify.annotations.NullMarked;
