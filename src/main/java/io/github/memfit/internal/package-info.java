/**
 * Not exported: scanning of ASCII text, bounded file reads and the wording of errors, shared by the packages above.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.internal;

import org.jspecify.annotations.NullMarked;
