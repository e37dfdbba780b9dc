/**
 * .NET inside a memory limit: the garbage collector's hard limit in its two notations.
 *
 * <p>By the documentation and source of .NET 5 to 9; nothing here was run. A {@code null} argument is a {@link
 * NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.tuning.dotnet;

import org.jspecify.annotations.NullMarked;
