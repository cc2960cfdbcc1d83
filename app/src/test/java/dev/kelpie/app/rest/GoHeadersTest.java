package dev.kelpie.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "content-type, Content-Type",
        "Ostype, Ostype",
        "API-Version, Api-Version",
        "x-docker-container-path-stat, X-Docker-Container-Path-Stat"
    })
    void writesNamesAsGoDoes(String name, String canonical) {
        assertThat(GoHeaders.canonical(name)).isEqualTo(canonical);
    }
}
