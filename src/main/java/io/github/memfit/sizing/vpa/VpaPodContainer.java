package io.github.memfit.sizing.vpa;

import io.github.memfit.unit.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * A container in a pod's specification, as VPA's admission controller meets it. Immutable and thread-safe.
 *
 * <p>Quantities are whole bytes, fractions rounded up; what is zero counts as not set.
 *
 * @param name the name
 * @param request its memory request; zero for none
 * @param limit its memory limit; zero for none
 * @param recommendation what is recommended; empty for nothing
 * @param policy its policy
 * @since 0.1
 */
public record VpaPodContainer(
        String name, Bytes request, Bytes limit, Optional<VpaBounds> recommendation, VpaContainerPolicy policy) {

    /**
     * Checks the ranges.
     *
     * @param name the name
     * @param request its memory request; zero for none
     * @param limit its memory limit; zero for none
     * @param recommendation what is recommended; empty for nothing
     * @param policy its policy
     * @throws IllegalArgumentException if request or limit is negative
     */
    public VpaPodContainer {
        Objects.requireNonNull(name, "name");
        VpaContainerPolicy.notNegative(request);
        VpaContainerPolicy.notNegative(limit);
        Objects.requireNonNull(recommendation, "recommendation");
        Objects.requireNonNull(policy, "policy");
    }
}
