package io.github.memfit.kubernetes.advice;

import io.github.memfit.kubernetes.schedule.MemoryResize;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A trap that a pod walks into. Codes are stable: they may be stored, compared and suppressed. Immutable and thread-safe.
 *
 * {@snippet :
 * KubernetesFinding.of(PodScenario.of(pod, Bytes.gibi(16), KubernetesVersion.V1_35));
 * // [EMPTY_POD_LEVEL (pod level): spec.resources is empty ...]
 * }
 *
 * @param code which trap
 * @param where the container's name, or the pod's
 * @param message what happens and what to do
 * @since 0.1
 */
public record KubernetesFinding(Code code, String where, String message) {

    /** How bad a trap is. */
    public enum Severity {
        /** Good to know. */
        NOTE,
        /** Probably not what was meant. */
        WARNING,
        /** The pod is refused, or loses its protection. */
        ERROR
    }

    /** Which trap. */
    public enum Code {
        /** An empty {@code spec.resources} hides the containers (1.34 to 1.36). */
        EMPTY_POD_LEVEL(Severity.ERROR),
        /** A pod level without memory makes the eviction ranking see a request of zero (since 1.34). */
        POD_LEVEL_CPU_ONLY_EVICTION_ZERO(Severity.WARNING),
        /** Sidecars are not part of the request that eviction compares with (up to 1.33). */
        SIDECAR_NOT_IN_EVICTION_REQUEST(Severity.WARNING),
        /** Only an init container keeps the pod from Guaranteed. */
        INIT_CONTAINER_BREAKS_GUARANTEED(Severity.WARNING),
        /** A request is above the limit that a LimitRange fills in: the pod is refused. */
        LIMIT_BELOW_LIMITRANGE_DEFAULT(Severity.ERROR),
        /** A request is explicitly zero and will not be defaulted. */
        REQUEST_ZERO_EXPLICIT(Severity.WARNING),
        /** One unlimited container leaves the whole pod without a limit. */
        NO_POD_CGROUP_LIMIT(Severity.WARNING),
        /** An amount of memory is written in thousandths of a byte. */
        MEMORY_LIMIT_IN_MILLI(Severity.ERROR),
        /** An amount of memory is written in powers of 1000. */
        DECIMAL_VS_BINARY(Severity.NOTE),
        /** Without a limit the downward API hands out the node's size. */
        UNLIMITED_DOWNWARD_API(Severity.NOTE),
        /** Memory QoS protects up to the limit, so that the pod's own cache cannot be reclaimed. */
        TIERED_GUARANTEED_CACHE(Severity.WARNING),
        /** A limit is to go below what is charged, cache included. */
        SHRINK_BELOW_USAGE(Severity.WARNING),
        /** A critical pod that eviction spares is not spared by the OOM killer (since 1.22). */
        CRITICAL_NOT_NODE_CRITICAL(Severity.WARNING),
        /** Kubernetes shows another text than was written. */
        QUANTITY_PRINTS_DIFFERENT(Severity.NOTE),
        /** A request is above its limit: the pod is refused. */
        REQUEST_ABOVE_LIMIT(Severity.ERROR),
        /** An amount is below zero: the pod is refused. */
        NEGATIVE_AMOUNT(Severity.ERROR),
        /** The pod level is smaller than its containers: the pod is refused. */
        POD_LEVEL_TOO_SMALL(Severity.ERROR),
        /** The request is so small that it does not change the OOM score. */
        REQUEST_BUYS_NO_OOM_PROTECTION(Severity.NOTE),
        /** The rules of another version are applied. */
        VERSION_NOT_KNOWN(Severity.NOTE);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        /**
         * How bad it is.
         *
         * @return the severity
         */
        public Severity severity() {
            return severity;
        }
    }

    /**
     * Checks for null.
     *
     * @param code which trap
     * @param where the container's name, or the pod's
     * @param message what happens and what to do
     */
    public KubernetesFinding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(message, "message");
    }

    /**
     * All traps of a scenario.
     *
     * @param scenario the pod in its surroundings
     * @return the findings, in the order of their codes
     */
    public static List<KubernetesFinding> of(PodScenario scenario) {
        return new FindingRules(scenario).findings();
    }

    /**
     * The traps in texts that should be quantities: what a model filled from them no longer shows.
     *
     * @param where the container's name
     * @param amounts resource name to text
     * @return the findings
     */
    public static List<KubernetesFinding> ofTexts(String where, Map<String, ? extends CharSequence> amounts) {
        return FindingRules.texts(where, amounts);
    }

    /**
     * The traps of a resize.
     *
     * @param where the container's name
     * @param resize how the resize was judged
     * @return the findings
     */
    public static List<KubernetesFinding> ofResize(String where, MemoryResize resize) {
        return resize.outcome() == MemoryResize.Outcome.NOT_APPLIED
                ? List.of(new KubernetesFinding(Code.SHRINK_BELOW_USAGE, where, resize.reason()))
                : List.of();
    }

    /**
     * How bad it is.
     *
     * @return the severity of the code
     */
    public Severity severity() {
        return code.severity();
    }

    /** {@code EMPTY_POD_LEVEL pod: spec.resources is empty ...}, cut to 200 characters. */
    @Override
    public String toString() {
        String text = code + " " + where + ": " + message;
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
