package io.tanggap.bench;

import java.io.PrintWriter;
import java.util.Locale;

/** What figures were measured on. */
final class Machine {
    private Machine() {}

    static void print(PrintWriter out) {
        Runtime jvm = Runtime.getRuntime();
        out.printf(
                Locale.ROOT,
                "%nMachine     %d processors, heap %,d MiB, %s %s, %s %s%n",
                jvm.availableProcessors(),
                jvm.maxMemory() >> 20,
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }
}
