package dev.kelpie.quadlet.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.quadlet.translate.Outcome.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReferencesTest {
    private static final String IMAGE = "[Container]\nImage=localhost/i\n";

    private static Translated container(String lines, String... others) {
        var files = new ArrayList<>(List.of("c.container", IMAGE + lines + "\n"));
        files.addAll(List.of(others));
        return Translated.of(files.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "Volume=x.volume:/d:z > x.volume > [Volume] > -v systemd-x:/d:z > x-volume",
                "Volume=x.volume:/d > x.volume > [Volume]|VolumeName=n > -v n:/d > x-volume",
                "Volume=x.volume:/d > x.volume > [Volume]|ServiceName=s > -v systemd-x:/d > s",
                "Volume=x@.volume:/d > x@.volume > [Volume] > -v systemd-x-%i:/d > x-volume@",
                "Volume=x@1.volume:/d > x@.volume > [Volume] > -v systemd-x-1:/d > x-volume@1",
                "Volume=a.artifact:/d > a.artifact > [Artifact]|Artifact=h.example/a > -v h.example/a:/d > a-artifact",
                "Mount=type=image,src=i.image,dst=/d > i.image > [Image]|Image=h.example/i"
                        + " > --mount type=image,source=h.example/i,dst=/d > i-image",
                "Network=x.network > x.network > [Network] > --network systemd-x > x-network",
                "Network=x.network:ip=10.0.0.9 > x.network > [Network]|NetworkName=n"
                        + " > --network n:ip=10.0.0.9 > x-network",
                "Network=o.container > o.container > [Container]|Image=localhost/o"
                        + " > --network container:systemd-o > o",
                "Network=o.container > o.container > [Container]|Image=localhost/o|ContainerName=n"
                        + " > --network container:n > o",
                "Network=o@1.container > o@1.container > [Container]|Image=localhost/o"
                        + " > --network container:systemd-o_1 > o@1",
            })
    void namesWhatTheOtherUnitMakes(
            String line, String other, String text, String words, String service) {
        var unit = container(line, other, text.replace("|", "\n"));
        assertThat(unit.start("c.container")).contains(" " + words + " ");
        assertThat(unit.all("c.container", "Unit", "Requires"))
                .containsExactly(service + ".service");
        assertThat(unit.all("c.container", "Unit", "After"))
                .containsExactly("network-online.target", service + ".service");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "i.image > [Image]|Image=h.example/i > h.example/i > i-image",
                "i.image > [Image]|Image=h.example/i|ImageTag=localhost/t > localhost/t > i-image",
                "b.build > [Build]|ImageTag=localhost/b|ImageTag=u|File=/C > localhost/b > b-build",
            })
    void runsTheImageOfAUnit(String other, String text, String image, String service) {
        var unit =
                Translated.of(
                        "c.container",
                        "[Container]\nImage=" + other + "\n",
                        other,
                        text.replace("|", "\n"));
        assertThat(unit.start("c.container")).endsWith(" -d " + image);
        assertThat(unit.all("c.container", "Unit", "Requires"))
                .containsExactly(service + ".service");
        assertThat(unit.outcome("c.container").warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "Volume=x.volume:/d > requested Quadlet source x.volume was not found",
                "Mount=type=bind,src=x.volume,dst=/d > requested Quadlet source x.volume was not found",
                "Network=x.network > requested Quadlet unit x.network was not found",
                "Network=c.container > a container cannot join its own network: c.container",
                "Network=t@.container > cannot get the resource name of t@.container",
                "Network=t@.container:x=y"
                        + " > extra options are not supported when joining another container's network",
                "Image=x.image > requested Quadlet image x.image was not found",
                "Pod=x > pod x is not Quadlet based",
                "Pod=x.pod > quadlet pod unit x.pod does not exist",
                "[Unit]|After=x.kube > unable to translate dependency for x.kube",
            })
    void refusesAUnitThatIsNotThere(String line, String reason) {
        var unit = container(line.replace("|", "\n"), "t@.container", IMAGE);
        assertThat(unit.reason("c.container")).isEqualTo(reason);
    }

    @Test
    void failsWithTheUnitThatItNames() {
        var unit = container("Volume=x.volume:/d", "x.volume", "[Volume]\nType=t\n");
        assertThat(unit.reason("c.container"))
                .isEqualTo("cannot get the resource name of x.volume: see its own error");
    }

    @Test
    void aPodStartsItsContainers() {
        var unit =
                Translated.of(
                        "p.pod", "[Pod]\n",
                        "a.container", IMAGE + "Pod=p.pod\n",
                        "b.container", IMAGE + "Pod=p.pod\nStartWithPod=no\n",
                        "t@.container", IMAGE + "Pod=p.pod\n",
                        "t@1.container", IMAGE + "Pod=p.pod\n");
        assertThat(unit.all("p.pod", "Unit", "Wants"))
                .containsExactly("network-online.target", "a.service", "t@1.service");
        assertThat(unit.all("p.pod", "Unit", "Before")).containsExactly("a.service", "t@1.service");
        assertThat(unit.all("b.container", "Unit", "BindsTo")).containsExactly("p-pod.service");
        assertThat(unit.start("b.container")).contains(" --pod systemd-p ");
    }

    @Test
    void translatesTheDependenciesOfUnit() {
        var unit =
                container(
                        "[Unit]\nAfter=a.service x.volume\nAfter=b.target\nWants=b.target\nBefore=x@7.pod",
                        "x.volume",
                        "[Volume]\n",
                        "x@.pod",
                        "[Pod]\n");
        assertThat(unit.all("c.container", "Unit", "After"))
                .containsExactly("network-online.target", "a.service x-volume.service b.target");
        assertThat(unit.all("c.container", "Unit", "Wants"))
                .containsExactly("network-online.target", "b.target");
        assertThat(unit.all("c.container", "Unit", "Before")).containsExactly("x-pod@7.service");
    }

    @Test
    void aUserWaitsForTheNetworkByAUnitOfItsOwn() {
        var unit = new Translated(true, "c.container", IMAGE);
        assertThat(unit.all("c.container", "Unit", "After")).containsExactly(WaitUnit.NAME);
    }

    @Test
    void waitsForNothingWhenToldTo() {
        var unit = container("[Quadlet]\nDefaultDependencies=no");
        assertThat(unit.unit("c.container").text(List.of()))
                .contains("[X-Quadlet]\nDefaultDependencies=no")
                .doesNotContain("network-online");
    }

    @Test
    void theUsersEmptyAfterTakesTheNetworkAway() {
        assertThat(container("[Unit]\nAfter=").all("c.container", "Unit", "After")).isEmpty();
    }

    @Test
    void twoUnitsCannotMakeOneService() {
        var unit = container("", "c.kube", "[Kube]\nYaml=a\n");
        assertThat(unit.start("c.container")).isNotEmpty();
        assertThat(unit.outcome("c.kube").result()).isInstanceOf(Result.Shadowed.class);
    }

    @Test
    void containersThatJoinEachOtherAreBothTranslated() {
        var unit = container("Network=d.container", "d.container", IMAGE + "Network=c.container\n");
        assertThat(unit.start("c.container")).contains("container:systemd-d");
        assertThat(unit.start("d.container")).contains("container:systemd-c");
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.kube,a.b",
        "v.volume,v-volume",
        "v@.volume,v-volume@",
        "v@i.volume,v-volume@i",
        "p.pod,p-pod",
        "n.network,n-network",
        "i.image,i-image",
        "b.build,b-build",
        "x.artifact,x-artifact"
    })
    void namesTheService(String file, String service) {
        assertThat(UnitName.parse(file).orElseThrow().service()).isEqualTo(service);
    }
}
