/// Probing containers: the questions (command, HTTP, TCP, gRPC), how answers add up to a verdict,
/// and when each is asked. By the kubelet's rules; Podman's health checks are one more kind. What a
/// verdict leads to is decided outside. Loaded only when something is probed.
@NullMarked
package dev.kelpie.engine.probe;

import org.jspecify.annotations.NullMarked;
