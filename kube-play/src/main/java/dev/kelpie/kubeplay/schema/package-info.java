/// The shape of the Kubernetes objects, taken by reflection from fabric8's model classes, and the
/// check of a document against it: unknown fields with what was probably meant, wrong types, wrong
/// amounts. Nobody else touches the model classes.
@NullMarked
package dev.kelpie.kubeplay.schema;

import org.jspecify.annotations.NullMarked;
