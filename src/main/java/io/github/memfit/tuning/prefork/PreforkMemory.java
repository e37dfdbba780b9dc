package io.github.memfit.tuning.prefork;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a forking server costs: a line from the master alone to any number of workers.
 *
 * <p>Measure {@code master} as the unique memory of the master plus what all share, {@code perWorker} as the mean unique memory of a
 * worker <em>under load</em>: an idle pre-forked worker looks four times cheaper than it is, because requests un-share what they
 * touch. Or let {@link #fit} find both from two runs with different numbers of workers.
 *
 * {@snippet :
 * PreforkMemory app = PreforkMemory.fit(List.of(
 *     new PreforkSample(2, Bytes.parse("61Mi")), new PreforkSample(8, Bytes.parse("179Mi"))));
 * app.total(5, 1); // anonymous and kernel memory of master and five workers
 * }
 *
 * <p>Immutable and thread-safe.
 *
 * @param master anonymous memory of the master with everything that the workers share
 * @param perWorker anonymous memory that each worker adds, under load
 * @param perThread what each thread of a worker adds, 0 for workers without threads
 * @param kernelPerProcess kernel memory of one process: page tables, stacks, sockets
 * @since 0.1
 */
public record PreforkMemory(Bytes master, Bytes perWorker, Bytes perThread, Bytes kernelPerProcess) {

    /** Kernel memory per process: 0.11 to 0.3 MiB measured. */
    public static final Bytes KERNEL_PER_PROCESS = Bytes.kibi(307);

    /** A thread of Python: 0.145 MiB of anonymous and 0.027 MiB of kernel memory measured, 1 to 64 threads. */
    public static final Bytes PYTHON_THREAD = Bytes.kibi(180);

    /**
     * Checks the numbers.
     *
     * @param master anonymous memory of the master
     * @param perWorker anonymous memory that each worker adds
     * @param perThread what each thread of a worker adds
     * @param kernelPerProcess kernel memory of one process
     * @throws IllegalArgumentException if a number is negative, or a worker costs nothing
     */
    public PreforkMemory {
        if (master.isNegative() || perThread.isNegative() || kernelPerProcess.isNegative()) {
            throw new IllegalArgumentException(
                    "memory is not negative: " + master + ", " + perThread + ", " + kernelPerProcess);
        }
        if (perWorker.isNegative() || perWorker.isZero()) {
            throw new IllegalArgumentException("a worker costs something, got " + perWorker);
        }
    }

    /**
     * A Python server measured by master and worker; threads and kernel memory by rule.
     *
     * @param master anonymous memory of the master with everything that the workers share
     * @param perWorker anonymous memory that each worker adds, under load
     * @return the model
     * @throws IllegalArgumentException if a number is negative, or a worker costs nothing
     */
    public static PreforkMemory of(Bytes master, Bytes perWorker) {
        return new PreforkMemory(master, perWorker, PYTHON_THREAD, KERNEL_PER_PROCESS);
    }

    /**
     * The line of least squares through measured totals, each rounded to the nearest byte. A slope below one byte counts as one;
     * a master below zero as zero.
     *
     * @param samples at least two measurements with different numbers of workers
     * @return the model, threads and kernel memory by rule
     * @throws IllegalArgumentException if all samples have the same number of workers
     */
    public static PreforkMemory fit(List<PreforkSample> samples) {
        BigInteger n = BigInteger.valueOf(samples.size());
        BigInteger x = BigInteger.ZERO;
        BigInteger y = BigInteger.ZERO;
        BigInteger xx = BigInteger.ZERO;
        BigInteger xy = BigInteger.ZERO;
        for (PreforkSample sample : samples) {
            BigInteger workers = BigInteger.valueOf(sample.workers());
            BigInteger bytes = BigInteger.valueOf(sample.anonymous().value());
            x = x.add(workers);
            y = y.add(bytes);
            xx = xx.add(workers.multiply(workers));
            xy = xy.add(workers.multiply(bytes));
        }
        BigInteger spread = n.multiply(xx).subtract(x.multiply(x));
        if (spread.signum() == 0) {
            throw new IllegalArgumentException("a line needs two different numbers of workers, got " + samples);
        }
        BigInteger rise = n.multiply(xy).subtract(x.multiply(y));
        BigInteger start = y.multiply(xx).subtract(x.multiply(xy));
        return of(Bytes.of(Math.max(0, nearest(start, spread))), Bytes.of(Math.max(1, nearest(rise, spread))));
    }

    private static long nearest(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /**
     * How far the samples lie from the line at most. More than 2 to 3 % of the total says that the server is not linear: workers
     * that differ, or a leak.
     *
     * @param samples the measurements
     * @return the largest distance, 0 without samples
     */
    public Bytes largestError(List<PreforkSample> samples) {
        long largest = 0;
        for (PreforkSample sample : samples) {
            Bytes line = master.plus(perWorker.times(sample.workers()));
            largest = Math.max(largest, Math.abs(line.minus(sample.anonymous()).value()));
        }
        return Bytes.of(largest);
    }

    /**
     * One worker with its threads, kernel memory included.
     *
     * @param threads how many threads it runs
     * @return what the worker adds
     */
    public Bytes worker(int threads) {
        return perWorker.plus(perThread.times(threads)).plus(kernelPerProcess);
    }

    /**
     * The master and its workers, kernel memory included; file pages are not.
     *
     * @param workers how many workers
     * @param threads how many threads each
     * @return the sum
     */
    public Bytes total(int workers, int threads) {
        return master.plus(kernelPerProcess).plus(worker(threads).times(workers));
    }

    /**
     * The same server with workers that grow.
     *
     * @param growth how much a worker grows until it is replaced, as a part of its size
     * @return the model of the grown server, rounded up
     * @throws IllegalArgumentException if {@code growth} is negative
     */
    public PreforkMemory growing(Ratio growth) {
        if (growth.compareTo(Ratio.ZERO) < 0) {
            throw new IllegalArgumentException("growth is not negative, got " + growth);
        }
        return new PreforkMemory(master, perWorker.plus(perWorker.timesRoundedUp(growth)), perThread, kernelPerProcess);
    }

    /** One line: {@code 21Mi + 20Mi per worker (+180Ki per thread)}. */
    @Override
    public String toString() {
        return master.toHuman() + " + " + perWorker.toHuman() + " per worker (+" + perThread.toHuman() + " per thread)";
    }
}
