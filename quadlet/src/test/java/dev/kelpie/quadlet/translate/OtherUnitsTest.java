package dev.kelpie.quadlet.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// All types but `.container`: the group's lines in, the command out.
final class OtherUnitsTest {
    private static Translated one(String file, String lines) {
        var type = UnitType.of(file).orElseThrow();
        return Translated.of(file, "[" + type.group() + "]\n" + lines.replace("|", "\n") + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "v.volume > Label=a=1 > volume create --ignore --label a=1 systemd-v",
                "v.volume > VolumeName=n|UID=1|GID=2|Driver=local"
                        + " > volume create --ignore --uid 1 --gid 2 --driver local n",
                "v.volume > Driver= > volume create --ignore --driver \"\" systemd-v",
                "v.volume > Driver=image|Image=localhost/i|Copy=yes"
                        + " > volume create --ignore --driver image --opt image=localhost/i systemd-v",
                "v.volume > Copy=yes|Device=/d|Type=ext4|Options=ro|User=root|Group=7"
                        + " > volume create --ignore --opt copy --opt device=/d --opt type=ext4"
                        + " --opt o=uid=0,gid=7,ro systemd-v",
                "v.volume > Device=|Type=|User=%U|Group=%G"
                        + " > volume create --ignore --opt o=uid=%U,gid=%G systemd-v",
                "v.volume > Copy=no|PodmanArgs=--x > volume create --ignore --opt nocopy --x systemd-v",
                "n.network > NetworkName=n > network create --ignore n",
                "n.network > DisableDNS=yes|Internal=no|IPv6=yes|Driver=macvlan|IPAMDriver=dhcp|InterfaceName=p0|DNS=1.1.1.1"
                        + " > network create --ignore --disable-dns --internal=false --ipv6"
                        + " --driver macvlan --ipam-driver dhcp --interface-name p0 --dns 1.1.1.1 systemd-n",
                "n.network > Subnet=10.1.0.0/24|Subnet=10.2.0.0/24|Gateway=10.1.0.1|IPRange=10.1.0.8/29|IPRange=10.2.0.8/29"
                        + " > network create --ignore --subnet 10.1.0.0/24 --gateway 10.1.0.1 --ip-range 10.1.0.8/29"
                        + " --subnet 10.2.0.0/24 --ip-range 10.2.0.8/29 systemd-n",
                "n.network > Options=mtu=9|Label=l=1 > network create --ignore --opt mtu=9 --label l=1 systemd-n",
                "i.image > Image=localhost/i > image pull localhost/i",
                "i.image > Image=localhost/i|ImageTag=t|Arch=arm64|AuthFile=/a|CertDir=/c|Creds=u:p|DecryptionKey=/k|OS=linux"
                        + " > image pull --arch arm64 --authfile /a --cert-dir /c --creds u:p"
                        + " --decryption-key /k --os linux localhost/i",
                "i.image > Image=localhost/i|Policy=newer|Variant=v8|Retry=1|RetryDelay=2s|AllTags=yes|TLSVerify=no"
                        + " > image pull --policy newer --variant v8 --retry 1 --retry-delay 2s"
                        + " --all-tags --tls-verify=false localhost/i",
                "a.artifact > Artifact=localhost/a|Quiet=yes|TLSVerify=yes|Creds=u:p|PodmanArgs=--x"
                        + " > artifact pull --creds u:p --quiet --tls-verify --x localhost/a",
                "k.kube > Yaml=a.yaml|Yaml=/b.yaml"
                        + " > kube play --replace --service-container=true /units/a.yaml /b.yaml",
                "k.kube > Yaml=%h/a|ExitCodePropagation=any|LogDriver=journald|LogOpt=tag=t|UserNS=keep-id|PublishPort=1:2"
                        + " > kube play --replace --service-container=true --service-exit-code-propagation=any"
                        + " --log-driver journald --log-opt tag=t --userns keep-id --publish 1:2 %h/a",
                "k.kube > Yaml=a|AutoUpdate=registry|AutoUpdate=c/local|ConfigMap=m.yaml ./n.yaml|PodmanArgs=--x"
                        + " > kube play --replace --service-container=true"
                        + " --annotation=io.containers.autoupdate=registry"
                        + " --annotation=io.containers.autoupdate/c=local --configmap /units/m.yaml"
                        + " --configmap /units/n.yaml --x /units/a",
                "p.pod > Label=a=1 > pod start systemd-p",
                "b.build > ImageTag=t|SetWorkingDirectory=unit > build --tag t /units",
                "b.build > ImageTag=t|ImageTag=u|File=/a/C|Pull=always|Arch=arm64|Target=x|ForceRM=yes|GroupAdd=g"
                        + " > build --pull=always --arch arm64 --target x --force-rm --group-add g"
                        + " --tag t --tag u --file /a/C",
                "b.build > ImageTag=t|File=/C|BuildArg=A=1 B|Environment=E=1|Label=l=1|Annotation=a=1|Secret=id=s|Volume=/a:/b|Network=host"
                        + " > build --tag t --build-arg A=1 --build-arg B --env E=1 --label l=1"
                        + " --annotation a=1 --network host --secret id=s -v /a:/b --file /C",
            })
    void starts(String file, String lines, String words) {
        assertThat(one(file, lines).start(file)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "k.kube > UserNS= > no Yaml key specified",
                "k.kube > Yaml=a|[Service]|KillMode=none > invalid KillMode 'none'",
                "k.kube > Yaml=a|[Service]|Type=exec > invalid service Type 'exec'",
                "k.kube > Yaml=a|RemapUsers=manual > RemapUsers=manual is not supported",
                "k.kube > Yaml=a|SetWorkingDirectory=file"
                        + " > SetWorkingDirectory=file is only supported in .build files",
                "k.kube > Yaml=a b|SetWorkingDirectory=yaml"
                        + " > SetWorkingDirectory=yaml is only supported when a single Yaml key is provided",
                "v.volume > Driver=image > the key Image is mandatory when using the image driver",
                "v.volume > Type=ext4 > key Type can't be used without Device",
                "v.volume > User=nobody-here"
                        + " > invalid User 'nobody-here': neither a number nor a name that this host knows",
                "n.network > Gateway=10.1.0.1 > cannot set gateway or range without subnet",
                "n.network > IPRange=10.1.0.0/24 > cannot set gateway or range without subnet",
                "n.network > Subnet=a|Gateway=b|Gateway=c > cannot set more gateways than subnets",
                "n.network > Subnet=a|IPRange=b|IPRange=c > cannot set more ranges than subnets",
                "i.image > ImageTag=x > no Image key specified",
                "a.artifact > Quiet=yes > no Artifact key specified",
                "b.build > File=/C > no ImageTag key specified",
                "b.build > ImageTag=t > neither SetWorkingDirectory, nor File key specified",
                "b.build > ImageTag=t|File=C"
                        + " > relative path in File key requires SetWorkingDirectory key to be set",
                "b.build > ImageTag=t|SetWorkingDirectory=file > no File key specified",
                "b.build > ImageTag=t|SetWorkingDirectory=file|[Service]|WorkingDirectory=/w > no File key specified",
                "b.build > ImageTag=t|SetWorkingDirectory=yaml|File=/C|[Service]|WorkingDirectory=/w"
                        + " > SetWorkingDirectory=yaml is only supported in .kube files",
                "b.build > ImageTag=t|SetWorkingDirectory=yaml"
                        + " > SetWorkingDirectory=yaml is only supported in .kube files",
                "p.pod > Image=x > unsupported key 'Image' in group 'Pod' in /units/p.pod",
            })
    void refuses(String file, String lines, String reason) {
        assertThat(one(file, lines).reason(file)).isEqualTo(reason);
    }

