/// Pods become Kubernetes YAML here: the way back from `PodSpec`, a pure function without I/O. A
/// pod is first fitted to Kubernetes' rules for names ([Fitting], [Joining]), then made into the
/// model's objects, last written as text ([YamlText]). What the field's words cannot say goes to
/// [Losses], never away in silence.
@NullMarked
package dev.kelpie.kubegenerate;

import org.jspecify.annotations.NullMarked;
