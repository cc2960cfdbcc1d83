package dev.kelpie.image.build;

import dev.kelpie.image.registry.Access;

/// How base images are pulled.
///
/// @param when at all
/// @param access how their registry is reached
public record BasePulls(BasePull when, Access access) {

    public static final BasePulls USUAL = new BasePulls(BasePull.MISSING, Access.DEFAULT);
}
