/// What can go wrong with pods, containers and volumes, one class per fact, under one sealed root.
/// Messages are lower case and quote the value; `app` decides on exit codes.
@NullMarked
package dev.kelpie.engine.fault;

import org.jspecify.annotations.NullMarked;
