/**
 * The HotSpot JVM: what it chooses by itself for a limit and flags, flags that fit a limit, native memory reports and
 * profiles.
 *
 * <p>{@link io.github.memfit.tuning.jvm.Jvm} plans, {@link io.github.memfit.tuning.jvm.HotSpot} predicts what a launch
 * would choose, {@link io.github.memfit.tuning.jvm.NativeMemory} reads what {@code jcmd VM.native_memory} printed, {@link
 * io.github.memfit.tuning.jvm.JvmPeer} computes what other policies would set. Nothing here launches or looks at a JVM.
 *
 * <p>Facts follow the HotSpot sources of JDK 17.0.15, 21 and 25.0.3 on 64-bit Linux with 4 KiB pages, and were compared
 * with launches of 17.0.15 and 25.0.3. A {@code null} argument is a {@link NullPointerException}; all values are immutable
 * and thread-safe.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.tuning.jvm;

import org.jspecify.annotations.NullMarked;
