package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.image.spec.ImageReference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFileTest {

    @TempDir Path temp;

    @Test
    void whatItSetsIsWhatThePolicyDemands() {
        var file = temp.resolve("etc/policy.json");
        var trust = new TrustFile(file);
        assertThat(trust.rows()).isEmpty();
        trust.set("r.test/team", "reject", List.of());
        trust.set("*.wild.test", "signedBy", List.of("/k"));
        assertThat(trust.rows())
                .containsExactly(
                        new TrustFile.Row("all", "default", "accept", ""),
                        new TrustFile.Row("repository", "r.test/team", "reject", ""),
                        new TrustFile.Row("repository", "*.wild.test", "signed", "/k"));
        var policy = Policy.read(settings(file)).orElseThrow();
        assertThat(policy.rules(ImageReference.parse("r.test/team/app:1")))
                .containsExactly(new PolicyRule.Reject());
        assertThat(policy.rules(ImageReference.parse("a.wild.test/app:1")))
                .hasOnlyElementsOfType(PolicyRule.Unverifiable.class);
        assertThat(policy.rules(ImageReference.parse("other.test/app:1")))
                .containsExactly(new PolicyRule.AcceptAnything());
    }

    private static RegistrySettings settings(Path policy) {
        return new RegistrySettings(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(policy),
                List.of(),
                CredentialHelpers.NONE);
    }
}
