/// `kelpie network`: the networks that pods and containers join.
@NullMarked
package dev.kelpie.app.command.network;

import org.jspecify.annotations.NullMarked;
