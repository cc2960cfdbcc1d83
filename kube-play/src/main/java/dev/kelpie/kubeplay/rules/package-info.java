/// The rules that the API server and the kubelet hold manifests to, beyond the types of fields:
/// names, required and unique things, ranges, fields that exclude each other. As far as a field is
/// honoured, its rules are here. [ManifestRules] is the door.
@NullMarked
package dev.kelpie.kubeplay.rules;

import org.jspecify.annotations.NullMarked;
