package io.github.memfit.tuning.prefork;

import java.util.Optional;

/**
 * How a Gunicorn worker serves: one request at a time, by threads, or by an event loop.
 *
 * @since 0.1
 */
public enum GunicornWorkerClass {
    /** One request at a time. */
    SYNC("sync"),
    /** A pool of threads. */
    GTHREAD("gthread"),
    /** Greenlets of gevent. */
    GEVENT("gevent"),
    /** Greenlets of eventlet. */
    EVENTLET("eventlet"),
    /** The loop of Tornado. */
    TORNADO("tornado"),
    /** An ASGI application by Uvicorn. */
    UVICORN("uvicorn.workers.UvicornWorker");

    private final String argument;

    GunicornWorkerClass(String argument) {
        this.argument = argument;
    }

    /**
     * The name that Gunicorn knows it by.
     *
     * @return the value of {@code --worker-class}
     */
    public String argument() {
        return argument;
    }

    /**
     * The class of a name.
     *
     * @param argument the value of {@code --worker-class}
     * @return the class, or empty if it is none of these
     */
    public static Optional<GunicornWorkerClass> of(String argument) {
        for (GunicornWorkerClass one : values()) {
            if (one.argument.equals(argument)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The usual number of workers for that many CPUs: two each and one more where a worker waits, one each otherwise. */
    int usualWorkers(int cpus) {
        return this == SYNC ? Math.addExact(Math.multiplyExact(cpus, 2), 1) : cpus;
    }
}
