import org.jspecify.annotations.NullMarked;

/**
 * What a container's memory is, how much it should get, with which flags, and how Kubernetes will treat it.
 *
 * <p>The packages stand on floors; each uses only those below it. Optional libraries are seen by one package each and are
 * needed only by who uses that package.
 */
@NullMarked
module io.github.memfit {
    requires java.management;
    requires static com.github.oshi.common;
    requires static org.jspecify;
    requires static tools.jackson.core;

    exports io.github.memfit.sizing;
    exports io.github.memfit;
    exports io.github.memfit.format;
    exports io.github.memfit.report;
    exports io.github.memfit.cgroup;
    exports io.github.memfit.container;
    exports io.github.memfit.host;
    exports io.github.memfit.procfs;
    exports io.github.memfit.kubernetes;
    exports io.github.memfit.tuning;
    exports io.github.memfit.tuning.dotnet;
    exports io.github.memfit.tuning.go;
    exports io.github.memfit.tuning.malloc;
    exports io.github.memfit.tuning.node;
    exports io.github.memfit.kubernetes.advice;
    exports io.github.memfit.kubernetes.eviction;
    exports io.github.memfit.kubernetes.node;
    exports io.github.memfit.kubernetes.schedule;
    exports io.github.memfit.kubernetes.view;
    exports io.github.memfit.tuning.jvm;
    exports io.github.memfit.live;
    exports io.github.memfit.tuning.prefork;
    exports io.github.memfit.tuning.spring;
    exports io.github.memfit.unit;
    exports io.github.memfit.sizing.peers;
    exports io.github.memfit.sizing.vpa;
    exports io.github.memfit.usage;
}
