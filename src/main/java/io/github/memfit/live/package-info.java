/**
 * Looking at and launching real runtimes: what a running JVM needs, and whether flags are taken as they were meant.
 *
 * <p>The calculators of {@link io.github.memfit.tuning} are pure; everything here touches a process, says so in its name or
 * first sentence, and returns what it could not find out as a value. Programs are launched with an argument list, a time
 * limit and bounded output, never through a shell.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.live;

import org.jspecify.annotations.NullMarked;
