package io.github.memfit.tuning.go;

import io.github.memfit.unit.Bytes;
import java.util.Optional;

/**
 * What the library automemlimit (0.7.5) would set {@code GOMEMLIMIT} to, for comparison: a share of the limit, 0.9 unless {@code
 * AUTOMEMLIMIT} says otherwise.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface AutoMemLimit {

    /**
     * It sets the limit.
     *
     * @param limit the new {@code GOMEMLIMIT}
     * @since 0.1
     */
    record Limited(GoMemoryLimit limit) implements AutoMemLimit {}

    /**
     * It leaves everything as it is.
     *
     * @param reason why
     * @since 0.1
     */
    record Skipped(String reason) implements AutoMemLimit {}

    /**
     * It fails; the program goes on without a limit.
     *
     * @param message what it says
     * @since 0.1
     */
    record Failed(String message) implements AutoMemLimit {}

    /**
     * What happens.
     *
     * @param cgroupLimit the limit of the control group, nearly 2^63 for none on cgroup v1
     * @param variable the value of {@code AUTOMEMLIMIT}, if it is set
     * @return the outcome
     */
    static AutoMemLimit of(Bytes cgroupLimit, Optional<String> variable) {
        if (variable.filter("off"::equals).isPresent()) {
            return new Skipped("AUTOMEMLIMIT=off");
        }
        String text = variable.orElse("0.9");
        if (!GoNumber.isDecimal(text)) {
            return new Failed("cannot parse AUTOMEMLIMIT: " + text);
        }
        double ratio = Double.parseDouble(text);
        if (!(ratio > 0 && ratio <= 1)) {
            return new Failed("invalid ratio, must be in (0.0,1.0]");
        }
        if (cgroupLimit.value() >= Long.MAX_VALUE / 4096 * 4096) {
            return new Skipped("no limit");
        }
        // The library multiplies in binary floating point; anything exact would differ by a byte now and then.
        long share = ratio == 1 ? cgroupLimit.value() : (long) (cgroupLimit.value() * ratio);
        return new Limited(new GoMemoryLimit(Bytes.of(share)));
    }
}
