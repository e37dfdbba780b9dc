/**
 * What was used, over time: exact histories and a small, mergeable sketch of them.
 *
 * <p>Times are milliseconds since 1970-01-01T00:00Z between the years 1 and 9999; bytes are {@code long} and never negative.
 * Nothing here reads a clock, a file or a process. A {@code null} argument is a {@link NullPointerException} unless said
 * otherwise.
 *
 * <p>What bad input does, everywhere in this package:
 * <ul>
 *   <li>negative bytes, a time outside the years 1 to 9999, a weight or a percentile that is not a number or out of range: an
 *       {@link IllegalArgumentException} that quotes the value; nothing is changed;
 *   <li>time running back: a history is a set of facts and sorts them; a sketch gives an older value its smaller weight;
 *   <li>a gap of any length: stays a gap, nothing is filled in, interpolated or thrown away;
 *   <li>several replicas: kept apart by name, never added up or averaged.
 * </ul>
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.usage;

import org.jspecify.annotations.NullMarked;
