/**
 * Memory and processes of the host on any operating system, through OSHI: an optional library
 * ({@code com.github.oshi:oshi-common} 7.5.0, alone enough on Linux; {@code oshi-core} or {@code oshi-core-ffm} beside it
 * elsewhere).
 *
 * <p>On Linux {@link io.github.memfit.procfs.ProcFs} tells more, says why something is absent, and is many times cheaper.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.host;

import org.jspecify.annotations.NullMarked;
