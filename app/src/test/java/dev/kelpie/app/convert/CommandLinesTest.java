package dev.kelpie.app.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLinesTest {
    @Test
    void readsLinesOfRunInTexts() {
        var read =
                CommandLines.read(
                        "$ sudo docker run -d \\\n  --name web nginx 'a b'\n# said\necho hello\n",
                        "-");
        assertThat(read.lines())
                .containsExactly(Line.of("web", List.of("-d", "--name", "web", "nginx", "a b")));
        assertThat(read.losses()).containsExactly("'echo hello': is no run of a container");
    }

    /// What a README shows beside the container is told, and is none of its arguments.
    @Test
    void operatorsOfTheShellEndACommand() {
        var read =
                CommandLines.read(
                        "docker pull nginx && docker run -d --name=web -e 'A=1;2' nginx > /dev/null 2>&1 & # why\n"
                                + "docker create --name db \"a|b\" | tee id; exec podman run c\\;d -e KEY=<your-key>",
                        "-");
        assertThat(read.lines())
                .containsExactly(
                        Line.of("web", List.of("-d", "--name=web", "-e", "A=1;2", "nginx")),
                        Line.of("db", List.of("--name", "db", "a|b")),
                        Line.of("container-3", List.of("c;d", "-e", "KEY=<your-key>")));
        assertThat(read.losses())
                .containsExactly(
                        "'docker pull nginx': is no run of a container",
                        "'> /dev/null': what it reads and writes is the shell's",
                        "'>& 1': what it reads and writes is the shell's",
                        "'| tee id': is no run of a container");
    }
}
