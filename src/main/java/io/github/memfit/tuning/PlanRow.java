package io.github.memfit.tuning;

import io.github.memfit.unit.Bytes;
import java.util.Objects;

/**
 * One region of memory in a {@link MemoryPlan}: what it is, how many bytes are set aside for it, and why.
 *
 * <p>Immutable and thread-safe.
 *
 * @param region what the bytes are for: one line of text, not blank, such as {@code heap} or {@code worker 2}
 * @param bytes how much of the limit the region may take; not negative
 * @param provenance where the number comes from
 * @param reason the rule, the measurement or the flag behind the number, one line, may be empty
 * @since 0.1
 */
public record PlanRow(String region, Bytes bytes, Provenance provenance, String reason) {

    /**
     * Checks the parts.
     *
     * @param region what the bytes are for: one line of text, not blank
     * @param bytes how much of the limit the region may take; not negative
     * @param provenance where the number comes from
     * @param reason why, one line, may be empty
     * @throws IllegalArgumentException if {@code region} is blank, a text has a control character, or {@code bytes} is
     *     negative
     */
    public PlanRow {
        if (region.isBlank()) {
            throw new IllegalArgumentException("a region needs a name");
        }
        oneLine("region", region);
        oneLine("reason", reason);
        Objects.requireNonNull(provenance, "provenance");
        if (bytes.isNegative()) {
            throw new IllegalArgumentException("region " + region + " cannot have " + bytes + " bytes, at least 0");
        }
    }

    static void oneLine(String what, String text) {
        // A plain loop: a plan has a dozen rows and should cost microseconds.
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException(what + " must be one line without control characters, got "
                        + text.replaceAll("\\p{Cntrl}", "?"));
            }
        }
    }

    /** One line: {@code heap 302Mi (rule: what is left)}. */
    @Override
    public String toString() {
        String why = reason.isEmpty() ? provenance.toString() : provenance + ": " + reason;
        return region + ' ' + bytes + " (" + why + ')';
    }
}
