/**
 * Go inside a memory limit: {@code GOMEMLIMIT} and {@code GOGC}, read and written as the runtime reads them.
 *
 * <p>A {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.tuning.go;

import org.jspecify.annotations.NullMarked;
