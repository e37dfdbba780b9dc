package io.github.memfit.lab.survival;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Policies that need no arithmetic: HotSpot left alone, and a percentage. */
final class Policies {

    private Policies() {}

    static List<LaunchPolicy> all() {
        return List.of(
                fixed("default", List.of()),
                fixed("percent-75", List.of("-XX:MaxRAMPercentage=75")),
                fixed("percent-80", List.of("-XX:MaxRAMPercentage=80")));
    }

    private static LaunchPolicy fixed(String name, List<String> flags) {
        return new LaunchPolicy() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean knows(Runtime runtime) {
                return runtime.kind() == Runtime.Kind.JVM;
            }

            @Override
            public Answer answer(Situation situation) {
                return new Answer.Launch(flags, Map.of(), OptionalLong.empty());
            }
        };
    }
}
