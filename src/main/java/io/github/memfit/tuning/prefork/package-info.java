/**
 * Servers that fork workers - Gunicorn, uWSGI, Puma, PHP-FPM - inside a memory limit: how many workers fit, by what a worker
 * really costs, and the settings that say so.
 *
 * <p>The model behind all of them is a line: {@code master + perWorker * workers} of anonymous memory, within 1 MiB in 31 of 32
 * measured series of 1 to 8 workers. It is never fed with RSS, which counts shared pages once per process and overstates the sum 1.2
 * to 15 times. All types are immutable and thread-safe unless said otherwise; a {@code null} argument is a {@link
 * NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.tuning.prefork;

import org.jspecify.annotations.NullMarked;
