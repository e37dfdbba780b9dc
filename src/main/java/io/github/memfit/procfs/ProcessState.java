package io.github.memfit.procfs;

import java.util.Optional;

/**
 * The state of a process: the letter in {@code stat} and {@code status}, kernel source fs/proc/array.c.
 *
 * @since 0.1
 */
public enum ProcessState {
    /** Running or ready to run. */
    RUNNING('R'),
    /** Sleeping, can be interrupted. */
    SLEEPING('S'),
    /** Waiting in the kernel, cannot be interrupted; waiting for memory to be reclaimed looks like this too. */
    DISK_SLEEP('D'),
    /** Stopped by a signal. */
    STOPPED('T'),
    /** Stopped by a tracer. */
    TRACED('t'),
    /** Ended and not yet waited for; its memory is already given back. */
    ZOMBIE('Z'),
    /** Being removed. */
    DEAD('X'),
    /** An idle kernel thread, since 4.14. */
    IDLE('I'),
    /** Parked kernel thread, since 3.9. */
    PARKED('P');

    private final char letter;

    ProcessState(char letter) {
        this.letter = letter;
    }

    /**
     * The kernel's letter.
     *
     * @return one ASCII letter
     */
    public char letter() {
        return letter;
    }

    /**
     * The state with that letter.
     *
     * @param letter the kernel's letter
     * @return the state; empty for letters that no kernel since 4.14 writes
     */
    public static Optional<ProcessState> of(char letter) {
        for (ProcessState state : values()) {
            if (state.letter == letter) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
