package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.ContainerConfig.Memberships;
import dev.kelpie.runtime.oci.ContainerConfig.UserRules;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserDatabaseTest {

    private static final UserDatabase USERS =
            UserDatabase.of(
                    """
                    root:x:0:0::/root:/bin/sh
                    1000:x:0:0:an evil name:/:/bin/sh
                    mate:x:2000:100::/home:/bin/sh
                    toor:x:0:0::/:/bin/sh
                    """,
                    """
                    root:x:0:
                    500:x:0:
                    crew:x:100:mate
                    image:x:50000:mate
                    """);

    @TempDir Path image;

    @Test
    void aFileThatIsMountedOverTheImagesCounts() throws Exception {
        Files.createDirectories(image.resolve("etc"));
        Files.writeString(image.resolve("etc/passwd"), "own:x:1:1::/own:/bin/sh\n");
        var other = Files.writeString(image.resolve("other"), "kept:*:1000:1000::/w:/bin/sh\n");
        var link = Files.createSymbolicLink(image.resolve("link"), other);
        try (var root = RootedDirectory.open(image)) {
            var kept = UserDatabase.read(root, List.of(Mount.bind(other, "/etc/passwd", false)));
            assertThat(kept.resolve("kept", UserRules.USUAL).home()).isEqualTo("/w");
            var linked = UserDatabase.read(root, List.of(Mount.bind(link, "/etc/passwd", false)));
            assertThat(linked.resolve("own", UserRules.USUAL).home()).isEqualTo("/own");
        }
    }

    private static List<Long> groups(String user, UserRules rules) {
        return USERS.resolve(user, rules).user().additionalGids();
    }

    private static UserRules rules(Memberships memberships, String... groups) {
        return new UserRules(List.of(groups), memberships, false);
    }

    @Test
    void aNumberIsTheUidWhateverTheImageCallsSo() {
        assertThat(USERS.resolve("1000", UserRules.USUAL).user().uid()).isEqualTo(1000);
        assertThat(USERS.resolve("2000:500", UserRules.USUAL).user().gid()).isEqualTo(500);
        assertThat(groups("2000:7", rules(Memberships.STRICT, "500"))).containsExactly(7L, 500L);
    }

    @Test
    void aGroupGivenTakesTheMembershipsAwayUnlessTheyAreMerged() {
        assertThat(groups("2000", UserRules.USUAL)).containsExactly(100L, 50000L);
        assertThat(groups("2000:3000", UserRules.USUAL)).containsExactly(3000L);
        assertThat(groups("2000:3000", rules(Memberships.MERGE, "4000")))
                .containsExactly(100L, 3000L, 4000L, 50000L);
    }

    @Test
    void strictGroupsAreThoseOfTheSpecOnly() {
        assertThat(groups("2000:3000", rules(Memberships.STRICT, "4000")))
                .containsExactly(3000L, 4000L);
        assertThat(groups("mate", rules(Memberships.STRICT))).containsExactly(100L);
    }

    @Test
    void findsFurtherGroupsByName() {
        assertThat(groups("0", rules(Memberships.STRICT, "crew"))).containsExactly(0L, 100L);
    }

    @Test
    void refusesRootUnderEachOfItsNamesWhereNonRootIsWanted() {
        var nonRoot = new UserRules(List.of(), Memberships.MERGE, true);
        for (var root : List.of("", "0", "root", "toor", "00", ":5")) {
            assertThatThrownBy(() -> USERS.resolve(root, nonRoot))
                    .isInstanceOf(ContainerStartException.class)
                    .hasMessageStartingWith(
                            "container has runAsNonRoot and image will run as root");
        }
        assertThat(USERS.resolve("mate", nonRoot).user().uid()).isEqualTo(2000);
        assertThat(USERS.resolve("1000", nonRoot).user().uid()).isEqualTo(1000);
    }
}
