package io.github.memfit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.report.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The doors for first steps. */
class MemfitTest {

    @Test
    void theReportSaysMoreThanWhatIsUsed() {
        Report report = Memfit.report();
        for (String key : List.of("memory", "limits", "jvm", "kubernetes", "jvmPlan", "warnings")) {
            assertTrue(report.section(key).isPresent(), key);
        }
    }
}
