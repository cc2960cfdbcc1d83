/// What Kelpie makes of each field of the Kubernetes model: a tree of [FieldRule]s per kind, the
/// walk that holds a document against it, and the page of documentation made from it. Code is the
/// only place where support is written down.
@NullMarked
package dev.kelpie.kubeplay.support;

import org.jspecify.annotations.NullMarked;
