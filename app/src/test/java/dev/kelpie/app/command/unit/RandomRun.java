package dev.kelpie.app.command.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// The words after `run`, out of a seed: flags of every kind with ordinary and awkward values.
final class RandomRun {
    private static final List<String> TEXTS =
            List.of(
                    "plain",
                    "",
                    " ",
                    "two words",
                    " before",
                    "after ",
                    "$HOME",
                    "$$",
                    "${A}",
                    "100%",
                    "%n",
                    "%%i",
                    "it's",
                    "\"dq\"",
                    "back\\slash",
                    "\\",
                    "\\n",
                    "tab\there",
                    "two\nlines",
                    "#c",
                    "; x",
                    "a=b",
                    "ä ☃ \ud83d\ude00",
                    "bell\u0007",
                    "{\"a\": [1]}",
                    "a,b",
                    "end\\");

    private final Random random;
    private final List<String> words = new ArrayList<>();

    RandomRun(long seed) {
        random = new Random(seed);
    }

    List<String> words() {
        process();
        places();
        limits();
        network();
        health();
        words.add("localhost/image:1");
        for (int i = random.nextInt(4); i > 0; i--) {
            words.add(text());
        }
        return words;
    }

    private void process() {
        some("--env", () -> name() + "=" + text());
        some("--label", () -> name() + "=" + text());
        some("--annotation", () -> name() + "=" + text());
        maybe("--hostname", () -> "h" + random.nextInt(9));
        maybe("--user", () -> pick("5", "5:6", "ann", "ann:staff", "0:0"));
        maybe("--workdir", () -> "/" + pick("w", "a b", "p%n", "$x"));
        maybe("--entrypoint", () -> pick("/bin/x", "[\"a\",\"b c\",\"$d\"]", "", "sh"));
        maybe("--stop-signal", () -> pick("SIGTERM", "INT", "9"));
        maybe("--stop-timeout", () -> pick("0", "3", "10", "100"));
        maybe("--restart", () -> pick("no", "always", "on-failure", "unless-stopped"));
        maybe("--timeout", () -> pick("5", "60"));
        maybe("--log-driver", () -> pick("none", "k8s-file", "journald"));
        maybe("--log-opt", () -> pick("max-size=1m", "tag=a b"));
        maybe("--tz", () -> pick("local", "UTC"));
        flags("--init", "--tty", "--interactive", "--read-only", "--privileged", "--env-host");
    }

    private void places() {
        some("--volume", () -> pick("v", "w-1") + ":/v" + random.nextInt(5) + pick("", ":ro"));
        some("--volume", () -> "/etc:/e" + random.nextInt(5) + pick("", ":ro", ":rshared"));
        some("--volume", () -> "/anonymous" + random.nextInt(3));
        some("--tmpfs", () -> "/t" + random.nextInt(3) + pick("", ":size=1m", ":size=5k"));
        maybe("--secret", () -> pick("s", "s,type=env,target=T", "s,target=/run/x,mode=0400"));
        maybe("--device", () -> pick("/dev/null", "/dev/null:/dev/zilch:r", "/dev/zero:/z:rw"));
        some("--mount", () -> pick("type=bind,src=/etc,dst=/b%n", "type=volume,src=v,dst=/mv,ro"));
        maybe("--shm-size", () -> pick("1m", "64k"));
        maybe("--read-only-tmpfs", () -> null);
    }

    private void limits() {
        maybe("--memory", () -> pick("100m", "1g", "6291456"));
        maybe("--memory-swap", () -> pick("2g", "-1"));
        maybe("--memory-reservation", () -> "50m");
        maybe("--cpus", () -> pick("0.5", "1.25", "3"));
        maybe("--cpu-shares", () -> "512");
        maybe("--cpuset-cpus", () -> "0");
        maybe("--pids-limit", () -> pick("9", "-1", "0"));
        maybe("--oom-score-adj", () -> pick("-5", "100"));
        some("--ulimit", () -> pick("nofile=10:20", "core=0", "nproc=5:-1"));
        some("--sysctl", () -> pick("net.core.somaxconn=9", "kernel.shm_rmid_forced=1"));
        some("--cap-add", () -> pick("NET_ADMIN", "SYS_TIME", "all"));
        some("--cap-drop", () -> pick("NET_RAW", "CHOWN", "all"));
        some("--group-add", () -> pick("5", "staff"));
        some(
                "--security-opt",
                () ->
                        pick(
                                "no-new-privileges",
                                "seccomp=unconfined",
                                "apparmor=unconfined",
                                "mask=/a:/b",
                                "unmask=ALL",
                                "label=disable",
                                "label=type:t_t",
                                "label=level:s0:c1",
                                "label=user:u",
                                "proc-opts=hidepid=2"));
    }

    private void network() {
        maybe(
                "--network",
                () ->
                        pick(
                                "host",
                                "none",
                                "lan",
                                "lan:ip=10.1.2.3",
                                "bridge",
                                "lan:alias=x,mac=02:00:00:00:00:01"));
        some(
                "--publish",
                () -> pick("80", "8080:80", "127.0.0.1:53:53/udp", "[::1]:9:9", "90-92:90-92"));
        some("--add-host", () -> pick("sea:10.1.2.3", "a.b:::1"));
        some("--dns", () -> pick("10.9.9.9", "::1"));
        some("--dns-search", () -> "a.example");
        some("--dns-option", () -> pick("ndots:2", "rotate"));
        maybe("--network-alias", () -> "other");
        maybe("--ip", () -> "10.1.2.9");
        maybe("--pid", () -> "host");
        maybe("--ipc", () -> "host");
        maybe("--uts", () -> "host");
        maybe("--userns", () -> pick("host", "keep-id", "auto", "keep-id:uid=5,gid=6"));
        some("--expose", () -> "77");
    }

    private void health() {
        flags("--no-healthcheck");
        if (words.getLast().equals("--no-healthcheck")) {
            return;
        }
        if (random.nextInt(3) == 0) {
            words.add(
                    "--health-cmd="
                            + pick(
                                    "true",
                                    "curl -f http://x/ || exit 1",
                                    "[\"CMD\",\"a\",\"b c\"]",
                                    "a \"b\" $c %n"));
            maybe("--health-interval", () -> pick("5s", "1m30s", "disable"));
            maybe("--health-retries", () -> "7");
            maybe("--health-timeout", () -> "3s");
            maybe("--health-start-period", () -> "9s");
            maybe("--health-on-failure", () -> pick("kill", "none", "stop"));
            maybe("--health-max-log-count", () -> "7");
            maybe("--health-startup-cmd", () -> "test -e x");
            maybe("--health-startup-success", () -> "2");
            maybe("--health-startup-retries", () -> "4");
        }
    }

    private void flags(String... names) {
        for (var name : names) {
            if (random.nextInt(6) == 0) {
                words.add(name);
            }
        }
    }

    private void some(String flag, Supplier<String> value) {
        for (int i = random.nextInt(6) - 3; i > 0; i--) {
            words.add(flag + "=" + value.get());
        }
    }

    private void maybe(String flag, Supplier<String> value) {
        if (random.nextInt(8) == 0) {
            var said = value.get();
            words.add(said == null ? flag : flag + "=" + said);
        }
    }

    private String name() {
        return pick("A", "B_2", "c.d", "E-F");
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }
}
