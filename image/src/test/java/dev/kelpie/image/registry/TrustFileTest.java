package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                        new TrustFile.Row("all", "default", "accept", List.of(), List.of()),
                        new TrustFile.Row(
                                "repository", "r.test/team", "reject", List.of(), List.of()),
                        new TrustFile.Row(
                                "repository", "*.wild.test", "signed", List.of("/k"), List.of()));
        var policy = Policy.read(settings(file)).orElseThrow();
        assertThat(policy.rules(ImageReference.parse("r.test/team/app:1")))
                .containsExactly(new PolicyRule.Reject());
        assertThatThrownBy(() -> policy.rules(ImageReference.parse("a.wild.test/app:1")))
                .hasMessageContaining("cannot read the key '/k'");
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
                SignatureSettings.NONE,
                CredentialHelpers.NONE);
    }
}
