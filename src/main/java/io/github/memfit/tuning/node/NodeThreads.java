package io.github.memfit.tuning.node;

import java.util.OptionalLong;

/**
 * The threads of a Node process: libuv's pool and what is there beside it.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class NodeThreads {

    /** The pool when {@code UV_THREADPOOL_SIZE} is absent. */
    public static final int DEFAULT_POOL = 4;

    /** The largest pool; more is cut to it. */
    public static final int LARGEST_POOL = 1024;

    /** The main thread, V8's four workers, the inspector's and the delayed-task thread; measured on Node 22. */
    public static final int BESIDE_THE_POOL = 7;

    private NodeThreads() {}

    /**
     * The pool that libuv makes of a value of {@code UV_THREADPOOL_SIZE} (libuv {@code src/threadpool.c}): digits in front count,
     * nothing readable or 0 gives one thread, more than 1024 gives 1024.
     *
     * @param value the variable's value
     * @return the number of threads, 1 to 1024
     */
    public static int poolFor(String value) {
        OptionalLong number = leadingNumber(value);
        long threads = number.orElse(0);
        if (threads == 0) {
            return 1;
        }
        return threads < 0 || threads > LARGEST_POOL ? LARGEST_POOL : (int) threads;
    }

    /** C's {@code atoi}, stopping where an {@code int} ends. */
    private static OptionalLong leadingNumber(String value) {
        String text = value.stripLeading();
        boolean negative = text.startsWith("-");
        int at = negative || text.startsWith("+") ? 1 : 0;
        long number = 0;
        boolean found = false;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && number < Integer.MAX_VALUE) {
            number = number * 10 + (text.charAt(at) - '0');
            found = true;
            at++;
        }
        return found ? OptionalLong.of(negative ? -number : number) : OptionalLong.empty();
    }
}
