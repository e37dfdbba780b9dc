/**
 * Machine formats, through the streaming API of Jackson (optional module {@code tools.jackson.core}, needed only by who uses
 * this package).
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.format;

import org.jspecify.annotations.NullMarked;
