/// Sends Kubernetes objects to a real cluster: server-side apply, one result for each object.
///
/// Text and a kubeconfig in, results out; nothing here knows a pod of ours. Only this package sees
/// fabric8's client.
@NullMarked
package dev.kelpie.kubegenerate.apply;

import org.jspecify.annotations.NullMarked;
