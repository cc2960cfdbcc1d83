/// Pods become Kubernetes YAML here. Empty so far: the room is kept for the way back from
/// `PodSpec`.
@NullMarked
package dev.kelpie.kubegenerate;

import org.jspecify.annotations.NullMarked;
