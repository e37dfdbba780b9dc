/**
 * The doors of the library ({@link io.github.memfit.Memfit}) and the report of the container it runs in
 * ({@link io.github.memfit.Main}).
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit;

import org.jspecify.annotations.NullMarked;
