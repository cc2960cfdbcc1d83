/// YAML and JSON text as a tree of [Node]s, each knowing its place in the file and its path in the
/// document. Text is taken as if an enemy had written it: sizes, depth and aliases are bounded, no
/// types are made, duplicate keys are refused. Scalars mean what they mean to Kubernetes (`yes` is
/// a boolean, `0644` an octal number), not what YAML 1.2 says.
@NullMarked
package dev.kelpie.kubeplay.yaml;

import org.jspecify.annotations.NullMarked;
