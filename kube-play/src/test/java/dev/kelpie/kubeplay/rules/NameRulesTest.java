package dev.kelpie.kubeplay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b", "0", "a.b.c", "9-x"})
    void acceptsSubdomains(String name) {
        assertThat(NameRules.isDnsSubdomain(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a_b", "-a", "a-", "a..b", ".a", "a/b", "ä", "a\nb", "a\n"})
    void refusesOtherNames(String name) {
        assertThat(NameRules.isDnsSubdomain(name)).isFalse();
    }

    @Test
    void boundsLengths() {
        assertThat(NameRules.isDnsLabel("a".repeat(63))).isTrue();
        assertThat(NameRules.isDnsLabel("a".repeat(64))).isFalse();
        assertThat(NameRules.isDnsSubdomain("a".repeat(254))).isFalse();
        assertThat(NameRules.isDnsLabel("a.b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "app.kubernetes.io/name", "A_b.C-d", "example.org/X"})
    void acceptsQualifiedKeys(String key) {
        assertThat(NameRules.isQualifiedKey(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "/a", "a/", "a/b/c", "Example.org/x", "-a", "a!"})
    void refusesOtherKeys(String key) {
        assertThat(NameRules.isQualifiedKey(key)).isFalse();
    }

    @Test
    void portNamesNeedALetterAndStayShort() {
        assertThat(NameRules.isPortName("http-2")).isTrue();
        assertThat(NameRules.isPortName("80")).isFalse();
        assertThat(NameRules.isPortName("a--b")).isFalse();
        assertThat(NameRules.isPortName("sixteen-letters-")).isFalse();
    }

    @Test
    void addressesAreLiterals() {
        assertThat(IpAddress.valid("10.0.0.1")).isTrue();
        assertThat(IpAddress.valid("fd00::1")).isTrue();
        assertThat(IpAddress.valid("::")).isTrue();
        assertThat(IpAddress.valid("10.1")).isFalse();
        assertThat(IpAddress.valid("010.0.0.1")).isFalse();
        assertThat(IpAddress.valid("256.0.0.1")).isFalse();
        assertThat(IpAddress.valid("localhost")).isFalse();
        assertThat(IpAddress.valid("fe80::1%eth0")).isFalse();
    }
}
