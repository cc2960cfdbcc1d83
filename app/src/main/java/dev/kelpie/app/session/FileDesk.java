package dev.kelpie.app.session;

import java.io.InputStream;
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

    /// A question under way, with the entries that have come so far.
    private record Question(CompletableFuture<List<ClientFile>> answer, List<ClientFile> files) {
        Question() {
            this(new CompletableFuture<>(), new ArrayList<>());
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
    private final AtomicInteger next = new AtomicInteger(FIRST_REQUEST);
    private final Map<Integer, Question> questions = new ConcurrentHashMap<>();
    private final Map<Integer, CreditedInput> streams = new ConcurrentHashMap<>();
    private volatile boolean gone;

    FileDesk(Wire wire) {
        this.wire = wire;
    }

    InputStream open(String path) {
        int request = next.getAndIncrement();
        var stream = new CreditedInput(request, wire, () -> close(request));
        streams.put(request, stream);
        try {
            ask(FrameType.OPEN, request, path);
            return stream;
        } catch (Refusal e) {
            streams.remove(request);
            throw new ClientFileException("open", path, e.reason());
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
        if (question.files().size() > MAX_LISTED) {
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
    }

    private List<ClientFile> ask(int type, int request, String path) throws Refusal {
        if (path.indexOf('\0') >= 0 || path.length() > 8192) {
            throw new Refusal("not a file name");
        }
        var question = new Question();
        questions.put(request, question);
        try {
            if (gone) {
                throw new ClientGoneException();
            }
            wire.send(ServerFrames.ask(type, request, path));
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