    /// Working directory and last words of a build, by what the reference was seen to do.
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "SetWorkingDirectory=/ctx,-,/ctx",
                "SetWorkingDirectory=rel,/units,rel",
                "SetWorkingDirectory=%i,/units,%i",
                "SetWorkingDirectory=%h/c|[Service]|WorkingDirectory=/w,/w,/w",
                "SetWorkingDirectory=httpdir,/units,httpdir",
                "SetWorkingDirectory=https://h.example/x.git,-,https://h.example/x.git",
                "SetWorkingDirectory=git://h/x,-,git://h/x",
                "SetWorkingDirectory=unit|File=C,/units,--file C /units",
                "SetWorkingDirectory=file|File=sub/C,/units/sub,--file sub/C /units/sub",
                "SetWorkingDirectory=file|File=/a/C,/a,--file /a/C",
                "File=/a/C,-,--file /a/C",
                "File=%h/C,-,--file %h/C",
                "File=C|[Service]|WorkingDirectory=/w,/w,--file C /w",
                "SetWorkingDirectory=rel|[Service]|WorkingDirectory=/w,/w,/w",
                "SetWorkingDirectory=/ctx|[Service]|WorkingDirectory=/w,/w,/ctx",
            })
    void buildsIn(String lines, String folder, String last) {
        var build = one("b.build", "ImageTag=t|" + lines);
        assertThat(build.start("b.build")).isEqualTo("build --tag t " + last);
        assertThat(build.all("b.build", "Service", "WorkingDirectory"))
                .isEqualTo(folder == null ? List.of() : List.of(folder));
    }

    @ParameterizedTest
    @CsvSource({"yaml,/x", "YAML,/x", "unit,/units"})
    void playsIn(String word, String folder) {
        var kube = one("k.kube", "Yaml=/x/a|SetWorkingDirectory=" + word);
        assertThat(kube.all("k.kube", "Service", "WorkingDirectory")).containsExactly(folder);
    }

    @Test
    void takesAPlayDown() {
        assertThat(one("k.kube", "Yaml=a|KubeDownForce=yes").command("k.kube", "ExecStopPost"))
                .isEqualTo("kube down --force /units/a");
    }

    @Test
    void removesANetworkWhenToldTo() {
        var text = one("n.network", "NetworkDeleteOnStop=yes").unit("n.network").text(List.of());
        assertThat(text)
                .endsWith(
                        """
                        [Service]
                        ExecStopPost=/usr/bin/kelpie network rm systemd-n
                        ExecStart=/usr/bin/kelpie network create --ignore systemd-n
                        SyslogIdentifier=%N
                        Type=oneshot
                        RemainAfterExit=yes
                        """);
    }

    @Test
    void aBuildIsDoneAgainAtEachStart() {
        var text = one("b.build", "ImageTag=t|File=/C").unit("b.build").text(List.of());
        assertThat(text).contains("Type=oneshot").doesNotContain("RemainAfterExit");
    }

    @Test
    void whatTheUserSetsToNothingStaysNothing() {
        var image = one("i.image", "Image=localhost/i|[Service]|Type=|SyslogIdentifier=");
        assertThat(image.unit("i.image").text(List.of()))
                .contains("\nType=\n", "\nSyslogIdentifier=\n", "\nRemainAfterExit=yes\n")
                .doesNotContain("Type=oneshot", "SyslogIdentifier=%N");
    }

    @Test
    void anImageUnitIsNoShortName() {
        assertThat(one("i.image", "Image=other.image").outcome("i.image").warnings()).isEmpty();
        assertThat(one("i.image", "Image=other").outcome("i.image").warnings()).hasSize(1);
    }

    @Test
    void aPodHasFourCommands() {
        var pod =
                one(
                        "p.pod",
                        "PodName=n|PublishPort=1:2|Label=a=1|Network=host|IP=10.0.0.2|ShmSize=1m|DNS=1.1.1.1"
                                + "|HostName=h|AddHost=a:1.2.3.4|Volume=/a:/b|StopTimeout=3|ExitPolicy=continue"
                                + "|UserNS=auto|NetworkAlias=x|PodmanArgs=--y");
        assertThat(pod.unit("p.pod").text(List.of()))
                .endsWith(
                        """
                        [Service]
                        SyslogIdentifier=%N
                        ExecStart=/usr/bin/kelpie pod start n
                        ExecStop=/usr/bin/kelpie pod stop --ignore --time=3 n
                        ExecStopPost=/usr/bin/kelpie pod rm --ignore --force n
                        ExecStartPre=/usr/bin/kelpie pod create --infra-conmon-pidfile=%t/%N.pid --replace --exit-policy continue --userns auto --publish 1:2 --label a=1 --network host --ip 10.0.0.2 --shm-size 1m --network-alias x --dns 1.1.1.1 --add-host a:1.2.3.4 --hostname h -v /a:/b --infra-name n-infra --name n --y
                        Environment=PODMAN_SYSTEMD_UNIT=%n
                        Type=forking
                        PIDFile=%t/%N.pid
                        Restart=on-failure
                        """);
    }

    @Test
    void everyTypeKnowsItsNumberOfKeys() {
        assertThat(UnitType.CONTAINER.keys()).hasSize(94).doesNotHaveDuplicates();
        assertThat(UnitType.POD.keys()).hasSize(29);
        assertThat(UnitType.KUBE.keys()).hasSize(19);
        assertThat(UnitType.VOLUME.keys()).hasSize(16);
        assertThat(UnitType.NETWORK.keys()).hasSize(18);
        assertThat(UnitType.IMAGE.keys()).hasSize(18);
        assertThat(UnitType.BUILD.keys()).hasSize(28);
        assertThat(UnitType.ARTIFACT.keys()).hasSize(13);
    }
}
