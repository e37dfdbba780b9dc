/**
 * Spring Boot's request threads: what a thread really costs, and the one property by which Tomcat is told.
 *
 * <p>A {@code null} argument is a {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.tuning.spring;

import org.jspecify.annotations.NullMarked;
