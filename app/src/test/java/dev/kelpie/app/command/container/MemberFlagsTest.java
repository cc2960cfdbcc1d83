package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.command.pod.NetworkFlags;
import dev.kelpie.engine.spec.PodSharing;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MemberFlagsTest {
    private static final PodSharing ON_HOST =
            new PodSharing(true, false, true, true, Optional.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--network=host",
                "--publish=80:80",
                "--add-host=a:10.0.0.1",
                "--no-hosts",
                "--no-hostname",
                "--hosts-file=none"
            })
    void whatIsOfThePodIsRefused(String flag) {
        var network = CommandLine.populateCommand(new NetworkFlags(), flag);
        assertThatThrownBy(() -> network.requireNoneInPod("", false))
                .hasMessageEndingWith(
                        ": network cannot be configured when it is shared with a pod");
    }

    @Test
    void itsHostNameIsThePods() {
        assertThatThrownBy(() -> new NetworkFlags().requireNoneInPod("own", false))
                .hasMessage("cannot set hostname when joining the pod UTS namespace");
        assertThatCode(() -> new NetworkFlags().requireNoneInPod("", false))
                .doesNotThrowAnyException();
    }

    @Test
    void resolversOfThePodStay() {
        var network = CommandLine.populateCommand(new NetworkFlags(), "--dns=10.0.0.1");
        assertThat(network.idleInPod()).singleElement().asString().contains("[10.0.0.1]");
        assertThat(new NetworkFlags().idleInPod()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--pid=host",
                "--pid=container:other",
                "--ipc=host",
                "--ipc=private",
                "--uts=host",
                "--cgroupns=host"
            })
    void namespacesThatThePodHasNotAreRefused(String flag) {
        var scope = CommandLine.populateCommand(new ScopeFlags(), flag);
        assertThatThrownBy(() -> scope.requireIn(PodSharing.POD))
                .hasMessage(
                        flag + " and --pod cannot be set together: give it when the pod is made");
    }

    @Test
    void namespacesThatThePodHasAreItsOwn() {
        var hosts = CommandLine.populateCommand(new ScopeFlags(), "--pid=host", "--ipc=host");
        assertThatCode(() -> hosts.requireIn(ON_HOST)).doesNotThrowAnyException();
        var own = CommandLine.populateCommand(new ScopeFlags(), "--pid=private");
        assertThatCode(() -> own.requireIn(PodSharing.POD)).doesNotThrowAnyException();
        assertThatThrownBy(() -> own.requireIn(ON_HOST)).hasMessageStartingWith("--pid=private");
    }
}
