package dev.kelpie.app.command;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.format.FormatException;
import dev.kelpie.app.service.ServiceException;
import dev.kelpie.app.session.ClientFileException;
import dev.kelpie.app.session.ClientGoneException;
import dev.kelpie.app.session.ProtocolException;
import dev.kelpie.app.session.SessionException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.image.ImageException;
import dev.kelpie.kubegenerate.GenerateException;
import dev.kelpie.kubegenerate.apply.ApplyException;
import dev.kelpie.kubeplay.ManifestException;
import dev.kelpie.runtime.HostException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Where every failure of a command comes out: as one message on standard error and an exit code.
final class Door {
    private static final Logger LOG = System.getLogger(Door.class.getName());
    private static final int ERROR = CommandException.ERROR;

    private final Call call;

    Door(Call call) {
        this.call = call;
    }

    /// Tells the user of the failure; the exit code.
    ///
    /// @param command its words from the program's name on
    int failed(String command, RuntimeException failure) {
        return switch (failure) {
            case FlagException flag -> flag(command, flag);
            case CommandException own -> said(own, own.exitCode());
            case PodException pod -> said(pod, ofKube(command) ? ERROR : ExitCodes.of(pod));
            case ImageException image -> said(image, ExitCodes.of(image));
            case ApplyException apply -> said(apply, ERROR);
            case GenerateException generate -> said(generate, ERROR);
            case ManifestException manifest -> said(manifest, ERROR);
            case HostException host -> said(host, ofKube(command) ? ERROR : ExitCodes.of(host));
            case SessionException session -> session(session);
            case FormatException _, IllegalArgumentException _, ServiceException _ ->
                    said(failure, ERROR);
            default -> unexpected(command, failure);
        };
    }

    private int said(RuntimeException failure, int code) {
        call.note("Error: " + Failures.text(failure));
        return code;
    }

    private int flag(String command, FlagException failure) {
        said(failure, ERROR);
        if (failure.isSyntax()) {
            call.note("See '" + command + " --help'");
        }
        return ERROR;
    }

    /// Podman's `kube` has no other code than this one.
    private static boolean ofKube(String command) {
        return command.contains(" kube ")
                || command.contains(" generate ")
                || command.contains(" play ");
    }

    private int session(SessionException failure) {
        return switch (failure) {
            case ClientFileException file -> {
                call.note("Error: " + file.getMessage());
                yield ERROR;
            }
            // nobody is there to read a message
            case ClientGoneException _, ProtocolException _ -> ERROR;
        };
    }

    private int unexpected(String command, RuntimeException failure) {
        LOG.log(Level.ERROR, "'" + command + "' failed", failure);
        call.note(
                "Error: internal error: "
                        + failure.getClass().getSimpleName()
                        + ": "
                        + Failures.text(failure).replaceAll("\\s+", " ")
                        + " (more in "
                        + call.surroundings().log()
                        + ")");
        return ERROR;
    }
}
