package io.github.memfit.cgroup;

import io.github.memfit.internal.Ascii;
import io.github.memfit.unit.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a limit file says: an amount, or none. Immutable and thread-safe.
 *
 * <p>v2 prints {@code max} for none, and 0 is a limit. v1 prints the largest number that its counter holds: 2^63 - 1 rounded
 * down to a page since Linux 3.19 (page_counter.h, PAGE_COUNTER_MAX), 2^63 - 1 before 3.15, 2^64 - 1 in between. No machine
 * has the memory to make a real limit of any number within 256 KiB, the largest page, of 2^63; all of them are none.
 *
 * @since 0.1
 */
public sealed interface CgroupLimit {

    /**
     * The amount, if there is one.
     *
     * @return the bytes, or empty for none
     */
    Optional<Bytes> amount();

    /**
     * An amount.
     *
     * @param bytes the bytes
     */
    record Amount(Bytes bytes) implements CgroupLimit {

        @Override
        public Optional<Bytes> amount() {
            return Optional.of(bytes);
        }

        /** The amount. */
        @Override
        public String toString() {
            return bytes.toString();
        }
    }

    /** No limit. */
    record None() implements CgroupLimit {

        @Override
        public Optional<Bytes> amount() {
            return Optional.empty();
        }

        /** {@code max}. */
        @Override
        public String toString() {
            return "max";
        }
    }

    /**
     * A limit from its text.
     *
     * @param text the text without its LF
     * @return the limit, or empty if it is no limit's text
     */
    static Optional<CgroupLimit> parse(byte[] text) {
        return Optional.ofNullable(parse(text, 0, text.length));
    }

    /** The limit in a range, or null. */
    private static @Nullable CgroupLimit parse(byte[] text, int from, int to) {
        if (Ascii.is(text, from, to, "max")) {
            return new None();
        }
        if (Ascii.is(text, from, to, "18446744073709551615") || Ascii.is(text, from, to, "9223372036854775807")) {
            return new None();
        }
        long number = Ascii.decimal(text, from, to);
        return number < 0 || number == Long.MAX_VALUE ? null : of(number);
    }

    /**
     * A limit from a number of bytes.
     *
     * @param bytes the bytes
     * @return none if the number is one of those that v1 prints for none
     * @throws IllegalArgumentException if the number is negative
     */
    static CgroupLimit of(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a limit must not be negative: " + bytes);
        }
        return bytes > Long.MAX_VALUE - LARGEST_PAGE ? new None() : new Amount(Bytes.of(bytes));
    }

    /** The largest page of any architecture that Linux runs on: 256 KiB. */
    long LARGEST_PAGE = 256 * 1024;
}
