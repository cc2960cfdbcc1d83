package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class ImageCommands {
    private ImageCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of(
                        "build",
                        Build.class,
                        Build::new,
                        "image build",
                        "builder build",
                        "buildx build"),
                Entry.of("builder prune", BuilderPrune.class, BuilderPrune::new, "buildx prune"),
                Entry.of("history", History.class, History::new, "image history"),
                Entry.of("image diff", Diff.class, Diff::new),
                Entry.of("image exists", Exists.class, Exists::new),
                Entry.of("image inspect", Inspect.class, Inspect::new),
                Entry.of("image mount", Mount.class, Mount::new),
                Entry.of("image unmount", Unmount.class, Unmount::new, "image umount"),
                Entry.of("image prune", Prune.class, Prune::new),
                Entry.of("image tree", Tree.class, Tree::new),
                Entry.of("image trust set", TrustSet.class, TrustSet::new),
                Entry.of("image trust show", TrustShow.class, TrustShow::new),
                Entry.of("import", Import.class, Import::new, "image import"),
                Entry.of("images", ListImages.class, ListImages::new, "image ls", "image list"),
                Entry.of("login", Login.class, Login::new),
                Entry.of("logout", Logout.class, Logout::new),
                Entry.of("load", Load.class, Load::new, "image load"),
                Entry.of("pull", Pull.class, Pull::new, "image pull"),
                Entry.of("push", Push.class, Push::new, "image push"),
                Entry.of("search", Search.class, Search::new, "image search"),
                Entry.of("rmi", Rmi.class, Rmi::new, "image rm"),
                Entry.of("save", Save.class, Save::new, "image save"),
                Entry.of("tag", Tag.class, Tag::new, "image tag"),
                Entry.of("untag", Untag.class, Untag::new, "image untag"));
    }
}
