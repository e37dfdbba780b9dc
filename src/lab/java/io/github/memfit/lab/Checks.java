package io.github.memfit.lab;

import java.util.function.LongSupplier;

/** Prints one line a check, and counts. */
final class Checks {

    private int failed;

    /** A check that may fail by any exception. */
    interface Body {
        void run() throws Exception;
    }

    void run(String name, Body body) {
        try {
            body.run();
            System.out.println("ok " + name);
        } catch (Exception | AssertionError e) {
            failed++;
            System.out.println("FAIL " + name + ": " + String.valueOf(e).replace('\n', ' '));
            StackTraceElement[] trace = e.getStackTrace();
            for (int i = 0; i < Math.min(6, trace.length); i++) {
                System.out.println("    at " + trace[i]);
            }
        }
    }

    int failed() {
        return failed;
    }

    static void same(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + ", got " + actual);
        }
    }

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /**
     * Reads a kernel figure, the library's figure, and the kernel figure again: the library's must lie between the two, to
     * within the slack of the kernel's counters. Tries again if the group moved a lot meanwhile.
     */
    static void bracketed(String what, LongSupplier kernel, LongSupplier library, long slack) {
        long before = 0;
        long read = 0;
        long after = 0;
        for (int attempt = 0; attempt < 5; attempt++) {
            before = kernel.getAsLong();
            read = library.getAsLong();
            after = kernel.getAsLong();
            if (read >= Math.min(before, after) - slack && read <= Math.max(before, after) + slack) {
                return;
            }
        }
        throw new AssertionError(what + ": the kernel said " + before + " and " + after + ", the library " + read);
    }
}
