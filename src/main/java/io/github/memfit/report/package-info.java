/**
 * Documents made of figures: what the library found, as text for a terminal and HTML for a page; the same document is written
 * as JSON by {@code io.github.memfit.format}. {@link PlanChart} draws a memory plan as SVG.
 *
 * <p>A {@link Report} is a list of {@link ReportSection}s; each holds {@link Figure}s (a key for programs, a label for
 * people, a {@link Cell}), {@link Grid}s and notes. Whoever has something to say about a container adds a section; the
 * renderers need not know of it.
 *
 * <p>Text from outside is escaped by the renderers: a process cannot write into the report by its name.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.report;

import org.jspecify.annotations.NullMarked;
