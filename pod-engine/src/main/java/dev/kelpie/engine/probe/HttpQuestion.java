package dev.kelpie.engine.probe;

import dev.kelpie.engine.spec.Handler;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;

/// Asks by HTTP as the kubelet does: 200 to 399 passes, redirects are followed while they stay on
/// the host, certificates are not looked at, and at most 10 KB of a body is read.
final class HttpQuestion {

    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Dialler dialler;
    private final Handler.HttpGet question;

    HttpQuestion(Dialler dialler, Handler.HttpGet question) {
        this.dialler = dialler;
        this.question = question;
    }

    Answer ask(Duration timeout) throws InterruptedException {
        var url = url();
        try (var line = Line.within(timeout)) {
            try {
                return judge(follow(line, url));
            } catch (IOException | URISyntaxException e) {
                var why =
                        line.overdue()
                                ? "context deadline exceeded (no answer within "
                                        + seconds(timeout)
                                        + ")"
                                : e.getMessage();
                return Answer.failed("Get \"" + url + "\": " + why);
            }
        }
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + "s";
    }

    private static Answer judge(HttpReply reply) {
        return reply.status() >= 200 && reply.status() < 400
                ? Answer.passed(reply.body())
                : Answer.failed("HTTP probe failed with statuscode: " + reply.status());
    }

    private HttpReply follow(Line line, String url)
            throws IOException, URISyntaxException, InterruptedException {
        var at = new URI(url);
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            var reply = get(line, at);
            var location = reply.location();
            if (!REDIRECTS.contains(reply.status()) || location.isEmpty()) {
                return reply;
            }
            var next = at.resolve(new URI(location.get()));
            if (next.getHost() == null || !next.getHost().equalsIgnoreCase(at.getHost())) {
                return reply; // elsewhere: what it redirects to is not the container's
            }
            at = next;
        }
        throw new IOException("stopped after 10 redirects");
    }

    private HttpReply get(Line line, URI at) throws IOException, InterruptedException {
        var tls = "https".equalsIgnoreCase(at.getScheme());
        var port = at.getPort() > 0 ? at.getPort() : tls ? 443 : 80;
        var host = Line.host(question.host(), dialler);
        var channel = line.dial(dialler, host, port);
        return tls ? secure(channel, at, port) : exchange(channel, at);
    }

    private HttpReply exchange(SocketChannel channel, URI at) throws IOException {
        var socket = channel.socket();
        return HttpReply.exchange(socket.getInputStream(), socket.getOutputStream(), request(at));
    }

    private HttpReply secure(SocketChannel channel, URI at, int port) throws IOException {
        try (var socket = AnyCertificate.over(channel.socket(), at.getHost(), port)) {
            return HttpReply.exchange(
                    socket.getInputStream(), socket.getOutputStream(), request(at));
        }
    }

    private String request(URI at) {
        var text = new StringBuilder("GET ");
        text.append(at.getRawPath() == null || at.getRawPath().isEmpty() ? "/" : at.getRawPath());
        if (at.getRawQuery() != null) {
            text.append('?').append(at.getRawQuery());
        }
        text.append(" HTTP/1.1\r\n");
        header(text, "Host", at.getRawAuthority());
        header(text, "User-Agent", "kube-probe/kelpie");
        header(text, "Accept", "*/*");
        for (var header : question.headers()) {
            if (!isOurs(header.name())) {
                text.append(clean(header.name()) + ": " + clean(header.value()) + "\r\n");
            }
        }
        return text.append("Connection: close\r\n\r\n").toString();
    }

    /// The user's word for it stands instead of ours; an empty one takes it away.
    private void header(StringBuilder text, String name, String usual) {
        var theirs =
                question.headers().stream()
                        .filter(header -> header.name().equalsIgnoreCase(name))
                        .map(Handler.HttpHeader::value)
                        .reduce((_, later) -> later);
        if (theirs.isEmpty() || !theirs.get().isEmpty()) {
            text.append(name + ": " + clean(theirs.orElse(usual)) + "\r\n");
        }
    }

    private static boolean isOurs(String name) {
        return name.equalsIgnoreCase("Host")
                || name.equalsIgnoreCase("User-Agent")
                || name.equalsIgnoreCase("Accept")
                || name.equalsIgnoreCase("Connection");
    }

    private static String clean(String text) {
        return text.replace('\r', ' ').replace('\n', ' '); // of most there is none: no copy
    }

    private String url() {
        var host = question.host().orElseGet(() -> dialler.self().getHostAddress());
        var shown = host.contains(":") ? "[" + host + "]" : host;
        var path = question.path().startsWith("/") ? question.path() : "/" + question.path();
        return (question.tls() ? "https" : "http")
                + "://"
                + shown
                + ":"
                + question.port()
                + path.replace(" ", "%20");
    }
}
