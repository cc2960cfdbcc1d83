package dev.kelpie.app.command.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.report.DownReport;
import dev.kelpie.engine.report.PlannedPod;
import dev.kelpie.engine.report.PlannedSecret;
import dev.kelpie.engine.report.PlayPlan;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PlayedPod;
import dev.kelpie.engine.report.PodAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static PlayedPod pod(String id, String... containers) {
        return new PlayedPod(
                id, id, PodAction.CREATE, List.of(containers), List.of("init"), List.of());
    }

    @Test
    void listsPodsAndContainersAsPodmanDoes() {
        var report =
                new PlayReport(
                        List.of(pod("p1", "c1"), pod("p2", "c2", "c3"), pod("p3")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("front"),
                        List.of("nightly"));
        assertThat(Report.played(report))
                .isEqualTo(
                        """
                        Services:
                        front
                        CronJobs:
                        nightly
                        Pod:
                        p1
                        Container:
                        c1

                        Pod:
                        p2
                        Containers:
                        c2
                        c3

                        Pod:
                        p3
                        """);
    }

    @Test
    void alwaysPrintsTheFourHeadingsOfDown() {
        var report =
                new DownReport(
                        List.of("p1"),
                        List.of("p1"),
                        List.of("s1"),
                        List.of("data"),
                        List.of("default/front"),
                        List.of("default/nightly"),
                        List.of());
        assertThat(Report.down(report))
                .isEqualTo(
                        """
                        Pods stopped:
                        p1
                        Pods removed:
                        p1
                        Secrets removed:
                        s1
                        Volumes removed:
                        data
                        Services removed:
                        default/front
                        CronJobs removed:
                        default/nightly
                        """);
        assertThat(
                        Report.down(
                                new DownReport(
                                        List.of(), List.of(), List.of(), List.of(), List.of(),
                                        List.of(), List.of())))
                .isEqualTo("Pods stopped:\nPods removed:\nSecrets removed:\nVolumes removed:\n");
    }

    @Test
    void saysWhatADryRunWouldDo() {
        var plan =
                new PlayPlan(
                        List.of(
                                new PlannedPod("web", PodAction.CREATE, "", List.of("a:1", "b:1")),
                                new PlannedPod(
                                        "db",
                                        PodAction.REPLACE,
                                        "0123456789abcdef",
                                        List.of("b:1"))),
                        List.of("data"),
                        List.of(new PlannedSecret("token", PodAction.REPLACE)),
                        List.of("front"));
        assertThat(Report.plan(plan, Map.of("a:1", Path.of("/x/a"))))
                .isEqualTo(
                        """
                        build    image a:1 from /x/a
                        pull     image b:1
                        replace  secret token
                        create   volume data
                        create   service front
                        create   pod web
                        replace  pod db (now 0123456789ab)
                        """);
    }

    @Test
    void findsTheFolderOfAnImage() {
        assertThat(Builds.folderOf("localhost/hello:1")).isEqualTo("hello");
        assertThat(Builds.folderOf("host:5000/team/web@sha256:abc")).isEqualTo("web");
    }

    @Test
    void readsTheFirstLineOfAPage() {
        var page = "HTTP/1.0 200 OK\r\nX: y\r\n\r\n\n  Hello \u0007there \nmore";
        assertThat(HttpGreeting.read(page).said("127.0.0.1:80"))
                .isEqualTo(" answers on http://127.0.0.1:80: Hello there");
        assertThat(HttpGreeting.read("SSH-2.0").said("127.0.0.1:22"))
                .isEqualTo(" answers on 127.0.0.1:22");
    }
}
