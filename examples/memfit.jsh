// Start-up script for JShell:
//   jshell --class-path memfit.jar --startup DEFAULT --startup PRINTING --startup memfit.jsh
import io.github.memfit.*
import io.github.memfit.cgroup.*
import io.github.memfit.container.*
import io.github.memfit.kubernetes.*
import io.github.memfit.live.*
import io.github.memfit.procfs.*
import io.github.memfit.report.*
import io.github.memfit.sizing.*
import io.github.memfit.tuning.*
import io.github.memfit.tuning.jvm.*
import io.github.memfit.tuning.node.*
import io.github.memfit.tuning.prefork.*
import io.github.memfit.unit.*
import io.github.memfit.usage.*
import static io.github.memfit.sizing.Estimator.*
import static io.github.memfit.unit.Bytes.*
import static io.github.memfit.unit.Ratio.percent
