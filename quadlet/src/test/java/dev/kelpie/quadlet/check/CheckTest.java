package dev.kelpie.quadlet.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.quadlet.file.LocalHost;
import dev.kelpie.quadlet.file.UnitLoader;
import dev.kelpie.quadlet.translate.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckTest {
    private static final String IMAGE = "[Container]|Image=localhost/i:1|";

    @TempDir private Path folder;

    private void unit(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text.replace('|', '\n') + "\n");
    }

    /// What is found, without the folder.
    private List<String> found(boolean user) {
        var units = new UnitLoader(List.of(folder), _ -> {}, (_, _) -> {}).load();
        return new Check(new Units(units), user, new LocalHost())
                .findings().stream()
                        .map(finding -> finding.toString().replace(folder + "/", ""))
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "Imagee=x > 3: error: [Container] Imagee=x: unknown key: the unit is not generated; did you mean 'Image'?",
                "publishport=1:1 > 3: error: [Container] publishport=1:1: unknown key: the unit is not generated;"
                        + " did you mean 'PublishPort'? (case matters)",
                "Ports=1:1 > 3: error: [Container] Ports=1:1: unknown key: the unit is not generated; did you mean 'PublishPort'?",
                "Restart=always > 3: error: [Container] Restart=always: unknown key: the unit is not generated; it belongs into [Service]",
                "Description=x > 3: error: [Container] Description=x: unknown key: the unit is not generated; it belongs into [Unit]",
                "WantedBy=a.target > 3: error: [Container] WantedBy=a.target: unknown key: the unit is not generated; it belongs into [Install]",
                "Subnet=10.1.0.0/24 > 3: error: [Container] Subnet=10.1.0.0/24: unknown key: the unit is not generated;"
                        + " it is a key of .network files",
                "[container]|x=y > 3: error: unknown group [container]: all its keys are ignored; did you mean [Container]?",
                "[Pod]|PodName=x > 3: error: group [Pod] means nothing in a .container file: all its keys are ignored;"
                        + " put them into [Container], or into a file NAME.pod",
                "[Service]|PublishPort=1:1 > 4: error: [Service] PublishPort=1:1: systemd ignores this key here; it belongs into [Container]",
                "[Service]|Image=x > 4: error: [Service] Image=x: systemd ignores this key here; it belongs into [Container]",
                "[Service]|StartLimitIntervalSec=5 > 4: error: [Service] StartLimitIntervalSec=5:"
                        + " systemd ignores this key here; it belongs into [Unit]",
                "[Unit]|Restart=always > 4: error: [Unit] Restart=always: systemd ignores this key here; it belongs into [Service]",
                "[Unit]|Afterr=a.service > 4: warning: [Unit] Afterr=a.service: systemd does not know this key and ignores it;"
                        + " did you mean 'After'?",
                "[Quadlet]|X=1 > 4: error: [Quadlet] X=1: unknown key: [Quadlet] has DefaultDependencies only; take it out",
                "HostName=a|HostName=b > 4: warning: [Container] HostName=b: replaces the value of line 3; keep one of them",
                "nonsense > 3: error: file contains line 3: “nonsense” which is not a key-value pair, group, or comment;"
                        + " a line is [GROUP], KEY=VALUE or begins with #",
                "ReadOnly=jein > 3: error: [Container] ReadOnly=jein: this is neither yes nor no, and counts as no; write yes or no",
                "StopTimeout=10s > 3: error: [Container] StopTimeout=10s: this is no number; write digits only",
                "HealthCmd=x|HealthInterval=30 > 4: error: [Container] HealthInterval=30: this is no duration;"
                        + " write a number and a unit, as in 30s, 1m30s",
                "Memory=lots > 3: error: [Container] Memory=lots: this is no size; write a number and b, k, m or g, as in 512m",
                "Pull=allways > 3: error: [Container] Pull=allways: there is no such value; did you mean 'always'?",
                "PublishPort=80:http > 3: error: [Container] PublishPort=80:http: this publishes no port;"
                        + " write [[IP:]HOST-PORT:]CONTAINER-PORT[/udp], as in 8080:80",
                "IP=10.0.0 > 3: error: [Container] IP=10.0.0: this is no IPv4 address; write one as 10.89.0.5",
                "ContainerName=a/b > 3: error: [Container] ContainerName=a/b: this cannot be a name;"
                        + " use letters, digits, '_', '.' and '-' only",
                "ServiceName=web.service > 3: error: [Container] ServiceName=web.service:"
                        + " the service would be called NAME.service.service; leave '.service' out",
                "Volume=/a:b > 3: error: [Container] Volume=/a:b: the path in the container, 'b', is not absolute;"
                        + " write SOURCE:/PATH[:OPTIONS]",
                "Exec=a \\q > 3: error: unsupported escape char 'q' in Exec=a \\q, which is left out;"
                        + " write \\\\ for a backslash; the escapes are those of systemd.syntax(7)",
                "Exec=a && b > 3: error: [Container] Exec=a && b: no shell reads this: '&&' is an argument; write sh -c 'COMMAND'",
                "Environment=A=b c > 3: warning: [Container] Environment=A=b c: 'c' stands alone: it is no part of the value"
                        + " before it; quote the pair, as in Environment=\"NAME=two words\"",
                "Notify=healthy > 3: error: [Container] Notify=healthy: nothing tells that the container is healthy: without a"
                        + " health command (or a HEALTHCHECK in the image) the start times out; add HealthCmd=",
                "HealthRetries=3 > 3: warning: [Container] HealthRetries=3: means nothing unless there is a health command,"
                        + " here or in the image; add HealthCmd=",
                "HealthStartupRetries=3 > 3: warning: [Container] HealthStartupRetries=3: means nothing without HealthStartupCmd=; add it",
                "ReadOnlyTmpfs=yes > 3: warning: [Container] ReadOnlyTmpfs=yes: has no effect without ReadOnly=yes;"
                        + " add ReadOnly=yes or take it out",
                "[Service]|User=me > 4: warning: [Service] User=me: the engine is run as somebody else, not the container: it finds"
                        + " neither its store nor its rights; put it into [Container], or use a unit of that user's own systemd",
                "[Service]|Type=oneshot|Restart=always > 5: error: [Service] Restart=always: systemd refuses it for Type=oneshot;"
                        + " write Restart=on-failure",
                "[Service]|ExecStart=/bin/x > 4: error: [Service] ExecStart=/bin/x: the generator writes this line itself;"
                        + " take it out; ExecStartPre= and ExecStartPost= are free",
                "[Service]|WatchdogSec=5 > 4: error: [Service] WatchdogSec=5: only the container can tell systemd that it works,"
                        + " and it may not: the unit is killed after this time; add Notify=yes and let it send WATCHDOG=1,"
                        + " or use HealthCmd= and HealthOnFailure=kill",
                "[Service]|Type=simple > 4: error: [Service] Type=simple: invalid service Type 'simple'; write notify or oneshot, or leave it out",
                "VolatileTmp=yes > 3: warning: [Container] VolatileTmp=yes: this key is deprecated; use Tmpfs=/tmp",
                "EnvironmentFile=./e > 3: error: [Container] EnvironmentFile=./e: there is no file 'e'; put it there",
                "Network=x.network > 3: error: [Container] Network=x.network: requested Quadlet unit x.network was not found;"
                        + " add that file beside this one",
                "Volume=a.volume:/a > 3: error: [Container] Volume=a.volume:/a: requested Quadlet source a.volume was not found;"
                        + " add that file beside this one",
                "[Unit]|After=c.contaner w.container x.kube > 4: error: [Unit] After=c.contaner w.container x.kube:"
                        + " unable to translate dependency for x.kube; add that file beside this one",
                "Group=1 > 3: error: [Container] Group=1: invalid Group set without User; add User=",
                "Exec=a \\||HostName=h > 4: warning: an empty line does not end the line that goes on ('\\') above it;"
                        + " end the line without \\",
            })
    void tellsWhatIsWrongWhereAndHowToMendIt(String lines, String finding) throws IOException {
        unit("w.container", IMAGE + lines);
        assertThat(found(false)).containsExactly("w.container:" + finding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "Notify=healthy|HealthCmd=curl -f localhost|HealthInterval=1m30s|HealthRetries=3",
                "PublishPort=8080:80|PublishPort=[::1]:53:53/udp|PublishPort=127.0.0.1::80|PublishPort=9000-9010:9000-9010",
                "Environment=A=1 \"B=two words\"|Environment=C|Label=a=b",
                "Exec=sh -c \"a && b\"|Memory=512m|PidsLimit=-1|StopTimeout=%i|IP=10.1.2.3",
                "[Service]|Restart=always|StartLimitBurst=3|TimeoutStartSec=900|MemoryMax=1G|ExecStartPre=/bin/true",
                "[Install]|WantedBy=multi-user.target default.target",
                "[Unit]|Description=x|ConditionPathExists=/x|Documentation=man:x",
                "Notify=yes|[Service]|WatchdogSec=5",
                "[Service]|WatchdogSec=0",
                "[X-Mine]|any=thing",
            })
    void saysNothingOfWhatIsRight(String lines) throws IOException {
        unit("w.container", IMAGE + lines);
        assertThat(found(false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PublishPort=1:1",
        "Network=host",
        "UserNS=keep-id",
        "HostName=h",
        "ExposeHostPort=1"
    })
    void aMemberOfAPodHasNoNetworkOfItsOwn(String line) throws IOException {
        unit("p.pod", "[Pod]");
        unit("w.container", IMAGE + "Pod=p.pod|" + line);
        assertThat(found(false))
                .containsExactly(
                        "w.container:4: error: [Container] "
                                + line
                                + ": a member of a pod has the pod's network and user namespace;"
                                + " move it into p.pod");
    }

    @Test
    void shortNamesAreToldOf() throws IOException {
        unit("w.container", "[Container]|Image=nginx");
        unit("i.image", "[Image]|Image=nginx:1");
        assertThat(found(false)).hasSize(2).allMatch(line -> line.contains("this is a short name"));
    }

    @Test
    void suggestsTheFileThatIsThere() throws IOException {
        unit("data.volume", "[Volume]");
        unit("w.container", IMAGE + "Volume=date.volume:/d");
        assertThat(found(false))
                .singleElement()
                .asString()
                .endsWith("or did you mean 'data.volume'?");
    }

    @Test
    void tellsOfAllAtOnce() throws IOException {
        unit("w.container", "[Container]|Bogus=1|Volume=x.volume:/d|ReadOnly=si|Other=2|no line");
        assertThat(found(false)).hasSize(4);
        unit(
                "w.container",
                "[Container]|Bogus=1|Image=localhost/i|Volume=x.volume:/d|ReadOnly=si|Other=2");
        assertThat(found(false))
                .hasSize(4)
                .anyMatch(line -> line.contains("x.volume was not found"));
    }

    @Test
    void aUserHasNoMultiUserTarget() throws IOException {
        unit("w.container", IMAGE + "[Install]|WantedBy=multi-user.target");
        assertThat(found(false)).isEmpty();
        assertThat(found(true))
                .singleElement()
                .asString()
                .endsWith("never starts by itself; write WantedBy=default.target");
    }

    @Test
    void unitsThatWaitForEachOtherAreFound() throws IOException {
        unit("a.container", IMAGE + "Network=b.container");
        unit("b.container", IMAGE + "[Unit]|After=c.container");
        unit("c.container", IMAGE + "Network=a.container");
        assertThat(found(false))
                .singleElement()
                .asString()
                .contains(
                        "these wait for each other: a.container → b.container → c.container → a.container");
    }

    @Test
    void unitsThatTakeTheSameAreFound() throws IOException {
        unit("a.container", IMAGE + "PublishPort=80:1|ContainerName=n|ServiceName=s");
        unit(
                "b.container",
                IMAGE + "PublishPort=0.0.0.0:80:2|ContainerName=n|PublishPort=80:2/udp");
        unit("s.kube", "[Kube]|Yaml=/x.yaml");
        assertThat(found(false))
                .containsExactly(
                        "b.container:3: error: [Container] PublishPort=0.0.0.0:80:2: this port of the host is"
                                + " published by a.container already: the second to start fails; choose another",
                        "b.container:4: error: [Container] ContainerName=n: a.container has this name already; choose another",
                        "s.kube: error: a.container makes s.service too: only one of them is generated;"
                                + " rename one, or give it a ServiceName=");
    }

    @Test
    void aNameThatSystemdRefusesIsFound() throws IOException {
        unit("a b.container", IMAGE);
        assertThat(found(false))
                .singleElement()
                .asString()
                .contains("no unit names as 'a b.service'");
    }

    @Test
    void aTemplateNeedsANameForEachInstance() throws IOException {
        unit("t@.container", IMAGE + "ContainerName=one");
        assertThat(found(false)).singleElement().asString().endsWith("put %i into it");
    }

    @Test
    void companionsMustBeThere() throws IOException {
        unit("k.kube", "[Kube]|Yaml=app.yml|ConfigMap=/elsewhere.yaml");
        unit("app.yaml", "kind: Pod");
        assertThat(found(false))
                .containsExactly(
                        "k.kube:2: error: [Kube] Yaml=app.yml: there is no file 'app.yml';"
                                + " put it there, or did you mean 'app.yaml'?");
    }

    @Test
    void dropInsAreNamedByTheirOwnLines() throws IOException {
        unit("w.container", IMAGE + "HostName=a");
        Files.createDirectory(folder.resolve("w.container.d"));
        unit("w.container.d/1.conf", "[Container]|HostName=b|Wat=1");
        assertThat(found(false))
                .singleElement()
                .asString()
                .startsWith("w.container.d/1.conf:3: error: [Container] Wat=1: unknown key");
    }
}
