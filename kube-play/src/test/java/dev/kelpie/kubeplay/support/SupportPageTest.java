package dev.kelpie.kubeplay.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SupportPageTest {

    private static final Path PAGE = Path.of("../docs/kube-support.md");

    @Test
    void committedPageIsWhatTheCodeSays() throws IOException {
        var page = SupportPage.of(new SupportTable());
        if (Boolean.getBoolean("kelpie.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "refresh it: ./mvnw -pl kube-play test -Dtest=SupportPageTest -Dkelpie.update=true")
                .isEqualTo(page);
    }
}
