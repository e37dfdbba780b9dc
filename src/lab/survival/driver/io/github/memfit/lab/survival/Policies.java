package io.github.memfit.lab.survival;

import io.github.memfit.tuning.jvm.JvmGoal;
import io.github.memfit.tuning.jvm.JvmPeer;
import io.github.memfit.tuning.jvm.JvmPeerAnswer;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** All policies of the lab. */
final class Policies {

    private Policies() {}

    static List<LaunchPolicy> all() {
        List<LaunchPolicy> all = new ArrayList<>();
        all.add(new MemfitPolicy("memfit", JvmGoal.SAFE, false));
        all.add(new MemfitPolicy("memfit-profile", JvmGoal.SAFE, true));
        all.add(new MemfitPolicy("memfit-dense", JvmGoal.DENSE, true));
        JvmPeer.all().forEach(peer -> all.add(peer(peer)));
        all.addAll(NodePolicies.all());
        all.addAll(GunicornPolicies.all());
        return all;
    }

    private static LaunchPolicy peer(JvmPeer peer) {
        return new LaunchPolicy() {
            @Override
            public String name() {
                return peer.name().toLowerCase(Locale.ROOT).replace(' ', '-');
            }

            @Override
            public boolean knows(Runtime runtime) {
                return runtime.kind() == Runtime.Kind.JVM;
            }

            @Override
            public Answer answer(Situation situation) {
                JvmPeerAnswer answer =
                        peer.options(Bytes.of(situation.limitBytes()), Classes.expectedByPaketo(situation.program()));
                if (answer instanceof JvmPeerAnswer.Sets sets) {
                    return new Answer.Launch(sets.arguments(), Map.of(), OptionalLong.empty());
                }
                return new Answer.Refused(((JvmPeerAnswer.Declines) answer).reason());
            }
        };
    }
}
