package dev.kelpie.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/// Marks what other engines do not have or do otherwise; not run with `-Dkelpie.bin=podman`.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
        named = "kelpie.bin",
        matches = ".*podman.*",
        disabledReason = "only Kelpie promises this")
@interface OnlyKelpie {}
