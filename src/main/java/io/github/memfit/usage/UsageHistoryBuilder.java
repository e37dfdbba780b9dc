package io.github.memfit.usage;

import io.github.memfit.unit.Bytes;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Gathers samples and marks in any order. Not thread-safe; confine to one thread.
 *
 * <p>May be used further after {@link #build()}; what was built does not change.
 *
 * @since 0.1
 */
public final class UsageHistoryBuilder {

    private final UsageColumns columns = new UsageColumns();
    private String current = "";

    UsageHistoryBuilder() {}

    /**
     * Names the replica of all that follows. Before the first call it is the empty name.
     *
     * @param name the name
     * @return this
     */
    public UsageHistoryBuilder replica(String name) {
        current = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Adds a sample of the current replica.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z
     * @param bytes the memory in use, not negative
     * @return this
     * @throws IllegalArgumentException if a value is out of range
     */
    public UsageHistoryBuilder add(long epochMillis, long bytes) {
        columns.add(epochMillis, bytes, current);
        return this;
    }

    /**
     * Adds a sample of the current replica.
     *
     * @param time the moment; fractions of a millisecond are cut off
     * @param bytes the memory in use, not negative
     * @return this
     * @throws IllegalArgumentException if a value is out of range
     */
    public UsageHistoryBuilder add(Instant time, Bytes bytes) {
        return add(UsageTime.millis(time), bytes.value());
    }

    /**
     * Adds a sample of the replica that it names.
     *
     * @param sample the sample
     * @return this
     */
    public UsageHistoryBuilder add(UsageSample sample) {
        columns.add(sample.epochMillis(), sample.bytes(), sample.replica());
        return this;
    }

    /**
     * Adds a mark of the replica that it names.
     *
     * @param mark the mark
     * @return this
     */
    public UsageHistoryBuilder add(UsageMark mark) {
        columns.add(mark);
        return this;
    }

    /**
     * The current replica started.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z
     * @return this
     * @throws IllegalArgumentException if the time is out of range
     */
    public UsageHistoryBuilder restart(long epochMillis) {
        return add(UsageMark.restart(epochMillis, current));
    }

    /**
     * The current replica was killed, under an unknown limit.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z
     * @return this
     * @throws IllegalArgumentException if the time is out of range
     */
    public UsageHistoryBuilder oomKill(long epochMillis) {
        return add(UsageMark.oomKill(epochMillis, current, OptionalLong.empty(), OptionalLong.empty()));
    }

    /**
     * The current replica was killed at its limit.
     *
     * @param epochMillis the moment, milliseconds since 1970-01-01T00:00Z
     * @param limit the limit in force
     * @return this
     * @throws IllegalArgumentException if a value is out of range
     */
    public UsageHistoryBuilder oomKill(long epochMillis, Bytes limit) {
        return add(UsageMark.oomKill(epochMillis, current, OptionalLong.empty(), OptionalLong.of(limit.value())));
    }

    /**
     * Adds all samples and marks of a history, each to the replica of its name.
     *
     * @param history the history
     * @return this
     */
    public UsageHistoryBuilder addAll(UsageHistory history) {
        for (int i = 0; i < history.size(); i++) {
            columns.add(
                    history.epochMillis(i), history.bytes(i), history.replicas().get(history.replica(i)));
        }
        history.marks().forEach(columns::add);
        return this;
    }

    /**
     * Sorts what was gathered.
     *
     * @return the history
     */
    public UsageHistory build() {
        return columns.toHistory();
    }
}
