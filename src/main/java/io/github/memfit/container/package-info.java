/**
 * What the memory of a container is: the meaning of the kernel's numbers.
 *
 * <p>{@link io.github.memfit.container.Container} is the door, {@link io.github.memfit.container.MemorySnapshot} the account
 * of one moment, {@link io.github.memfit.container.MemoryProbe} the allocation-free way to watch a few figures,
 * {@link io.github.memfit.container.MemoryFigure} the definition of each of them.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.container;

import org.jspecify.annotations.NullMarked;
