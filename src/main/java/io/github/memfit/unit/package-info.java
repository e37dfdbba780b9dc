/**
 * Exact values that every other package speaks in, and the exceptions of the domain.
 *
 * <p>All types are immutable and thread-safe. A {@code null} argument is a {@link NullPointerException} unless said
 * otherwise. Every calculation is exact or names its rounding direction; overflow is an {@link ArithmeticException}, never a
 * wrapped number.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.unit;

import org.jspecify.annotations.NullMarked;
