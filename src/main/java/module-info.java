import org.jspecify.annotations.NullMarked;

/**
 * What a container's memory is, how much it should get, with which flags, and how Kubernetes will treat it.
 *
 * <p>The packages stand on floors; each uses only those below it. Optional libraries are seen by one package each and are
 * needed only by who uses that package.
 */
@NullMarked
module io.github.memfit {
    requires org.slf4j;
    requires static org.jspecify;
    requires static tools.jackson.core;

    exports io.github.memfit.format;
    exports io.github.memfit.report;
    exports io.github.memfit.unit;
    exports io.github.memfit.sizing.peers;
    exports io.github.memfit.sizing.vpa;
    exports io.github.memfit.usage;
}
