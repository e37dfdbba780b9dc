package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.Objects;

/**
 * How the limit stands to the request, and so which QoS class the memory of a pod intends. Immutable and thread-safe; equal
 * by content.
 *
 * @since 0.1
 */
public sealed interface LimitRule {

    /**
     * The limit is the request, both large enough for either: Guaranteed, if the CPU agrees.
     *
     * @since 0.1
     */
    record Equal() implements LimitRule {
        /** As a policy writes it. */
        @Override
        public String toString() {
            return "request";
        }
    }

    /**
     * The limit is a multiple of the request: Burstable.
     *
     * @param ratio from 100% to 10000%
     * @since 0.1
     */
    record Times(Ratio ratio) implements LimitRule {

        /**
         * Checks the range.
         *
         * @param ratio from 100% to 10000%
         * @throws IllegalArgumentException if the ratio is out of range
         */
        public Times {
            if (ratio.compareTo(Ratio.ONE) < 0 || ratio.compareTo(Ratio.of(100, 1)) > 0) {
                throw new IllegalArgumentException("a limit must be 100% to 10000% of the request, got " + ratio);
            }
        }

        /** As a policy writes it. */
        @Override
        public String toString() {
            return "request*" + ratio;
        }
    }

    /**
     * The limit is the request and a fixed headroom: Burstable.
     *
     * @param headroom from 0 to 2^50 bytes
     * @since 0.1
     */
    record Above(Bytes headroom) implements LimitRule {

        /**
         * Checks the range.
         *
         * @param headroom from 0 to 2^50 bytes
         * @throws IllegalArgumentException if the headroom is out of range
         */
        public Above {
            Estimators.checkAmount(headroom);
        }

        /** As a policy writes it. */
        @Override
        public String toString() {
            return "request+" + headroom;
        }
    }

    /**
     * The limit has an estimator of its own and is never below the request: Burstable.
     *
     * @param estimator what the limit follows from
     * @since 0.1
     */
    record Independent(Estimator estimator) implements LimitRule {

        /**
         * Checks the estimator.
         *
         * @param estimator what the limit follows from
         */
        public Independent {
            Objects.requireNonNull(estimator, "estimator");
        }

        /** As a policy writes it. */
        @Override
        public String toString() {
            return estimator.toString();
        }
    }
}
