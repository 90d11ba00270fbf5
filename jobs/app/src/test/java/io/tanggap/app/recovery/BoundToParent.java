package io.tanggap.app.recovery;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another main class, and ends at once when the process that started it is gone, however that ended: its end of the
 * pipe to this process's standard input is closed then.
 */
public final class BoundToParent {
    private BoundToParent() {}

    /** @param arguments the name of the main class, and its arguments */
    public static void main(String[] arguments) throws Exception {
        Thread watch = new Thread(BoundToParent::endWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent.
            }
        } catch (IOException e) {
            // The pipe is broken: the parent is gone.
        }
        Runtime.getRuntime().halt(1);
    }
}
