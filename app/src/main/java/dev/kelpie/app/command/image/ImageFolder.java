package dev.kelpie.app.command.image;

import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.Session;
import dev.kelpie.image.BadArchiveException;
import dev.kelpie.image.archive.ArchiveLoader;
import java.io.IOException;
import java.util.regex.Pattern;

/// A folder with images on the client's side: only what the names of an image layout or of `dir:`
/// say is looked at, and no links are followed, since they could lead to anything the client may
/// read.
final class ImageFolder implements ArchiveLoader.Folder {

    private static final Pattern OURS =
            Pattern.compile("index\\.json|manifest\\.json|oci-layout|[0-9a-f]{64}");

    private static final String BLOBS = "blobs/sha256/";

    private final Session session;
    private final String path;

    ImageFolder(Session session, String path) {
        this.session = session;
        this.path = path;
    }

    @Override
    public void forEach(ArchiveLoader.Visitor visitor) throws IOException {
        if (!has("index.json") && !has("manifest.json")) {
            throw new BadArchiveException(
                    "the folder holds neither index.json, as an image layout, nor manifest.json");
        }
        files("", visitor);
        if (has(BLOBS)) {
            files(BLOBS, visitor);
        }
    }

    private boolean has(String name) {
        return session.lookUp(path + "/" + name).isPresent();
    }

    private void files(String folder, ArchiveLoader.Visitor visitor) throws IOException {
        for (var entry : session.listDirectory(path + "/" + folder)) {
            if (entry.kind() == ClientFile.Kind.FILE && OURS.matcher(entry.name()).matches()) {
                try (var content = session.openFile(path + "/" + folder + entry.name())) {
                    visitor.file(folder + entry.name(), content);
                }
            }
        }
    }
}
