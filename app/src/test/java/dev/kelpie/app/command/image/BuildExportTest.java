package dev.kelpie.app.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BuildExportTest {
    @Test
    void anArchiveNeedsAPlaceOrElseItIsTheImageHere() {
        assertThat(BuildExport.parse("type=docker"))
                .isEqualTo(new BuildExport(BuildExport.Kind.IMAGE, ""));
        assertThat(BuildExport.parse("type=docker,dest=a.tar"))
                .isEqualTo(new BuildExport(BuildExport.Kind.DOCKER, "a.tar"));
        assertThat(BuildExport.parse("type=docker,dest=-"))
                .isEqualTo(new BuildExport(BuildExport.Kind.DOCKER, "-"));
        assertThat(BuildExport.parse("type=oci"))
                .isEqualTo(new BuildExport(BuildExport.Kind.OCI, "-"));
    }
}
