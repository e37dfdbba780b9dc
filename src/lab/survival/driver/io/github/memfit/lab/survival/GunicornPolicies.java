package io.github.memfit.lab.survival;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.prefork.Gunicorn;
import io.github.memfit.tuning.prefork.GunicornFlags;
import io.github.memfit.tuning.prefork.PreforkMemory;
import io.github.memfit.tuning.prefork.PreforkSample;
import io.github.memfit.tuning.prefork.PythonFramework;
import io.github.memfit.tuning.prefork.WorkerPeers;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** How many workers a Gunicorn server gets: by Memfit, and by the rules of its peers. */
final class GunicornPolicies {

    private static final long MEBI = 1L << 20;

    /** The front process of the lab lives in the same group; a plan without a measurement cannot know it. */
    private static final Bytes FRONT = Bytes.mebi(14);

    /** Above the larger of two measured runs the same workers under the same load were by up to 2 %. */
    private static final Ratio REPEATABILITY = Ratio.percent(104);

    /** Pages of files that this group is the first to touch. */
    private static final Bytes UNCACHED = Bytes.mebi(1);

    /** What a plan sets aside and does not predict: files are cached outside of the group here. */
    private static final Set<String> NOT_PREDICTED = Set.of("headroom", "file pages");

    private GunicornPolicies() {}

    static List<LaunchPolicy> all() {
        return List.of(
                new Memfit("memfit", false),
                new Memfit("memfit-profile", true),
                peer("entrypoint", situation -> 2 * situation.cpus() + 1),
                peer("heroku", situation -> WorkerPeers.herokuPython(situation.limitBytes() / MEBI, situation.cpus())),
                peer("s2i", situation -> WorkerPeers.s2iPython(situation.limitBytes() / MEBI, situation.cpus())),
                peer(
                        "uvicorn-image",
                        situation -> WorkerPeers.uvicornImage(
                                situation.cpus(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty())));
    }

    /**
     * The measured runs: the server with one worker and twice with three, without a limit that it would meet. The larger of two
     * runs counts: the same workers differed by a tenth from run to run.
     */
    static String measure(Program program, Runtime runtime, Path home) throws IOException {
        Map<Integer, Long> samples = new TreeMap<>();
        for (int workers : new int[] {1, 3, 3}) {
            Trial.Outcome seen = new Trial(
                            program.command(runtime, List.of("--workers=" + workers)),
                            Map.of(),
                            4096 * MEBI,
                            MEBI,
                            4096 * MEBI,
                            home.resolve("logs").resolve("profile-" + program.name() + '-' + workers),
                            (pid, group) -> {})
                    .run();
            if (seen.end() != Trial.End.SURVIVED) {
                throw new IOException("the measured run of " + program.name() + " ended as " + seen);
            }
            samples.merge(workers, seen.working(), Math::max);
        }
        return samples.entrySet().stream()
                .map(sample -> sample.getKey() + ":" + sample.getValue())
                .collect(Collectors.joining(","));
    }

    static PreforkMemory memory(Profile profile) {
        List<PreforkSample> samples = new ArrayList<>();
        for (String sample : profile.text().split(",")) {
            int colon = sample.indexOf(':');
            samples.add(new PreforkSample(
                    Integer.parseInt(sample.substring(0, colon)),
                    Bytes.of(Long.parseLong(sample.substring(colon + 1)))));
        }
        return PreforkMemory.fit(samples);
    }

    private static LaunchPolicy peer(String name, ToIntFunction<LaunchPolicy.Situation> workers) {
        return LaunchPolicy.rule(
                name,
                Runtime.Kind.GUNICORN,
                situation -> LaunchPolicy.Answer.Launch.with(List.of("--workers=" + workers.applyAsInt(situation))));
    }

    private record Memfit(String name, boolean wantsProfile) implements LaunchPolicy {

        @Override
        public boolean knows(Runtime runtime) {
            return runtime.kind() == Runtime.Kind.GUNICORN;
        }

        @Override
        public Answer answer(Situation situation) {
            Bytes limit = Bytes.of(situation.limitBytes());
            Bytes beside = wantsProfile ? Bytes.ZERO : FRONT;
            if (!wantsProfile && !situation.program().name().equals("page")) {
                return new Answer.Refused(
                        "nobody measured this application, and it is no small one of a known framework");
            }
            Gunicorn question = Gunicorn.within(limit.minus(beside)).cpus(situation.cpus());
            question = wantsProfile
                    ? question.measured(memory(situation.profile()))
                    : question.framework(PythonFramework.FLASK);
            if (question.fit() instanceof Fit.Fits<GunicornFlags> fits) {
                return new Answer.Launch(
                        fits.flags().toArguments(),
                        Map.of("MALLOC_ARENA_MAX", "2"),
                        OptionalLong.of(predicted(fits.plan())
                                .timesRoundedUp(REPEATABILITY)
                                .plus(beside)
                                .plus(UNCACHED)
                                .value()));
            }
            return new Answer.Refused(question.fit().toString());
        }

        private static Bytes predicted(MemoryPlan plan) {
            Bytes sum = Bytes.ZERO;
            for (PlanRow row : plan.rows()) {
                sum = NOT_PREDICTED.contains(row.region()) ? sum : sum.plus(row.bytes());
            }
            return sum;
        }
    }
}
