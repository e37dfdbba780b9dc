package io.github.memfit.kubernetes;

import java.util.Map;

/** What the API server does to a pod's resources before it stores them. */
final class ApiDefaulting {

    private ApiDefaulting() {}

    static PodResources store(PodResources pod, KubernetesVersion version) {
        boolean sidecars = version.has(KubernetesFeature.SIDECAR_CONTAINERS);
        PodResourcesBuilder stored = pod
                .withContainers(container -> {
                    boolean known = sidecars || container.kind() != ContainerResources.Kind.SIDECAR;
                    ContainerResources kept = known ? container : container.with(ContainerResources.Kind.INIT);
                    ResourceRequirements rounded = kept.resources().roundedToMilli();
                    return kept.with(rounded.withRequests(rounded.requests().orElse(rounded.limits())));
                })
                .toBuilder()
                .overhead(pod.overhead().mapped(Quantity::roundedToMilli));
        if (!version.has(KubernetesFeature.POD_LEVEL_RESOURCES)) {
            return stored.noPodLevel().build();
        }
        return pod.podLevel().isEmpty()
                ? stored.build()
                : stored.podLevel(podLevel(stored.build(), pod.podLevel().get().roundedToMilli(), version))
                        .build();
    }

    private static ResourceRequirements podLevel(
            PodResources pod, ResourceRequirements written, KubernetesVersion version) {
        ResourceList limits = written.limits();
        if (version.has(KubernetesFeature.POD_LEVEL_LIMIT_DEFAULTING) && written.namesPodLevelResource()) {
            limits = limits.orElse(limitsOfAllContainers(pod, version));
        }
        if (limits.isEmpty()) {
            return written;
        }
        ResourceList requested = EffectiveResources.aggregate(pod, version, ContainerResources::requests);
        ResourceList limited = EffectiveResources.aggregate(pod, version, ContainerResources::limits);
        ResourceList requests = written.requests();
        for (Map.Entry<String, Quantity> entry : limited.asMap().entrySet()) {
            if (ResourceList.isHugePages(entry.getKey()) && !limits.names(entry.getKey())) {
                limits = limits.with(entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<String, Quantity> entry : requested.asMap().entrySet()) {
            boolean overcommittable =
                    ResourceList.isPodLevel(entry.getKey()) && !ResourceList.isHugePages(entry.getKey());
            if (overcommittable && !requests.names(entry.getKey())) {
                requests = requests.with(entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<String, Quantity> entry : limits.asMap().entrySet()) {
            if (ResourceList.isPodLevel(entry.getKey()) && !requests.names(entry.getKey())) {
                requests = requests.with(entry.getKey(), entry.getValue());
            }
        }
        return new ResourceRequirements(requests, limits);
    }

    /** The sum of limits for cpu and memory, each only where every container has one. */
    private static ResourceList limitsOfAllContainers(PodResources pod, KubernetesVersion version) {
        ResourceList sum = EffectiveResources.aggregate(pod, version, ContainerResources::limits);
        ResourceList complete = ResourceList.EMPTY;
        for (String name : new String[] {ResourceList.CPU, ResourceList.MEMORY}) {
            boolean all = pod.allContainers().stream()
                    .allMatch(container -> container
                            .limits()
                            .find(name)
                            .filter(Quantity::isPositive)
                            .isPresent());
            if (all) {
                complete = complete.with(name, sum.find(name).orElse(Quantity.ZERO));
            }
        }
        return complete;
    }
}
