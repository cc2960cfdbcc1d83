package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.spec.LinuxSeccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pitfall 22.
class SeccompProfilesTest {

    private static final String PROFILE =
            """
            {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38,
             "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]},
                         {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"]}],
             "syscalls": [
               {"names": ["read", "write"], "action": "SCMP_ACT_ALLOW", "args": [], "includes": {}, "excludes": {}},
               {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
               {"names": ["umount"], "action": "SCMP_ACT_ERRNO", "errno": "EPERM", "excludes": {"caps": ["CAP_SYS_ADMIN"]}},
               {"names": ["arm_only"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": ["arm", "arm64"]}},
               {"names": ["fresh"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "6.2"}},
               {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "4.8"}},
               {"names": ["socket"], "action": "SCMP_ACT_ERRNO", "errnoRet": 22,
                "args": [{"index": 0, "value": 16, "valueTwo": 0, "op": "SCMP_CMP_EQ"}]}]}
            """;

    @TempDir Path place;

    private LinuxSeccomp filter(String profile, Set<Capability> bounding) throws IOException {
        var file = Files.writeString(place.resolve("profile.json"), profile);
        return new SeccompProfiles(List.of(file))
                .filter(file, bounding, new HostGrants.Machine("amd64", "6.1.0-18-amd64"));
    }

    private static List<String> names(LinuxSeccomp filter) {
        return filter.syscalls().stream().flatMap(rule -> rule.names().stream()).toList();
    }

    @Test
    void keepsTheRulesThatApply() throws IOException {
        var filter = filter(PROFILE, Set.of(Capability.CHOWN));
        assertThat(names(filter)).containsExactly("read", "write", "umount", "ptrace", "socket");
        assertThat(filter.architectures()).containsExactly("SCMP_ARCH_X86_64", "SCMP_ARCH_X86");
        assertThat(filter.defaultErrnoRet()).contains(38);
    }

    @Test
    void aCapabilityBringsItsSystemCalls() throws IOException {
        assertThat(names(filter(PROFILE, Set.of(Capability.SYS_ADMIN))))
                .contains("mount")
                .doesNotContain("umount");
    }

    @Test
    void errorsComeAsNumbers() throws IOException {
        var rules = filter(PROFILE, Set.of()).syscalls();
        assertThat(rules)
                .filteredOn(rule -> rule.names().contains("umount"))
                .first()
                .extracting(LinuxSeccomp.Syscall::errnoRet)
                .isEqualTo(Optional.of(1));
        assertThat(rules)
                .filteredOn(rule -> rule.names().contains("socket"))
                .first()
                .satisfies(rule -> {
                    assertThat(rule.errnoRet()).contains(22);
                    assertThat(rule.args().getFirst().value()).isEqualTo(16);
                });
    }

    @Test
    void refusesWhatIsNoProfile() {
        assertThatThrownBy(() -> filter("[1]", Set.of()))
                .isInstanceOf(FileAccessException.class)
                .hasMessageContaining("profile.json' has no defaultAction");
        assertThatThrownBy(() -> filter("{", Set.of()))
                .isInstanceOf(FileAccessException.class)
                .hasMessageContaining("cannot read seccomp profile");
    }

    private static final HostGrants.Machine MACHINE =
            new HostGrants.Machine("amd64", "6.1.0-18-amd64");

    private void inside(String name) {
        new SeccompProfiles(List.of()).filterInside(place.resolve("in"), name, Set.of(), MACHINE);
    }

    @Test
    void aProfileInsideAFolderIsNotOneOutside() throws IOException {
        var folder = Files.createDirectories(place.resolve("in/deep"));
        var outside = Files.writeString(place.resolve("outside.json"), PROFILE);
        Files.writeString(folder.resolve("mine.json"), PROFILE);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("../deep/mine.json"));
        Files.createSymbolicLink(folder.resolve("absolute"), outside);
        Files.createSymbolicLink(folder.resolve("relative"), Path.of("../../outside.json"));
        inside("deep/mine.json");
        inside("deep/link");
        for (var name : List.of("deep/absolute", "deep/relative", "../outside.json", "none")) {
            assertThatThrownBy(() -> inside(name))
                    .isInstanceOf(FileAccessException.class)
                    .hasMessage(
                            "there is no seccomp profile '"
                                    + name
                                    + "' inside '"
                                    + place.resolve("in")
                                    + "'");
        }
    }

    @Test
    void aProfileThatWasEditedCountsAtOnce() throws IOException {
        var file = Files.writeString(place.resolve("mine.json"), PROFILE);
        var profiles = new SeccompProfiles(List.of());
        profiles.filterOf(file, Set.of(), MACHINE);
        Files.writeString(file, "{\"defaultAction\": \"SCMP_ACT_LOG\"}");
        assertThat(profiles.filterOf(file, Set.of(), MACHINE).defaultAction())
                .isEqualTo("SCMP_ACT_LOG");
    }

    @Test
    void refusesActionsThereAreNone() throws IOException {
        assertThatThrownBy(() -> filter("{\"defaultAction\": \"DENY\"}", Set.of()))
                .hasMessageContaining("has the action 'DENY', which is none of SCMP_ACT_ALLOW, ");
    }
}
