package dev.kelpie.quadlet.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContainerUnitTest {
    private static final String IMAGE = "localhost/i";
    private static final String HEAD =
            "run --name systemd-%N --replace --rm --cgroups=split --sdnotify=conmon -d";

    private static String start(String lines) {
        return container(lines).start("web.container");
    }

    private static Translated container(String lines) {
        return Translated.of(
                "web.container",
                "[Container]\nImage=" + IMAGE + "\n" + lines.replace("|", "\n") + "\n");
    }

    private static String refused(String lines) {
        return container(lines).reason("web.container");
    }

    @Test
    void theSmallestHasTheSmallestCommand() {
        assertThat(start("DropCapability=|Timezone=|NoNewPrivileges=no|VolatileTmp=no"))
                .isEqualTo(HEAD + " " + IMAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "LogDriver=journald > --log-driver journald --cgroups=split --sdnotify=conmon -d",
                "LogOpt=path=/a|LogOpt=tag=t size=1m"
                        + " > --log-opt path=/a --log-opt tag=t --log-opt size=1m --cgroups=split --sdnotify=conmon -d",
                "CgroupsMode=no-conmon > --cgroups no-conmon --sdnotify=conmon -d",
                "Entrypoint= > --cgroups=split --entrypoint= --sdnotify=conmon -d",
                "Entrypoint=/bin/sh > --cgroups=split --entrypoint=/bin/sh --sdnotify=conmon -d",
                "Timezone=local|Pull=never|Memory=1g|PidsLimit=5|ShmSize=1m|WorkingDir=/w"
                        + " > --cgroups=split --tz local --pids-limit 5 --shm-size 1m --workdir /w"
                        + " --pull never --memory 1g --sdnotify=conmon -d",
                "IP=10.0.0.2|IP6=fd::2|HostName=h|StopSignal=INT|StopTimeout=3|Retry=2|RetryDelay=5s"
                        + " > --cgroups=split --ip 10.0.0.2 --ip6 fd::2 --hostname h --stop-signal INT"
                        + " --stop-timeout 3 --retry 2 --retry-delay 5s --sdnotify=conmon -d",
                "NetworkAlias=a|Ulimit=nofile=1|DNS=1.1.1.1|DNSOption=ndots:1|DNSSearch=s|GroupAdd=g"
                        + " > --cgroups=split --network-alias a --ulimit nofile=1 --dns 1.1.1.1"
                        + " --dns-option ndots:1 --dns-search s --group-add g --sdnotify=conmon -d",
                "AddHost=a:1.2.3.4|Tmpfs=/t:size=1m|RunInit=yes|EnvironmentHost=off|HttpProxy=no"
                        + " > --cgroups=split --add-host a:1.2.3.4 --tmpfs /t:size=1m --init"
                        + " --env-host=false --http-proxy=false --sdnotify=conmon -d",
                "ReadOnlyTmpfs=true|Network=host|Network="
                        + " > --cgroups=split --read-only-tmpfs --sdnotify=conmon -d",
                "Network=host > --cgroups=split --network host --sdnotify=conmon -d",
                "Notify=yes > --cgroups=split --sdnotify=container -d",
                "Notify=Healthy > --cgroups=split --sdnotify=healthy -d",
            })
    void putsTheseBeforeNotification(String lines, String words) {
        assertThat(start(lines))
                .isEqualTo("run --name systemd-%N --replace --rm " + words + " " + IMAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "NoNewPrivileges=on > --security-opt=no-new-privileges",
                "SecurityLabelDisable=1|SecurityLabelNested=1|SecurityLabelType=t|SecurityLabelFileType=f|SecurityLabelLevel=s0"
                        + " > --security-opt label=disable --security-opt label=nested --security-opt"
                        + " label=type:t --security-opt label=filetype:f --security-opt label=level:s0",
                "AppArmor=unconfined|SeccompProfile=/p"
                        + " > --security-opt apparmor=unconfined --security-opt seccomp=/p",
                "AddDevice=/dev/a:/dev/b:r|AddDevice=-/dev/none -/dev/null:/dev/x"
                        + " > --device /dev/a:/dev/b:r --device /dev/null:/dev/x",
                "DropCapability=ALL|AddCapability=CAP_CHOWN NET_ADMIN"
                        + " > --cap-drop all --cap-add cap_chown --cap-add net_admin",
                "Sysctl=a=1 b=2|ReadOnly=yes > --sysctl a=1 --sysctl b=2 --read-only",
                "VolatileTmp=yes > --tmpfs /tmp:rw,size=512M,mode=1777",
                "VolatileTmp=yes|ReadOnly=yes > --read-only",
                "User=1|Group=2 > --user 1:2",
                "User=me > --user me",
                "UserNS=keep-id|UIDMap=0:1:2|GIDMap=3:4:5|SubUIDMap=u|SubGIDMap=g"
                        + " > --userns keep-id --uidmap 0:1:2 --gidmap 3:4:5 --subuidname u --subgidname g",
                "RemapUsers=auto|RemapUid=0:1:2|RemapGid=3:4:5|RemapUidSize=0x10"
                        + " > --userns auto:uidmapping=0:1:2,gidmapping=3:4:5,size=16",
                "RemapUsers=keep-id|RemapUid=1|RemapGid=2 > --userns keep-id:uid=1,gid=2",
                "RemapUsers=manual|RemapUid=1:2:3 > --uidmap 1:2:3",
                "Volume=/a:/b:ro,z|Volume=./x:/y|Volume=/only|Volume=%h/s:/t|Volume=named:/n"
                        + " > -v /a:/b:ro,z -v /units/x:/y -v /only -v %h/s:/t -v named:/n",
                "AutoUpdate=registry|ExposeHostPort=80|ExposeHostPort=1-2/udp"
                        + " > --label io.containers.autoupdate=registry --expose 80 --expose 1-2/udp",
                "PublishPort=127.0.0.1::80|PublishPort=\"1:1\" > --publish 127.0.0.1::80 --publish \"\\\"1:1\\\"\"",
                "Environment=B=2 A=1 \"C=x y\" D|Label=l=1|Annotation=a=1|Environment=A=3"
                        + " > --env A=3 --env B=2 --env \"C=x\\x20y\" --env D --label l=1 --annotation a=1",
                "Mask=/a:/b|Unmask=ALL > --security-opt mask=/a:/b --security-opt unmask=ALL",
                "EnvironmentFile=e|EnvironmentFile=%h/e|EnvironmentFile=/a/../b/ ./c/../d/"
                        + " > --env-file /units/e --env-file %h/e --env-file /a/../b/ --env-file /units/d",
                "Secret=s,type=env > --secret s,type=env",
                "HealthTimeout=1s|HealthCmd=curl -f \"x\"|HealthStartupCmd=true"
                        + " > --health-cmd \"curl\\x20-f\\x20\\\"x\\\"\" --health-timeout 1s --health-startup-cmd true",
                "Environment=\"\" A=1|Label=\"\"|Annotation=''|PodmanArgs=\"\"|Exec=\"\" > --env A=1",
                "Volume=:/d:ro|Volume=/d > -v /d -v /d",
                "PodmanArgs=--foo \"a b\" '' > --foo \"a\\x20b\" \"\"",
            })
    void putsTheseAfterNotification(String lines, String words) {
        assertThat(start(lines)).isEqualTo(HEAD + " " + words + " " + IMAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "Exec=sh -c \"a b\" > sh -c \"a\\x20b\"",
                "Exec=foo \"\" bar > foo \"\" bar",
                "Exec=a \\x41 \\u00e9 \\xc3\\xa9 > a A é é",
                "Exec=first|Exec=last > last",
                "Exec=a\\ > a",
            })
    void endsWithTheCommand(String lines, String words) {
        assertThat(start(lines)).isEqualTo(HEAD + " " + IMAGE + " " + words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "type=bind,source=/a,dst=/b > type=bind,source=/a,dst=/b",
                "type=bind,src=./a,dst=/b,ro > type=bind,source=/units/a,dst=/b,ro",
                "dst=/b,source=v > type=volume,dst=/b,source=v",
                "type=volume,dst=/b > type=volume,dst=/b",
                "type=tmpfs,dst=/b > type=tmpfs,dst=/b",
                "type=bind,src=/a,\\\"dst=/b,1\\\" > \"type=bind,source=/a,\\\"dst=/b,1\\\"\"",
            })
    void mounts(String mount, String words) {
        assertThat(start("Mount=" + mount)).isEqualTo(HEAD + " --mount " + words + " " + IMAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "Rootfs=/r > the Image And Rootfs keys conflict can not be specified together",
                "Image= > no Image or Rootfs key specified",
                "[Service]|KillMode=process > invalid KillMode 'process'",
                "[Service]|KillMode= > invalid KillMode ''",
                "[Service]|Type=simple > invalid service Type 'simple'",
                "[Service]|Type= > invalid service Type ''",
                "ReloadCmd=a|ReloadSignal=HUP"
                        + " > ReloadCmd and ReloadSignal are mutually exclusive but both are set",
                "Group=g > invalid Group set without User",
                "UserNS=auto|RemapUsers=auto"
                        + " > deprecated Remap keys are set along with explicit mapping keys",
                "RemapUid=1 > UidMap set without RemapUsers",
                "RemapGid=1 > GidMap set without RemapUsers",
                "RemapUsers=what > unsupported RemapUsers option 'what'",
                "RemapUsers=keep-id|RemapUid=1 2"
                        + " > RemapUsers=keep-id supports only a single value for UID mapping",
                "ExposeHostPort=x80 > invalid port format 'x80'",
                "ExposeHostPort=70000 > invalid port format '70000'",
                "Mount=type=bind,dst=/b > source parameter is required for mount type bind",
                "Mount=type=bind,src,dst=/b > source parameter does not include a value",
                "Bogus=1 > unsupported key 'Bogus' in group 'Container' in /units/web.container",
                "[Quadlet]|X=1 > unsupported key 'X' in group 'Quadlet' in /units/web.container",
            })
    void refuses(String lines, String reason) {
        assertThat(refused(lines)).isEqualTo(reason);
    }

    @Test
    void refusesAMountThatIsNoRecord() {
        assertThat(refused("Mount=type=bind,src=\\\"a\\\"b"))
                .startsWith("incorrect mount format: ");
        assertThat(refused("Mount=\"type=bind,src=a\\nb\""))
                .startsWith("incorrect mount format: should be a single line");
    }

    @Test
    void theServiceHasItsLinesInOrder() {
        var unit =
                container(
                        "ContainerName=c|ReloadSignal=HUP|GlobalArgs=--log-level=debug|ContainersConfModule=/m");
        assertThat(unit.unit("web.container").text(List.of()))
                .endsWith(
                        """
                        [Service]
                        Environment=PODMAN_SYSTEMD_UNIT=%n
                        KillMode=mixed
                        ExecStop=/usr/bin/kelpie --module=/m --log-level=debug rm -v -f -i c
                        ExecStopPost=-/usr/bin/kelpie --module=/m --log-level=debug rm -v -f -i c
                        ExecReload=/usr/bin/kelpie --module=/m --log-level=debug kill --signal HUP c
                        Delegate=yes
                        Type=notify
                        NotifyAccess=all
                        SyslogIdentifier=%N
                        ExecStart=/usr/bin/kelpie --module=/m --log-level=debug run --name c --replace --rm --cgroups=split --sdnotify=conmon -d localhost/i
                        """);
    }

    @Test
    void aOneshotNotifiesNobody() {
        var unit = container("Notify=yes|[Service]|Type=oneshot");
        assertThat(unit.start("web.container"))
                .isEqualTo("run --name systemd-%N --replace --rm --cgroups=split " + IMAGE);
        assertThat(unit.all("web.container", "Service", "NotifyAccess")).isEmpty();
    }

    @Test
    void reloadsByCommand() {
        assertThat(
                        container("ReloadCmd=nginx -s \"re load\"")
                                .command("web.container", "ExecReload"))
                .isEqualTo("exec systemd-%N nginx -s \"re\\x20load\"");
    }

    @Test
    void runsARootFolder() {
        var unit = Translated.of("r.container", "[Container]\nRootfs=/var/r:O\nExec=sh\n");
        assertThat(unit.start("r.container")).isEqualTo(HEAD + " --rootfs /var/r:O sh");
    }

    @Test
    void needsTheMountsOfItsPaths() {
        var unit = container("Volume=/a b:/c|Mount=type=bind,src=/d,dst=/e|Volume=%h/x:/y");
        assertThat(unit.all("web.container", "Unit", "RequiresMountsFor"))
                .containsExactly("%t/containers", "\"/a\\x20b\"", "/d");
    }

    @ParameterizedTest
    @CsvSource({"Exec", "Environment", "ReloadCmd", "Mount", "PodmanArgs"})
    void warnsOfAnEscapeThatSystemdDoesNotKnow(String key) {
        var unit = container(key + "=a \\q b");
        assertThat(unit.outcome("web.container").warnings())
                .singleElement()
                .asString()
                .startsWith("web.container: /units/web.container:3: unsupported escape char 'q'");
        assertThat(unit.start("web.container")).isEqualTo(HEAD + " " + IMAGE);
    }

    @ParameterizedTest
    @CsvSource({"User", "Group", "DynamicUser"})
    void warnsOfWhoTheServiceRunsAs(String key) {
        assertThat(container("[Service]|" + key + "=x").outcome("web.container").warnings())
                .containsExactly(
                        "Warning: using key "
                                + key
                                + " in the Service group is not supported - use at your own risk");
    }

    @ParameterizedTest
    @CsvSource({
        "fedora,true",
        "fedora:41,true",
        "a/b,true",
        "localhost/b,false",
        "h.example/b,false",
        "h:5000/b,false",
        "sha256:abc,false",
        "a/b.image.x,true",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,false"
    })
    void warnsOfShortNames(String image, boolean warned) {
        var unit = Translated.of("s.container", "[Container]\nImage=" + image + "\n");
        assertThat(unit.outcome("s.container").warnings()).hasSize(warned ? 1 : 0);
        assertThat(unit.start("s.container")).endsWith(" -d " + image);
    }
}
