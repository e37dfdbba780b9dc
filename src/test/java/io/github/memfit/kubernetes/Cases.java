package io.github.memfit.kubernetes;

import io.github.memfit.testing.Json;
import io.github.memfit.testing.Vectors;
import io.github.memfit.unit.Bytes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs every case of every file of a family, and reads the pods in them. */
public final class Cases {

    private Cases() {}

    /** One named test per case; the longest prefix of the file's name that fits decides who runs it. */
    public static Stream<DynamicTest> of(String family, Map<String, Consumer<Json>> handlers) {
        return Vectors.files(family).stream().flatMap(file -> of(file, handlers));
    }

    private static Stream<DynamicTest> of(Path file, Map<String, Consumer<Json>> handlers) {
        Consumer<Json> handler = handlers.get(Vectors.longestPrefix(file, handlers.keySet()));
        Json head = Json.read(file).ignoring("title", "source", "fields", "set");
        Stream<DynamicTest> tests = head.field("cases").items().stream()
                .map(test -> DynamicTest.dynamicTest(name(test), () -> {
                    handler.accept(test.ignoring("id", "category", "describe", "note"));
                    test.assertAllRead();
                }));
        head.assertAllRead();
        return tests;
    }

    private static String name(Json test) {
        String what = test.optional("describe")
                .or(() -> test.optional("input"))
                .map(Json::toString)
                .orElse("");
        return test.field("id").string() + " " + what;
    }

    /** The pod of a case, as the cluster stores it when the case says so. */
    public static PodResources pod(Json test, KubernetesVersion stored) {
        PodResources pod = pod(test.field("pod"));
        return test.optional("defaulted").map(Json::bool).orElse(false) ? pod.asStored(stored) : pod;
    }

    public static PodResources pod(Json json) {
        PodResourcesBuilder pod = PodResources.builder();
        json.optional("name").map(Json::string).ifPresent(pod::name);
        json.field("containers").items().forEach(each -> pod.container(container(each, false)));
        json.optional("initContainers")
                .ifPresent(init -> init.items().forEach(each -> pod.container(container(each, true))));
        json.optional("ephemeralContainers")
                .ifPresent(debug -> debug.items().forEach(each -> {
                    each.field("name");
                    each.assertAllRead();
                }));
        json.optional("podLevel").ifPresent(level -> {
            pod.podLevel(strings(level, "requests"), strings(level, "limits"));
            level.assertAllRead();
        });
        pod.overhead(strings(json, "overhead"));
        json.optional("priority").map(Json::intValue).ifPresent(pod::priority);
        json.optional("priorityClassName").map(Json::string).ifPresent(pod::priorityClassName);
        if (json.optional("static").map(Json::bool).orElse(false)) {
            pod.annotations(Map.of("kubernetes.io/config.source", "file"));
        }
        if (json.optional("mirror").map(Json::bool).orElse(false)) {
            pod.annotations(Map.of("kubernetes.io/config.mirror", "0123456789abcdef"));
        }
        json.ignoring("workingSet").assertAllRead();
        return pod.build();
    }

    private static ContainerResources container(Json json, boolean init) {
        boolean sidecar = json.optional("sidecar").map(Json::bool).orElse(false);
        String name = json.field("name").string();
        Map<String, String> requests = strings(json, "requests");
        Map<String, String> limits = strings(json, "limits");
        json.assertAllRead();
        return !init
                ? ContainerResources.of(name, requests, limits)
                : sidecar
                        ? ContainerResources.sidecar(name, requests, limits)
                        : ContainerResources.init(name, requests, limits);
    }

    /** A map of strings; absent is empty. */
    public static Map<String, String> strings(Json json, String field) {
        Map<String, String> map = new LinkedHashMap<>();
        json.optional(field)
                .ifPresent(found -> found.names()
                        .forEach(name -> map.put(name, found.field(name).string())));
        return map;
    }

    /** A number that the vectors write as text. */
    public static Bytes bytes(Json json) {
        return Bytes.of(json.isString() ? Long.parseLong(json.string()) : json.longValue());
    }
}
