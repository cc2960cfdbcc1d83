package dev.kelpie.app.session;

import dev.kelpie.runtime.kernel.UserNamespace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parses what a client sends; the client is taken for an enemy.
final class ClientFrames {
    private ClientFrames() {}

    /// @throws ProtocolException for anything but a well-formed frame
    static ClientFrame parse(int type, byte[] payload) {
        var in = new PayloadReader(payload);
        ClientFrame frame =
                switch (type) {
                    case FrameType.START -> start(in);
                    case FrameType.DATA -> new ClientFrame.Bytes(in.u31(), in.restBytes());
                    case FrameType.END -> new ClientFrame.End(in.u31(), in.rest());
                    case FrameType.CREDIT -> new ClientFrame.Credit(in.u31(), in.u31());
                    case FrameType.SIGNAL -> signal(in.u8());
                    case FrameType.RESIZE ->
                            new ClientFrame.Resized(new TerminalSize(in.u16(), in.u16()));
                    case FrameType.OPENED -> new ClientFrame.Opened(in.u31());
                    case FrameType.REFUSED -> new ClientFrame.Refused(in.u31(), in.rest());
                    case FrameType.LISTING -> listing(in);
                    default -> throw new ProtocolException("unknown frame type " + type);
                };
        in.end();
        return frame;
    }

    private static ClientFrame start(PayloadReader in) {
        var arguments = in.texts();
        var directory = path(in.text());
        var environment = environment(in.texts());
        var terminals = StartRequest.terminalsOf(in.u8());
        var size = new TerminalSize(in.u16(), in.u16());
        var request =
                new StartRequest(
                        arguments,
                        directory,
                        environment,
                        terminals,
                        terminals.isEmpty() ? Optional.empty() : Optional.of(size),
                        in.u31());
        return new ClientFrame.Start(request);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ProtocolException("not a path: '" + text + "'");
        }
    }

    private static Map<String, String> environment(List<String> entries) {
        var environment = new LinkedHashMap<String, String>();
        for (var entry : entries) {
            int equals = entry.indexOf('=', 1);
            if (equals > 0) {
                environment.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return environment;
    }

    private static ClientFrame signal(int number) {
        if (number < 1 || number > 64) {
            throw new ProtocolException("signal must be 1-64, was '" + number + "'");
        }
        return new ClientFrame.Signalled(new Signal(number));
    }

    private static ClientFrame listing(PayloadReader in) {
        int request = in.u31();
        boolean last = in.u8() != 0;
        var files = new ArrayList<ClientFile>();
        while (in.hasMore()) {
            var kind = kind(in.u8());
            files.add(
                    new ClientFile(
                            in.text(),
                            kind,
                            in.u63(),
                            in.u31(),
                            UserNamespace.userHere(in.i32()),
                            UserNamespace.groupHere(in.i32()),
                            Instant.ofEpochSecond(in.u63()),
                            in.text()));
        }
        return new ClientFrame.Listing(request, last, files);
    }

    private static ClientFile.Kind kind(int letter) {
        return switch (letter) {
            case '-' -> ClientFile.Kind.FILE;
            case 'd' -> ClientFile.Kind.DIRECTORY;
            case 'l' -> ClientFile.Kind.LINK;
            case '?' -> ClientFile.Kind.OTHER;
            default -> throw new ProtocolException("unknown kind of file " + letter);
        };
    }
}
