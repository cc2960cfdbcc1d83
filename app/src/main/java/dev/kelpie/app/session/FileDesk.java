package dev.kelpie.app.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Asks the client to open and list files, and pairs its answers with the questions.
final class FileDesk {
    static final String NOT_FOUND = "no such file or directory";

    private static final int FIRST_REQUEST = 16;
    private static final int MAX_LISTED = 200_000;
    private static final int MAX_LISTED_CHARS = 16 << 20;

    /// A question under way, with the entries that have come so far.
    private record Question(
            CompletableFuture<List<ClientFile>> answer,
            List<ClientFile> files,
            AtomicInteger chars) {
        Question() {
            this(new CompletableFuture<>(), new ArrayList<>(), new AtomicInteger());
        }
    }

    /// How the client refused.
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final Wire wire;
    private final StreamWindow window;
    private final AtomicInteger next = new AtomicInteger(FIRST_REQUEST);
    private final Map<Integer, Question> questions = new ConcurrentHashMap<>();
    private final Map<Integer, CreditedInput> streams = new ConcurrentHashMap<>();
    private final Map<Integer, CreditedOutput> outputs = new ConcurrentHashMap<>();
    private volatile boolean gone;

    FileDesk(Wire wire, StreamWindow window) {
        this.wire = wire;
        this.window = window;
    }

    InputStream open(String path) {
        int request = next.getAndIncrement();
        var stream = new CreditedInput(request, wire, window, () -> close(request));
        streams.put(request, stream);
        try {
            ask(FrameType.OPEN, request, path);
            return stream;
        } catch (Refusal e) {
            streams.remove(request);
            throw new ClientFileException("open", path, e.reason());
        }
    }

    OutputStream make(NewFile file) {
        int request = next.getAndIncrement();
        var bytes = new CreditedOutput(request, wire, window);
        outputs.put(request, bytes);
        try {
            ask(ServerFrames.make(request, file), request, file.path() + file.target());
        } catch (Refusal e) {
            outputs.remove(request);
            throw new ClientFileException("create", file.path(), e.reason());
        }
        if (file.kind() != ClientFile.Kind.FILE) {
            outputs.remove(request);
            return OutputStream.nullOutputStream();
        }
        return new FileOutput(bytes, () -> finish(request, file.path()));
    }

    private void finish(int request, String path) throws IOException {
        try {
            ask(ServerFrames.end(request), request, path);
        } catch (Refusal e) {
            throw new IOException("write " + path + ": " + e.reason(), e);
        } finally {
            outputs.remove(request);
        }
    }

    /// The client has room for more of a file that it makes; credit for one that is done is late.
    void grant(int stream, int bytes) {
        var output = outputs.get(stream);
        if (output != null) {
            output.grant(bytes);
        } else if (!wasAsked(stream)) {
            throw new ProtocolException("credit for unknown stream " + stream);
        }
    }

    List<ClientFile> list(String path) {
        try {
            var files = ask(FrameType.LIST, next.getAndIncrement(), path);
            files.sort(Comparator.comparing(ClientFile::name));
            return List.copyOf(files);
        } catch (Refusal e) {
            throw new ClientFileException("open", path, e.reason());
        }
    }

    Optional<ClientFile> lookUp(String path) {
        try {
            return ask(FrameType.LOOK_UP, next.getAndIncrement(), path).stream().findFirst();
        } catch (Refusal e) {
            if (e.reason().equals(NOT_FOUND)) {
                return Optional.empty();
            }
            throw new ClientFileException("stat", path, e.reason());
        }
    }

    void opened(int request) {
        question(request).answer().complete(List.of());
    }

    void refused(int request, String reason) {
        question(request).answer().completeExceptionally(new Refusal(reason));
    }

    void listed(ClientFrame.Listing listing) {
        var question = question(listing.request());
        question.files().addAll(listing.files());
        var names = listing.files().stream().mapToInt(file -> file.name().length()).sum();
        if (question.files().size() > MAX_LISTED
                || question.chars().addAndGet(names) > MAX_LISTED_CHARS) {
            throw new ProtocolException("directory has more than " + MAX_LISTED + " entries");
        }
        if (listing.last()) {
            question.answer().complete(question.files());
        }
    }

    /// The stream with this number; bytes of one that was just closed are still under way.
    Optional<CreditedInput> stream(int number) {
        return Optional.ofNullable(streams.get(number));
    }

    boolean wasAsked(int number) {
        return number >= FIRST_REQUEST && number < next.get();
    }

    void gone() {
        gone = true;
        questions
                .values()
                .forEach(each -> each.answer().completeExceptionally(new ClientGoneException()));
        streams.values().forEach(each -> each.end("the client has gone"));
        outputs.values().forEach(CreditedOutput::gone);
    }

    private List<ClientFile> ask(int type, int request, String path) throws Refusal {
        return ask(ServerFrames.ask(type, request, path), request, path);
    }

    private List<ClientFile> ask(byte[] frame, int request, String path) throws Refusal {
        if (path.indexOf('\0') >= 0 || path.length() > 8192) {
            throw new Refusal("not a file name");
        }
        var question = new Question();
        questions.put(request, question);
        try {
            if (gone) {
                throw new ClientGoneException();
            }
            wire.send(frame);
            return question.answer().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new ClientGoneException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException();
        } finally {
            questions.remove(request);
        }
    }

    private Question question(int request) {
        var question = questions.get(request);
        if (question == null) {
            if (wasAsked(request)) {
                return new Question();
            }
            throw new ProtocolException("answer to a question that was not asked: " + request);
        }
        return question;
    }

    private void close(int request) {
        streams.remove(request);
        wire.send(ServerFrames.close(request));
    }
}
