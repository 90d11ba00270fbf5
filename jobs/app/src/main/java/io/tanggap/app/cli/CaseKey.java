package io.tanggap.app.cli;

import io.tanggap.flink.operator.KeyFile;
import java.io.IOException;
import java.nio.file.Path;

/** The key of the pseudonyms of cases, as {@code --key} names it. */
final class CaseKey {
    private CaseKey() {}

    /** The key, looked at before anything is started: a worker that cannot read it would be restarted again and again. */
    static KeyFile checked(Path path) {
        KeyFile file = new KeyFile(path.toAbsolutePath().toString());
        try {
            file.required().erase();
        } catch (IOException e) {
            throw new UserError("--key: " + e.getMessage() + ".");
        }
        return file;
    }
}
