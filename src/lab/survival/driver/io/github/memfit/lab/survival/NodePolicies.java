package io.github.memfit.lab.survival;

import io.github.memfit.live.NodeVerification;
import io.github.memfit.live.NodeVerifier;
import io.github.memfit.tuning.EnvironmentVariable;
import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.node.Node;
import io.github.memfit.tuning.node.NodeFlags;
import io.github.memfit.tuning.node.NodeMemory;
import io.github.memfit.tuning.node.NodeOptions;
import io.github.memfit.tuning.node.NodeVersion;
import io.github.memfit.tuning.prefork.WorkerPeers;
import io.github.memfit.unit.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** How a Node program is launched: by Memfit, by V8 itself, by a share of the limit. */
final class NodePolicies {

    private static final long MEBI = 1L << 20;
    private static final int RUNS = 3;

    private NodePolicies() {}

    static List<LaunchPolicy> all() {
        return List.of(
                new Memfit("memfit", false),
                new Memfit("memfit-profile", true),
                peer("default", limit -> List.of()),
                peer("paketo", limit -> List.of(WorkerPeers.paketoNode(limit))),
                share("percent-90", 90));
    }

    static Bytes beside(Profile profile) {
        return Bytes.of(Long.parseLong(profile.text().substring(profile.text().indexOf('=') + 1)));
    }

    /** The measured runs: a heap that it does not fill, and what the program says of itself at its end. The larger one counts. */
    static String measure(Program program, Runtime runtime, Path home) throws IOException {
        long most = 0;
        for (int run = 0; run < RUNS; run++) {
            most = Math.max(
                    most,
                    beside(new Profile(measureOnce(program, runtime, home))).value());
        }
        return "profile beside=" + most;
    }

    private static String measureOnce(Program program, Runtime runtime, Path home) throws IOException {
        Path log = home.resolve("logs").resolve("profile-" + program.name() + '-' + runtime.name());
        List<String> command = new ArrayList<>(program.command(runtime, List.of()));
        command.add("measure");
        Trial.Outcome seen =
                new Trial(command, Map.of(), 2048 * MEBI, 8 * MEBI, 64 * MEBI, log, (pid, group) -> {}).run();
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("profile beside="))
                .findFirst()
                .orElseThrow(() -> new IOException("no profile of " + program.name() + ": " + seen));
    }

    private static LaunchPolicy share(String name, int percent) {
        return peer(name, limit -> List.of("--max-old-space-size=" + limit.value() / MEBI * percent / 100));
    }

    private static LaunchPolicy peer(String name, Function<Bytes, List<String>> flags) {
        return LaunchPolicy.rule(
                name,
                Runtime.Kind.NODE,
                situation -> LaunchPolicy.Answer.Launch.with(flags.apply(Bytes.of(situation.limitBytes()))));
    }

    private record Memfit(String name, boolean wantsProfile) implements LaunchPolicy {

        @Override
        public boolean knows(Runtime runtime) {
            return runtime.kind() == Runtime.Kind.NODE;
        }

        @Override
        public Answer answer(Situation situation) {
            Bytes limit = Bytes.of(situation.limitBytes());
            Bytes machine = Bytes.tebi(1);
            NodeMemory memory =
                    MemoryGroup.version().equals("v1") ? NodeMemory.onV1(machine) : NodeMemory.onV2(machine);
            Node question =
                    Node.within(limit).version(version(situation.runtime())).memory(memory.max(limit));
            if (wantsProfile) {
                question.measured(beside(situation.profile()));
            }
            if (question.fit() instanceof Fit.Fits<NodeFlags> fits) {
                Map<String, String> environment = new LinkedHashMap<>();
                for (EnvironmentVariable variable : fits.flags().environment()) {
                    environment.put(variable.name(), variable.value());
                }
                return new Answer.Launch(
                        List.of(),
                        environment,
                        OptionalLong.of(fits.plan().total().value()));
            }
            return new Answer.Refused(question.fit().toString());
        }

        private static NodeVersion version(Runtime runtime) {
            NodeVerification seen =
                    NodeVerifier.of(Path.of(runtime.command())).verify(NodeOptions.none(), NodeOptions.none());
            if (seen instanceof NodeVerification.Launched launched) {
                return launched.version();
            }
            throw new IllegalStateException("no version of " + runtime.command() + ": " + seen);
        }
    }
}
